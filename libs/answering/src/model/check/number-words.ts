import { folded } from '../../texts/folded.js';

/** By month: what it is called in the eight languages, in full and shortened. */
const months = [
  'january jan januar janvier janv enero ene gennaio gen januari stycznia styczen sty janeiro',
  'february feb februar fevrier fevr febrero febbraio februari lutego luty lut fevereiro fev',
  'march mar marz mrz mars marzo maart mrt marca marzec marco',
  'april apr avril avr abril abr aprile kwietnia kwiecien kwi',
  'may mai mayo maggio mag mei maja maj maio',
  'june jun juni juin junio giugno giu czerwca czerwiec cze junho',
  'july jul juli juillet juil julio luglio lug lipca lipiec lip julho',
  'august aug aout agosto ago augustus sierpnia sierpien sie',
  'september sept sep septembre septiembre settembre set wrzesnia wrzesien wrz setembro',
  'october oct oktober okt octobre octubre ottobre ott pazdziernika pazdziernik paz outubro out',
  'november nov novembre noviembre listopada listopad lis novembro',
  'december dec dezember dez decembre diciembre dic dicembre grudnia grudzien gru dezembro',
].map((line) => line.split(' '));

const monthNumbers = new Map(months.flatMap((names, i) => names.map((name) => [name, i + 1])));

/** With the marks that people write on them. */
const marked =
  'märz janvier février août décembre styczeń luty września wrzesień październik października grudzień kwiecień sierpień styczeń março';

export const MONTH_NAMES = [...new Set([...monthNumbers.keys(), ...marked.split(' ')])]
  .sort((one, other) => other.length - one.length)
  .join('|');

/** 0 for what is no month. */
export const monthOf = (written: string): number => monthNumbers.get(folded(written)) ?? 0;

/** From two to twelve, in the eight languages; "one" is an article in most of them. */
const numbers = [
  'two zwei deux dos due twee dwa dwie dois duas',
  'three drei trois tres tre drie trzy três',
  'four vier quatre cuatro quattro cztery quatro',
  'five fünf cinq cinco cinque vijf pięć',
  'six sechs seis zes sześć',
  'seven sieben sept siete sette zeven siedem sete',
  'eight acht huit ocho otto osiem oito',
  'nine neun neuf nueve nove negen dziewięć',
  'ten zehn dix diez dieci tien dziesięć dez',
  'eleven elf onze once undici jedenaście',
  'twelve zwölf douze doce dodici twaalf dwanaście doze',
].map((line) => line.split(' '));

/** Words that mean something else as often. */
const OTHERWISE = new Set(['due', 'sept', 'once', 'dez', 'neuf', 'acht', 'tre', 'elf', 'six']);
const numberValues = new Map(
  numbers.flatMap((words, i) =>
    words.filter((word) => !OTHERWISE.has(word)).map((word) => [folded(word), i + 2]),
  ),
);

export const NUMBER_WORDS = [
  ...new Set(numbers.flat().filter((word) => !OTHERWISE.has(word))),
].join('|');

export const numberOf = (written: string): number => numberValues.get(folded(written)) ?? 0;
