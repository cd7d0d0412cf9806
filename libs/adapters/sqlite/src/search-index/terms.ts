import { hash } from 'node:crypto';

import { Recent } from '#libs/kernel';
import type { IndexedPassage, IndexQuery, TermField, TermHash } from '#libs/ports/search-index';

/** The order of the columns, and what a term of each begins with: so a term says its field without a column filter. */
export const termFields = ['title', 'word', 'stem', 'part'] as const satisfies TermField[];
const mark = { title: 't', word: 'w', stem: 's', part: 'p' } as const;

/** A letter for the field, seven digits in base 36 and a space: FTS5 splits at what is neither letter nor digit. */
const TOKEN_BYTES = 9;
const THREE_DIGITS = 36 ** 3;
const SPACE = 0x20;
const ZERO = 0x30;

/** Every three digits, one after the other: a look-up where `toString(36)` would take most of the time of a write. */
const triples = Buffer.from(
  Array.from({ length: THREE_DIGITS }, (_, i) => i.toString(36).padStart(3, '0')).join(''),
  'latin1',
);
let bytes = Buffer.alloc(1024 * TOKEN_BYTES);

const writeTriple = (at: number, triple: number): void => {
  bytes[at] = triples[3 * triple] ?? 0;
  bytes[at + 1] = triples[3 * triple + 1] ?? 0;
  bytes[at + 2] = triples[3 * triple + 2] ?? 0;
};

export const termText = (field: TermField, terms: readonly TermHash[]): string => {
  const length = terms.length * TOKEN_BYTES;
  if (length > bytes.length) bytes = Buffer.alloc(2 * length);
  const letter = mark[field].charCodeAt(0);
  for (let i = 0, at = 0; i < terms.length; i++, at += TOKEN_BYTES) {
    const term = (terms[i] ?? 0) >>> 0;
    const upper = Math.floor(term / THREE_DIGITS);
    const first = upper < THREE_DIGITS ? 0 : 1;
    bytes[at] = letter;
    bytes[at + 1] = ZERO + first;
    writeTriple(at + 2, upper - first * THREE_DIGITS);
    writeTriple(at + 5, term - upper * THREE_DIGITS);
    bytes[at + 8] = SPACE;
  }
  return bytes.toString('latin1', 0, length);
};

export const termToken = (field: TermField, term: TermHash): string =>
  termText(field, [term]).trimEnd();

const KNOWN = 20_000;
const digests = new Recent<string>(KNOWN);

/** 80 bits: two ids never share one, and none is readable. */
const digestOf = (text: string): string => {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const made = hash('sha256', text).slice(0, 20);
  digests.set(text, made);
  return made;
};

const filterToken = (sort: 'k' | 'a' | 'c', text: string): string => sort + digestOf(text);

/** Kind and audience: what a passage is filtered by in every question. */
export const facetText = (kind: string, audience: readonly string[]): string =>
  [filterToken('k', kind), ...audience.map((one) => filterToken('a', one))].join(' ');

/** What a passage is filtered by, as the text of the column of weight 0. */
export const filterText = (kind: string, { audience, scope }: IndexedPassage): string =>
  [facetText(kind, audience), ...scope.map((one) => filterToken('c', one))].join(' ');

export interface FilterTokens {
  /** Missing: about anything. */
  readonly scope?: readonly string[];
  /** Of each, one must be there. */
  readonly facet: readonly (readonly string[])[];
}

type Filters = Pick<IndexQuery, 'audience' | 'scope' | 'kinds'>;

const tokensFor = (sort: 'k' | 'a' | 'c', texts: readonly string[]): readonly string[] => [
  ...new Set(texts.map((text) => filterToken(sort, text))),
];

/** `undefined`: nothing can pass. */
export const filterTokens = ({ audience, scope, kinds }: Filters): FilterTokens | undefined => {
  if ([audience, scope, kinds].some((list) => list?.length === 0)) return undefined;
  return {
    ...(scope && { scope: tokensFor('c', scope) }),
    facet: [...(kinds ? [tokensFor('k', kinds)] : []), tokensFor('a', audience)],
  };
};

export const anyOf = (tokens: readonly string[]): string => `(${tokens.join(' OR ')})`;

/** Every filter as a part of the search, the rarest first: the others are then only looked up. */
export const filtersOf = (query: Filters): readonly string[] | undefined => {
  const tokens = filterTokens(query);
  return tokens && [...(tokens.scope ? [tokens.scope] : []), ...tokens.facet].map(anyOf);
};

export const tokensOf = (terms: IndexQuery['terms']): readonly string[] => [
  ...new Set(terms.map(({ field, term }) => termToken(field, term))),
];

export const matchOf = (terms: string, filters: readonly string[]): string =>
  [...filters, `(${terms})`].join(' AND ');

/** Of a passage `p`: what has no time overlaps always. */
export const OVERLAPS =
  '(p.from_at IS NULL OR p.from_at <= ?) AND (p.to_at IS NULL OR p.to_at >= ?)';

export const timesOf = ({ from, to }: Pick<IndexQuery, 'from' | 'to'>): [number, number] => [
  to ?? Number.MAX_SAFE_INTEGER,
  from ?? Number.MIN_SAFE_INTEGER,
];
