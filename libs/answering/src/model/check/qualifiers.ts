import { languageFor, type AnswerLanguage } from '../../texts/answer-texts.js';
import type { HardToken } from './hard-tokens.js';

/** What a number or a time is the bound of. */
type Qualifier = 'from' | 'until' | 'after' | 'least' | 'most';

/** A token with the word before it that says which bound it is. */
export interface QualifiedToken extends HardToken {
  readonly qualifier: Qualifier | undefined;
}

const words: Readonly<Record<AnswerLanguage, Readonly<Record<Qualifier, string>>>> = {
  en: {
    from: 'from|since|starting',
    until: 'until|till|by|before|latest',
    after: 'after|later than',
    least: 'at least|minimum|min',
    most: 'at most|up to|maximum|max|no more than',
  },
  de: {
    from: 'ab|von|seit',
    until: 'bis|vor|spätestens',
    after: 'nach',
    least: 'mindestens|wenigstens|min',
    most: 'höchstens|maximal|max|bis zu',
  },
  fr: {
    from: 'dès|depuis|à partir de|de',
    until: "jusqu['’]à|avant",
    after: 'après',
    least: 'au moins|minimum',
    most: 'au plus|au maximum|maximum|max',
  },
  es: {
    from: 'desde(?: las?)?|a partir de(?: las?)?',
    until: 'hasta(?: las?)?|antes de(?: las?)?',
    after: 'después de(?: las?)?|tras',
    least: 'al menos|mínimo|como mínimo',
    most: 'como máximo|máximo|hasta un máximo de',
  },
  it: {
    from: 'dalle|dal|da|a partire dalle',
    until: 'fino alle|fino al|entro le|entro|prima delle',
    after: 'dopo le|dopo',
    least: 'almeno|minimo',
    most: 'al massimo|massimo|fino a',
  },
  nl: {
    from: 'vanaf|van|sinds',
    until: 'tot|voor|uiterlijk',
    after: 'na',
    least: 'minstens|minimaal|ten minste',
    most: 'maximaal|hoogstens|maximum',
  },
  pl: {
    from: 'od|od godziny',
    until: 'do|do godziny|przed',
    after: 'po|po godzinie',
    least: 'co najmniej|minimum|przynajmniej',
    most: 'najwyżej|maksymalnie|maksimum',
  },
  pt: {
    from: 'desde as|desde|a partir das|das',
    until: 'até às|até|antes das',
    after: 'depois das|após as|após',
    least: 'pelo menos|mínimo',
    most: 'no máximo|máximo',
  },
};

const REACH = 24;
const patterns = new Map<AnswerLanguage, readonly (readonly [Qualifier, RegExp])[]>();

const patternsIn = (language: AnswerLanguage): readonly (readonly [Qualifier, RegExp])[] => {
  const known = patterns.get(language);
  if (known) return known;
  const made = (['most', 'least', 'until', 'after', 'from'] as const).map(
    (qualifier) =>
      [
        qualifier,
        new RegExp(`(?<![\\p{L}])(?:${words[language][qualifier]})[\\s:]*(?:[€$£]\\s?)?$`, 'iu'),
      ] as const,
  );
  patterns.set(language, made);
  return made;
};

/** `until 10:00` is not `from 10:00`: tokens with the bound that stands right before them. */
export const withQualifiers = (
  text: string,
  tokens: readonly HardToken[],
  language: string,
): readonly QualifiedToken[] =>
  tokens.map((token) => {
    const before = text.slice(Math.max(0, token.start - REACH), token.start);
    const found = patternsIn(languageFor([language])).find(([, pattern]) => pattern.test(before));
    return { ...token, qualifier: found?.[0] };
  });

/** A statement may leave a bound out; one that it names must stand in the source. */
export const isBoundAlike = (stated: QualifiedToken, source: QualifiedToken): boolean =>
  stated.qualifier === undefined || stated.qualifier === source.qualifier;
