import { JSON_DEPTH_LIMIT, type Json } from '#libs/kernel';

import { objectOf, type Foreign } from './read-foreign.js';

/**
 * Extended JSON of MongoDB, canonical or relaxed, as JSON that people read: dates in ISO 8601, ObjectIds in hex, numbers
 * as numbers. A number that JavaScript would round is text. Of bytes only their count is told. What only looks like a
 * wrapper, such as a field that somebody called `$date`, stays what it is. Deeper than our JSON goes, nothing is told.
 */
export const plainOfExtended = (value: unknown): Json => plain(value, 0);

const plain = (value: unknown, depth: number): Json => {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'object' || value === null || depth >= JSON_DEPTH_LIMIT) return null;
  if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
  const wrapped = unwrapped(value as Foreign);
  if (wrapped !== undefined) return wrapped;
  // Made from entries: a field called `__proto__` is a field like any other.
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.toWellFormed(), plain(inner, depth + 1)]),
  );
};

/** `undefined`: it wraps nothing. */
const unwrapped = (value: Foreign): Json | undefined => {
  const names = Object.keys(value);
  const [name = ''] = names;
  if (!name.startsWith('$')) return undefined;
  if (names.length === 1)
    return Object.hasOwn(wrappers, name) ? wrappers[name]?.(value[name]) : undefined;
  // The only one of two members that is read: a script with what it sees.
  return names.length === 2 && '$scope' in value && typeof value.$code === 'string'
    ? value.$code.toWellFormed()
    : undefined;
};

type Unwrap = (inner: unknown) => Json | undefined;

const HEX = /^[0-9a-f]{24}$/i;
const WHOLE = /^-?\d{1,20}$/;

const text: Unwrap = (inner) => (typeof inner === 'string' ? inner.toWellFormed() : undefined);
const nothing: Unwrap = () => null;

const whole: Unwrap = (inner) => {
  if (typeof inner !== 'string' || !WHOLE.test(inner)) return undefined;
  const number = Number(inner);
  return Number.isSafeInteger(number) ? number : inner;
};

const DIGITS = 15;
/** With more digits than a double holds, or without an end, it stays the text that it is. */
const decimal: Unwrap = (inner) => {
  if (typeof inner !== 'string') return undefined;
  const number = Number(inner);
  const digits = inner
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '');
  return inner !== '' && Number.isFinite(number) && digits.length <= DIGITS ? number : text(inner);
};

const LAST = 8_640_000_000_000_000;
const isoAt = (time: number): string | undefined =>
  Math.abs(time) <= LAST ? new Date(time).toISOString() : undefined;

/** Relaxed, it is a text already; canonical, milliseconds as a 64-bit number. */
const date: Unwrap = (inner) => {
  if (typeof inner === 'string') {
    const time = Date.parse(inner);
    return Number.isNaN(time) ? undefined : isoAt(time);
  }
  const long = objectOf(inner)?.$numberLong;
  const time = typeof long === 'string' && WHOLE.test(long) ? Number(long) : undefined;
  return time === undefined ? undefined : (isoAt(time) ?? text(long));
};

const timestamp: Unwrap = (inner) => {
  const seconds = objectOf(inner)?.t;
  return typeof seconds === 'number' ? isoAt(seconds * 1000) : undefined;
};

const BASE64_PAIR = 4;
const BYTES_OF_PAIR = 3;
const binary: Unwrap = (inner) => {
  const base64 = objectOf(inner)?.base64;
  if (typeof base64 !== 'string') return undefined;
  const padding = /=*$/.exec(base64)?.[0].length ?? 0;
  return `${Math.floor((base64.length * BYTES_OF_PAIR) / BASE64_PAIR) - padding} bytes`;
};

const regularExpression: Unwrap = (inner) => {
  const { options, pattern } = objectOf(inner) ?? {};
  return typeof pattern === 'string' && typeof options === 'string'
    ? `/${pattern}/${options}`.toWellFormed()
    : undefined;
};

const wrappers: Readonly<Record<string, Unwrap>> = {
  $binary: binary,
  $code: text,
  $date: date,
  $maxKey: nothing,
  $minKey: nothing,
  $numberDecimal: decimal,
  $numberDouble: decimal,
  $numberInt: whole,
  $numberLong: whole,
  $oid: (inner) => (typeof inner === 'string' && HEX.test(inner) ? inner : undefined),
  $regularExpression: regularExpression,
  $symbol: text,
  $timestamp: timestamp,
  $undefined: nothing,
};
