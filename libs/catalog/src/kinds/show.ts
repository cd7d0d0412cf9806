import type { Json, JsonObject } from '#libs/kernel';

import type { ItemWithId } from './values.js';

type ShownFields = Readonly<Record<string, Json | undefined>>;
/** What may be missing is left out where it is. */
type Kept<F extends ShownFields> = {
  readonly [Name in keyof F as undefined extends F[Name] ? never : Name]: F[Name];
} & {
  readonly [Name in keyof F as undefined extends F[Name] ? Name : never]?: Exclude<
    F[Name],
    undefined
  >;
};

/** Text that says something: empty text is none. */
export const stringOf = (value: string | undefined): string | undefined =>
  value === '' ? undefined : value;

export const isoOf = (time: number | undefined): string | undefined =>
  time === undefined ? undefined : new Date(time).toISOString();

/** For readers: leaves out what is missing or empty text. */
export const shown = (fields: ShownFields): JsonObject => {
  const kept: Record<string, Json> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== '') kept[name] = value;
  }
  return kept;
};

/** As `shown`; nothing where nothing is left. */
export const shownIfAny = (fields: ShownFields): JsonObject | undefined => {
  const kept = shown(fields);
  return Object.keys(kept).length > 0 ? kept : undefined;
};

/** For states: leaves out what is missing. */
export const present = <F extends ShownFields>(fields: F): Kept<F> => {
  const kept: Record<string, Json> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined) kept[name] = value;
  }
  return kept as Kept<F>;
};

/** For states: leaves out what is missing or empty text. */
export const filled = <F extends ShownFields>(fields: F): Kept<F> => shown(fields) as Kept<F>;

/** A thing elsewhere that this record is about: its id, and its name where one is known. */
export const referenceOf = (id: string | undefined, name?: string): JsonObject | undefined =>
  id === undefined ? undefined : shown({ id, name });

/** Of the phones it lists, those whose number could be read. */
export const e164In = (
  phones: readonly { readonly e164?: string | undefined }[] | undefined,
): readonly string[] => phones?.flatMap(({ e164 }) => stringOf(e164) ?? []) ?? [];

const SNIPPET = 80;
/** The beginning of a text, for a line in a list: never half a character. */
export const snippetOf = (value: string | undefined): string | undefined => {
  const words = value?.replace(/\s+/gu, ' ').trim();
  if (words === undefined || words.length <= SNIPPET) return words || undefined;
  return `${words
    .slice(0, SNIPPET - 1)
    .toWellFormed()
    .replace(/\uFFFD$/u, '')
    .trimEnd()}…`;
};

/** What happened or was said at some time. */
interface Timed {
  readonly at?: number | undefined;
}

/** Oldest first; what has no time comes before all others, and ties keep their order. */
export const inTime = <Value extends Timed>(
  list: readonly ItemWithId<Value>[] | undefined,
): readonly ItemWithId<Value>[] | undefined =>
  list && [...list].sort(({ value: a }, { value: b }) => (a.at ?? 0) - (b.at ?? 0));

/** Things with ids as one list, oldest first. */
export const shownItems = <Value extends Timed & JsonObject>(
  list: readonly ItemWithId<Value>[] | undefined,
): readonly JsonObject[] | undefined =>
  inTime(list)?.map(({ id, value }) => {
    const { at, ...rest } = value;
    return shown({ at: isoOf(at), id, ...(rest as JsonObject) });
  });
