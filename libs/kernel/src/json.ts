import { fault } from './fault.js';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Deeper than any provider's body; keeps every walk over a foreign value bounded. */
export const JSON_DEPTH_LIMIT = 64;

/**
 * The one text of a value: keys in order, no spaces, `undefined` left out, a lone surrogate as
 * U+FFFD. Two equal values have equal bytes, so a hash over them is an identity.
 */
export const canonicalJson = (value: unknown): string => write(value, 0);

const write = (value: unknown, depth: number): string => {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.isWellFormed() ? value : value.toWellFormed());
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
  const fields = object as Record<string, unknown>;
  let text = '';
  for (const key of orderedKeys(fields)) {
    const value = fields[key];
    if (value === undefined) continue;
    text += `${text ? ',' : ''}${write(key, depth)}:${write(value, depth + 1)}`;
  }
  return `{${text}}`;
};

/** Most of our objects are built in key order already; finding that out is cheaper than sorting. */
const orderedKeys = (fields: Record<string, unknown>): string[] => {
  const keys = Object.keys(fields);
  for (let i = 1; i < keys.length; i++)
    if ((keys[i - 1] ?? '') > (keys[i] ?? '')) return keys.sort();
  return keys;
};
