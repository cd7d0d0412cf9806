import type { Json, JsonObject } from '#libs/kernel';

/**
 * Readers of what somebody else wrote: each takes anything, demands only what we use, and answers
 * `undefined` for the rest. A key that is absent, null or `{}` means the same.
 */
export type Foreign = Readonly<Record<string, unknown>>;

export const objectOf = (value: unknown): Foreign | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  for (const _ in value) return value as Foreign;
  return undefined;
};

export const listOf = (value: unknown): readonly unknown[] | undefined =>
  Array.isArray(value) ? value : undefined;

/** The objects of a list; what is something else is left out. */
export const objectsOf = (value: unknown): readonly Foreign[] =>
  Array.isArray(value) ? value.map(objectOf).filter((item) => item !== undefined) : [];

/** A lone surrogate cannot be stored; it is replaced here, so that every later copy is the same. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.toWellFormed() : undefined;

const WORD = /^[\w.+/-]{1,64}$/;
/** A value of somebody's enumeration. Free text must not slip into what everybody may read. */
export const word = (value: unknown): string | undefined =>
  typeof value === 'string' && WORD.test(value) ? value : undefined;

/** A name that is shown to everybody: of a tag, of a time zone. */
export const label = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= 200
    ? value.toWellFormed()
    : undefined;

export const flag = (value: unknown): boolean | undefined =>
  typeof value === 'boolean' ? value : undefined;

export const whole = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

/** Numbers, or a UUID for a menu's choices. Any other word could be somebody's name, and ids stand in the clear. */
const ID = /^(?:\d{1,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
/** An id as text; a number that JSON has already rounded is none. */
export const id = (value: unknown): string | undefined => {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && value > 0 ? String(value) : undefined;
  return typeof value === 'string' && ID.test(value) ? value : undefined;
};

/** Unix seconds up to the year 9999. */
const LAST_SECOND = 253_402_300_799;
export const instantOfSeconds = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 1 && value <= LAST_SECOND
    ? Math.floor(value) * 1000
    : undefined;

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/;
/** Unix seconds in one place and ISO 8601 in the next: providers mix them, some within one body. */
export const instant = (value: unknown): number | undefined => {
  if (typeof value !== 'string') return instantOfSeconds(value);
  if (!ISO.test(value)) return undefined;
  const time = Date.parse(value);
  return time > 0 ? time : undefined;
};

/** JSON can write a number that no number type holds. What carries one is not understood. */
export const hasNonFinite = (object: Foreign): boolean => {
  for (const key in object) {
    const value = object[key];
    if (typeof value === 'number' && !Number.isFinite(value)) return true;
  }
  return false;
};

/** Leaves out what is not there. Fields are written in key order, which makes canonical JSON cheap. */
export const present = <T extends object>(fields: T): T & JsonObject => {
  const kept: Record<string, Json> = {};
  for (const key in fields) {
    const value = fields[key];
    if (value !== undefined) kept[key] = value as Json;
  }
  return kept as T & JsonObject;
};

/** The same, and nothing at all where everything is missing. */
export const presentAny = <T extends object>(fields: T): (T & JsonObject) | undefined => {
  const kept = present(fields);
  for (const _ in kept) return kept;
  return undefined;
};

export const nonEmpty = <T>(items: readonly T[]): T[] | undefined =>
  items.length > 0 ? [...items] : undefined;
