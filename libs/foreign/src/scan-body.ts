import { JSON_DEPTH_LIMIT } from '#libs/kernel';

/** From the first byte to behind the last one. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type OnField = (key: Span, value: Span) => void;

const QUOTE = 34;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const COLON = 58;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

const ascii = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));
const LITERALS = new Map(
  ['true', 'false', 'null'].map((word) => [word.charCodeAt(0), ascii(word)]),
);

const marked = (characters: string): Uint8Array => {
  const table = new Uint8Array(256);
  for (const byte of ascii(characters)) table[byte] = 1;
  return table;
};
const IS_SPACE = marked(' \t\n\r');
const IS_DIGIT = marked('0123456789');
const IS_HEX = marked('0123456789abcdefABCDEF');
const IS_ESCAPED = marked('"\\/bfnrtu');
/** What may stand in a string as it is: no quote, no backslash, no control character. */
const IS_PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 32 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0,
);

/** No text: what follows is judged by the same rules, and nothing begins with it. */
const NONE = -1;

/**
 * Reads a JSON text without building anything and gives each field of the object at its top. It costs half of a
 * parser, and unlike a parser it shows both of two equal keys. Answers whether the whole text is JSON, has an object
 * with fields at its top, and is not nested more deeply than we hand to anybody. Whether strings are UTF-8 is not its
 * question.
 */
export const scanFields = (json: Uint8Array, onField: OnField): boolean => {
  const from = skipSpace(json, 0);
  if (json[from] !== OPEN_OBJECT) return false;
  let fields = 0;
  const to = endOfObject(json, from, 1, (key, value) => {
    fields++;
    onField(key, value);
  });
  return to !== NONE && fields > 0 && skipSpace(json, to) === json.length;
};

const skipSpace = (json: Uint8Array, from: number): number => {
  let at = from;
  while (IS_SPACE[json[at] ?? 0] === 1) at++;
  return at;
};

const endOfValue = (json: Uint8Array, from: number, depth: number): number => {
  const first = json[from] ?? 0;
  if (first === QUOTE) return endOfString(json, from);
  if (first === OPEN_OBJECT) return endOfObject(json, from, depth + 1);
  if (first === OPEN_ARRAY) return endOfArray(json, from, depth + 1);
  if (first === MINUS || IS_DIGIT[first] === 1) return endOfNumber(json, from);
  return endOfLiteral(json, from, LITERALS.get(first));
};

const endOfObject = (json: Uint8Array, from: number, depth: number, onField?: OnField): number => {
  if (depth > JSON_DEPTH_LIMIT) return NONE;
  let at = skipSpace(json, from + 1);
  if (json[at] === CLOSE_OBJECT) return at + 1;
  for (;;) {
    if (json[at] !== QUOTE) return NONE;
    const key = at;
    const keyEnd = endOfString(json, key);
    if (keyEnd === NONE) return NONE;
    at = skipSpace(json, keyEnd);
    if (json[at] !== COLON) return NONE;
    const value = skipSpace(json, at + 1);
    const valueEnd = endOfValue(json, value, depth);
    if (valueEnd === NONE) return NONE;
    onField?.({ from: key, to: keyEnd }, { from: value, to: valueEnd });
    at = skipSpace(json, valueEnd);
    if (json[at] === CLOSE_OBJECT) return at + 1;
    if (json[at] !== COMMA) return NONE;
    at = skipSpace(json, at + 1);
  }
};

const endOfArray = (json: Uint8Array, from: number, depth: number): number => {
  if (depth > JSON_DEPTH_LIMIT) return NONE;
  let at = skipSpace(json, from + 1);
  if (json[at] === CLOSE_ARRAY) return at + 1;
  for (;;) {
    const end = endOfValue(json, at, depth);
    if (end === NONE) return NONE;
    at = skipSpace(json, end);
    if (json[at] === CLOSE_ARRAY) return at + 1;
    if (json[at] !== COMMA) return NONE;
    at = skipSpace(json, at + 1);
  }
};

const endOfString = (json: Uint8Array, from: number): number => {
  let at = from + 1;
  for (;;) {
    while (IS_PLAIN[json[at] ?? 0] === 1) at++;
    if (json[at] === QUOTE) return at + 1;
    if (json[at] !== BACKSLASH) return NONE;
    const escaped = json[at + 1] ?? 0;
    if (IS_ESCAPED[escaped] !== 1) return NONE;
    at += 2;
    if (escaped !== 117) continue;
    for (const end = at + 4; at < end; at++) if (IS_HEX[json[at] ?? 0] !== 1) return NONE;
  }
};

const endOfNumber = (json: Uint8Array, from: number): number => {
  let at = json[from] === MINUS ? from + 1 : from;
  const whole = at;
  at = endOfDigits(json, at);
  if (at === whole || (json[whole] === ZERO && at > whole + 1)) return NONE;
  if (json[at] === DOT) {
    const fraction = at + 1;
    at = endOfDigits(json, fraction);
    if (at === fraction) return NONE;
  }
  if (json[at] !== 101 && json[at] !== 69) return at;
  at += json[at + 1] === MINUS || json[at + 1] === 43 ? 2 : 1;
  const end = endOfDigits(json, at);
  return end === at ? NONE : end;
};

const endOfDigits = (json: Uint8Array, from: number): number => {
  let at = from;
  while (IS_DIGIT[json[at] ?? 0] === 1) at++;
  return at;
};

const endOfLiteral = (json: Uint8Array, from: number, literal: Uint8Array | undefined): number => {
  if (!literal) return NONE;
  for (let i = 0; i < literal.length; i++) if (json[from + i] !== literal[i]) return NONE;
  return from + literal.length;
};
