import { fault } from './fault.js';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Deeper than any provider's body; keeps every walk over a foreign value bounded. */
export const JSON_DEPTH_LIMIT = 64;

/**
 * The one text of a value: keys in order, no spaces, `undefined` left out, a lone surrogate as
 * U+FFFD. Two equal values have equal bytes, so a hash over them is an identity. What JSON would
 * lose (dates, maps, bytes, numbers without end) is refused.
 */
export const canonicalJson = (value: unknown): string =>
  // Most of our values are built in key order; to see that and stringify takes half as long.
  isInOrder(value, 0) ? JSON.stringify(value) : write(value, 0);

/** Whether `JSON.stringify` writes the canonical text of this value. */
const isInOrder = (value: unknown, depth: number): boolean => {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      if (depth >= JSON_DEPTH_LIMIT) return false;
      return Array.isArray(value)
        ? value.every((item) => item === undefined || isInOrder(item, depth + 1))
        : isObjectInOrder(value, depth);
    default:
      return false;
  }
};

const isObjectInOrder = (object: object, depth: number): boolean => {
  if (!isPlain(object)) return false;
  const fields = object as Record<string, unknown>;
  let before = '';
  for (const key of Object.keys(fields)) {
    if (key < before || !key.isWellFormed()) return false;
    const value = fields[key];
    if (value !== undefined && !isInOrder(value, depth + 1)) return false;
    before = key;
  }
  return true;
};

/** Made by braces or by a parser, in any realm: its prototype is none, or is the last one. */
const isPlain = (object: object): boolean => {
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const write = (value: unknown, depth: number): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.toWellFormed());
    case 'number':
      if (!Number.isFinite(value)) throw fault('JSON_NUMBER_INVALID');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth >= JSON_DEPTH_LIMIT) throw fault('JSON_TOO_DEEP');
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw fault('JSON_VALUE_INVALID');
  }
};

const writeArray = (items: readonly unknown[], depth: number): string => {
  let text = '[';
  for (let i = 0; i < items.length; i++)
    text += (i ? ',' : '') + (items[i] === undefined ? 'null' : write(items[i], depth + 1));
  return `${text}]`;
};

const writeObject = (object: object, depth: number): string => {
  if (!isPlain(object)) throw fault('JSON_VALUE_INVALID');
  let text = '';
  for (const [key, value] of orderedFields(object as Record<string, unknown>))
    text += `${text ? ',' : ''}${JSON.stringify(key)}:${write(value, depth + 1)}`;
  return `{${text}}`;
};

/** Keys that become one text are one key, and the last of them in order counts. */
const orderedFields = (fields: Record<string, unknown>): [string, unknown][] => {
  const whole = new Map<string, unknown>();
  for (const key of Object.keys(fields).sort())
    if (fields[key] !== undefined) whole.set(key.toWellFormed(), fields[key]);
  return [...whole].sort(([a], [b]) => (a < b ? -1 : 1));
};
