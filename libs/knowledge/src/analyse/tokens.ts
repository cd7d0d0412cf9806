import { fold } from './fold.js';
import { numberTermsOf } from './numbers.js';
import type { WholeTerm } from './whole-term.js';

/** A word of a text, or something that is looked for as a whole. */
export interface TextToken {
  /** As it is written, small letters. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Nothing but a hyphen or the like stands between it and the token before it. */
  readonly joined: boolean;
}

const WITHOUT_SPACES =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Thai}';
const RUN = new RegExp(`[${WITHOUT_SPACES}]+|[[\\p{L}\\p{M}\\p{N}]--[${WITHOUT_SPACES}]]+`, 'gv');
const PAIRED = new RegExp(`^[${WITHOUT_SPACES}]`, 'v');
const JOINTS = new Set(['-', '‐', '‑', '_', '/', '+', '&']);
const APOSTROPHES = new Set(["'", '’', 'ʼ', '`']);
const LONGEST = 64;

/** The words of a text, in order. Scripts without spaces give pairs of letters. */
export const tokensOf = (text: string): readonly TextToken[] => {
  const tokens: TextToken[] = [];
  let lastEnd = -2;
  eachRun(text, (run, start) => {
    const gap = start - lastEnd === 1 ? text.charAt(lastEnd) : '';
    const end = start + run.length;
    lastEnd = end;
    if (run.charCodeAt(0) >= FIRST_PAIRED && PAIRED.test(run)) pushPairs(tokens, run, start);
    // What follows an apostrophe and is one letter belongs to the word before it: guest's, don't.
    else if (!(run.length === 1 && APOSTROPHES.has(gap)))
      tokens.push({
        text: (run.length > LONGEST ? run.slice(0, LONGEST) : run).toLowerCase(),
        ...{ start, end, joined: gap !== '' && JOINTS.has(gap) },
      });
  });
  return tokens;
};

/** From here on a letter may be of a script without spaces. */
const FIRST_PAIRED = 0x0e00;
const isPartOfWord = Uint8Array.from({ length: FIRST_PAIRED }, (_, code) =>
  /[\p{L}\p{M}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0,
);
const HAS_PAIRED = /[\u0e00-\u1fff\u2c00-\uffff]/;

/** A table of letters is three times as fast as an expression, and every text of every search is read by it. */
const eachRun = (text: string, take: (run: string, start: number) => void): void => {
  if (HAS_PAIRED.test(text)) {
    for (const { 0: run, index } of text.matchAll(RUN)) take(run, index);
    return;
  }
  for (let at = 0; at < text.length; at++) {
    if (isPartOfWord[text.charCodeAt(at)] !== 1) continue;
    const start = at;
    while (isPartOfWord[text.charCodeAt(at)] === 1) at++;
    take(text.slice(start, at), start);
  }
};

const pushPairs = (tokens: TextToken[], run: string, start: number): void => {
  const letters = [...run];
  let at = start;
  letters.forEach((letter, index) => {
    const next = letters[index + 1];
    const pair = letter + (next ?? '');
    if (next !== undefined || letters.length === 1)
      tokens.push({ text: pair, start: at, end: at + pair.length, joined: false });
    at += letter.length;
  });
};

const MAIL = /[\p{L}\p{N}][\p{L}\p{N}._%+-]*@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const ADDRESS = /(?:https?:\/\/|www\.)([\p{L}\p{N}.-]+\p{L})/giu;
const HAS_DIGIT = /\d/;

/** What is looked for as a whole, in order of its sorts. */
export const wholesOf = (text: string, tokens: readonly TextToken[]): readonly WholeTerm[] => [
  ...(text.includes('@') ? found(text, MAIL, (mail) => fold(mail)) : []),
  ...(/https?:|www\./i.test(text)
    ? found(text, ADDRESS, (address) =>
        fold(address.replace(/^https?:\/\//i, '').replace(/^www\./i, '')),
      )
    : []),
  ...(HAS_DIGIT.test(text) ? numberTermsOf(text) : []),
  ...joinedOf(tokens),
];

const found = (text: string, pattern: RegExp, read: (whole: string) => string): WholeTerm[] =>
  [...text.matchAll(pattern)].map(({ 0: whole, index: start }) => ({
    ...{ term: read(whole), also: [], start, end: start + whole.length, joined: false },
  }));

/** `check-in` as `checkin`, `GY-1234` as `gy1234`; three and more also by twos. */
const joinedOf = (tokens: readonly TextToken[]): WholeTerm[] => {
  const wholes: WholeTerm[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const chain = chainAt(tokens, at);
    const first = chain[0];
    const last = chain.at(-1);
    if (first !== undefined && last !== undefined && chain.length > 1)
      wholes.push({
        term: fold(chain.map(({ text }) => text).join('')),
        also: chain.length > 2 ? twosOf(chain) : [],
        ...{ start: first.start, end: last.end },
        joined: chain.every(({ text }) => !HAS_DIGIT.test(text)),
      });
    at += Math.max(0, chain.length - 1);
  }
  return wholes;
};

const chainAt = (tokens: readonly TextToken[], from: number): readonly TextToken[] => {
  let to = from + 1;
  while (tokens[to]?.joined === true && to - from < 6) to++;
  return tokens.slice(from, to);
};

const twosOf = (chain: readonly TextToken[]): string[] =>
  chain.slice(1).map(({ text }, index) => fold((chain[index]?.text ?? '') + text));
