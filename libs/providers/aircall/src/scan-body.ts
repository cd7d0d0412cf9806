import { JSON_DEPTH_LIMIT } from '#libs/kernel';

const QUOTE = 34;
const BACKSLASH = 92;
const COLON = 58;
const COMMA = 44;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * How often a key stands at the top of a JSON text, read in one pass without building anything;
 * `undefined` when it is nested too deeply to be handed to a parser. A parser alone would silently take
 * the last of two tokens, also of one that is spelled `tok\u0065n`. What is no JSON is left to it.
 */
export const countTopKey = (json: Uint8Array, key: string): number | undefined => {
  let depth = 0;
  let count = 0;
  let expectsKey = false;
  for (let i = 0; i < json.length; i++) {
    switch (json[i]) {
      case QUOTE: {
        const end = endOfString(json, i + 1);
        if (expectsKey && depth === 1 && spells(json, i, end, key)) count++;
        i = end;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        if (++depth > JSON_DEPTH_LIMIT) return undefined;
        expectsKey = depth === 1 && json[i] === OPEN_OBJECT;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        depth--;
        break;
      case COLON:
        if (depth === 1) expectsKey = false;
        break;
      case COMMA:
        if (depth === 1) expectsKey = true;
        break;
      default:
        break;
    }
  }
  return count;
};

/**
 * Whether a glance is enough to see that a JSON text has a key at most once and is not nested too deeply:
 * true of every body the provider really sends, at a tenth of the cost of reading each byte.
 */
export const isPlainly = (json: string, key: string): boolean => {
  const quoted = `"${key}"`;
  return (
    !json.includes('\\u') &&
    json.indexOf(quoted) === json.lastIndexOf(quoted) &&
    countUpTo(JSON_DEPTH_LIMIT, json, '{') + countUpTo(JSON_DEPTH_LIMIT, json, '[') <=
      JSON_DEPTH_LIMIT
  );
};

const countUpTo = (most: number, text: string, character: string): number => {
  let count = 0;
  let at = text.indexOf(character);
  while (at >= 0 && count <= most) {
    count++;
    at = text.indexOf(character, at + 1);
  }
  return count;
};

const endOfString = (json: Uint8Array, from: number): number => {
  let at = from;
  while (at < json.length && json[at] !== QUOTE) at += json[at] === BACKSLASH ? 2 : 1;
  return at;
};

const ESCAPE = /\\u([0-9a-fA-F]{4})/g;

const spells = (json: Uint8Array, open: number, end: number, key: string): boolean => {
  const length = end - open - 1;
  // Each character is itself or six characters of an escape.
  if (length < key.length || length > key.length * 6) return false;
  let written = '';
  for (let i = open + 1; i < end; i++) written += String.fromCharCode(json[i] ?? 0);
  const meant = written.replace(ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return meant === key;
};
