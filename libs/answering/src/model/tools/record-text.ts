import type { Json, JsonObject } from '#libs/kernel';

import { dayAt, spokenDay, spokenTime } from '../../count/local-days.js';
import type { SourceToShow } from '../model-sources.js';

/** How a record is written down for a model. */
export interface RecordWriting {
  /** Without card numbers and accounts. Pure. */
  readonly mask: (text: string) => string;
  readonly language: string;
  readonly timeZone: string;
}

const DEEPEST = 3;
const LONGEST = 3_000;
/** Of the platform, and no answer to anything. */
const OURS = new Set([
  'audience',
  'deleted',
  'era',
  'event',
  'facts',
  'generation',
  'id',
  'kind',
  'position',
  'scope',
  'source',
  'updatedAt',
]);
const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/u;

/** `checkInDate` as people write it. */
const wordsOf = (key: string): string =>
  key
    .replaceAll(/(?<=\p{Ll})\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`)
    .replaceAll('_', ' ');

const valueText = (value: Json, { language, timeZone }: RecordWriting): string => {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (DAY.test(value) && !Number.isNaN(Date.parse(value)))
    return `${value} (${spokenDay(value, language)})`;
  const at = MOMENT.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) return value;
  const day = dayAt(at, timeZone);
  return `${day} (${spokenDay(day, language)}) ${spokenTime(at, language, timeZone)}`;
};

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const linesOf = (
  value: Json,
  path: readonly string[],
  writing: RecordWriting,
): readonly string[] => {
  if (value === null || value === '' || path.length > DEEPEST) return [];
  if (isList(value))
    return value.every((one) => typeof one !== 'object')
      ? [`${path.join(' ')}: ${value.map((one) => valueText(one, writing)).join(', ')}.`]
      : value.flatMap((one) => linesOf(one, path, writing));
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([key]) => !OURS.has(key))
      .flatMap(([key, one]) => linesOf(one, [...path, wordsOf(key)], writing));
  return [`${path.join(' ')}: ${valueText(value, writing)}.`];
};

/** A record as a source: a line for each of its fields, days as they are said. */
export const recordSource = (
  record: string,
  view: JsonObject,
  writing: RecordWriting,
): SourceToShow => {
  const { displayName, ...fields } = view;
  const text = linesOf(fields, [], writing).join('\n').slice(0, LONGEST);
  return {
    record,
    title: typeof displayName === 'string' ? displayName : record,
    text: writing.mask(text),
    language: writing.language,
  };
};
