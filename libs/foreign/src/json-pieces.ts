import { textOf, utf8 } from '#libs/kernel';

/** A value inside a JSON text: as it is written there, and as it reads. */
export interface Piece {
  readonly text: string;
  readonly value: unknown;
}

const SPACE = /[\s]/;
const END_OF_SCALAR = /[\s,\]}]/;

interface Found extends Piece {
  readonly whole: string;
  readonly at: number;
}

/**
 * A value deep in a JSON text, in its own bytes: to read and write it again would round numbers and move
 * keys. `undefined`: this is no JSON, or there is nothing.
 */
export const pieceAt = (bytes: Uint8Array, path: readonly string[]): Piece | undefined => {
  const found = find(bytes, path);
  return found && { value: found.value, text: found.text };
};

/** The items of a list in the same way; `undefined` where there is no list. */
export const piecesAt = (
  bytes: Uint8Array,
  path: readonly string[],
): readonly Piece[] | undefined => {
  const found = find(bytes, path);
  if (!found || !Array.isArray(found.value)) return undefined;
  const texts = itemsOf(found.whole, found.at);
  return found.value.map((value: unknown, i) => ({ value, text: texts[i] ?? '' }));
};

const find = (bytes: Uint8Array, path: readonly string[]): Found | undefined => {
  const whole = textOf(bytes);
  let value = parsed(whole)?.value;
  if (value === undefined) return undefined;
  let at = afterSpace(whole, 0);
  for (const key of path) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
    at = memberOf(whole, at, key);
  }
  return { value, whole, at, text: whole.slice(at, endOfValue(whole, at)) };
};

export const parsedJson = (bytes: Uint8Array): unknown => parsed(textOf(bytes))?.value;

/** A piece as the body of its own, inside what the provider puts around a single one. */
export const bodyOfPiece = ({ text }: Piece, wrapper?: string): Uint8Array =>
  // Not the shared memory of short texts: a body is kept longer than its page.
  new Uint8Array(utf8(wrapper === undefined ? text : `{${JSON.stringify(wrapper)}:${text}}`));

const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const afterSpace = (text: string, at: number): number => {
  while (SPACE.test(text.charAt(at))) at++;
  return at;
};

/** Everything below walks over text that was parsed before, so it is well formed. */
const endOfString = (text: string, at: number): number => {
  for (let i = at + 1; ; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
};

const endOfValue = (text: string, at: number): number => {
  if (text[at] === '"') return endOfString(text, at);
  let end = at;
  if (text[at] !== '{' && text[at] !== '[') {
    while (end < text.length && !END_OF_SCALAR.test(text.charAt(end))) end++;
    return end;
  }
  for (let depth = 0; ;) {
    const sign = text[end];
    if (sign === '"') end = endOfString(text, end);
    else end++;
    if (sign === '{' || sign === '[') depth++;
    if ((sign === '}' || sign === ']') && --depth === 0) return end;
  }
};

const itemsOf = (text: string, at: number): string[] => {
  const items: string[] = [];
  for (let i = afterSpace(text, at + 1); text[i] !== ']';) {
    const end = endOfValue(text, i);
    items.push(text.slice(i, end));
    i = afterSpace(text, end);
    if (text[i] === ',') i = afterSpace(text, i + 1);
  }
  return items;
};

/** Where the value of a key begins. Of a key that is there twice the last counts, as it does for a parser. */
const memberOf = (text: string, at: number, key: string): number => {
  let found = at;
  for (let i = afterSpace(text, at + 1); text[i] !== '}';) {
    const endOfKey = endOfString(text, i);
    const value = afterSpace(text, afterSpace(text, endOfKey) + 1);
    if (JSON.parse(text.slice(i, endOfKey)) === key) found = value;
    i = afterSpace(text, endOfValue(text, value));
    if (text[i] === ',') i = afterSpace(text, i + 1);
  }
  return found;
};
