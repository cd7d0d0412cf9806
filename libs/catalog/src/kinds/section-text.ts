import { moneyText } from '#libs/kernel';

import type { RecordSection } from './record-section.js';
import { stringOf } from './show.js';

type MaybeText = string | undefined;

/** A section with its text still to be looked at. */
export type SectionDraft = Omit<RecordSection, 'text' | 'heading' | 'from' | 'to'> & {
  readonly heading?: MaybeText;
  readonly text: MaybeText;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
};

/** Those that say something, in their order. */
export const sectionsIn = (drafts: readonly SectionDraft[]): RecordSection[] =>
  drafts.flatMap((draft) => {
    if (draft.text === undefined || draft.text.trim() === '') return [];
    const { path, text } = draft;
    return [{ path, text, ...headed(draft), ...timed(draft) }];
  });

const headed = ({ heading }: SectionDraft): Pick<RecordSection, 'heading'> =>
  heading === undefined || heading === '' ? {} : { heading };

/** One of the two times alone is a moment. */
const timed = ({ from, to }: SectionDraft): Pick<RecordSection, 'from' | 'to'> => {
  const first = from ?? to;
  const last = to ?? from;
  return first === undefined || last === undefined
    ? {}
    : { from: Math.min(first, last), to: Math.max(first, last) };
};

/** Sentences as one text; those of which nothing is known are left out. */
export const prose = (...sentences: readonly MaybeText[]): MaybeText => {
  const said = sentences.flatMap((one) => stringOf(one?.trim()) ?? []);
  return said.length === 0 ? undefined : said.map(ended).join(' ');
};

const ended = (sentence: string): string => (/[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`);

/** What is known, with blanks between; nothing where nothing is. */
export const words = (...parts: readonly MaybeText[]): MaybeText =>
  stringOf(parts.filter((part) => part !== undefined && part !== '').join(' '));

export const listed = (parts: readonly MaybeText[] | undefined): MaybeText =>
  stringOf((parts ?? []).filter((part) => part !== undefined && part !== '').join(', '));

/** `Check-in: 15:00`; nothing where there is no value. */
export const labelled = (label: string, value: MaybeText): MaybeText =>
  value === undefined || value === '' ? undefined : `${label}: ${value}`;

/** A word before what is known, `of Maya Osei`; nothing where nothing is. */
export const after = (word: string, value: MaybeText): MaybeText =>
  value === undefined || value === '' ? undefined : `${word} ${value}`;

export const inBrackets = (value: MaybeText): MaybeText =>
  value === undefined || value === '' ? undefined : `(${value})`;

/** A word of a provider as people write it: `checked_in` is `checked in`. */
export const plainWord = (word: MaybeText): MaybeText => stringOf(word?.replaceAll('_', ' '));

/** `1 night`, `3 nights`. */
export const counted = (count: number | undefined, one: string, many: string): MaybeText =>
  count === undefined ? undefined : `${count} ${count === 1 ? one : many}`;

/** As `counted`; none is not worth a word. */
export const countedIfAny = (count: number | undefined, one: string, many: string): MaybeText =>
  count === 0 ? undefined : counted(count, one, many);

export const moneyIn = (amount: number | undefined, currency: MaybeText): MaybeText =>
  amount === undefined || currency === undefined ? undefined : moneyText({ amount, currency });

/** `4 minutes 5 seconds`. */
export const spokenDuration = (seconds: number | undefined): MaybeText => {
  if (seconds === undefined) return undefined;
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return (
    words(
      countedIfAny(hours, 'hour', 'hours'),
      countedIfAny(minutes, 'minute', 'minutes'),
      countedIfAny(whole % 60, 'second', 'seconds'),
    ) ?? '0 seconds'
  );
};
