import { hash } from 'node:crypto';

import { Recent } from '#libs/kernel';
import type { IndexedPassage, IndexQuery, TermField, TermHash } from '#libs/ports/search-index';

/** The order of the columns, and what a term of each begins with: so a term says its field without a column filter. */
export const termFields = ['title', 'word', 'stem', 'part'] as const satisfies TermField[];
const mark = { title: 't', word: 'w', stem: 's', part: 'p' } as const;

export const termToken = (field: TermField, term: TermHash): string =>
  mark[field] + (term >>> 0).toString(36);

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

/** What a passage is filtered by, as the text of the column of weight 0. */
export const filterText = (kind: string, { audience, scope }: IndexedPassage): string =>
  [
    filterToken('k', kind),
    ...audience.map((one) => filterToken('a', one)),
    ...scope.map((one) => filterToken('c', one)),
  ].join(' ');

export const termText = (field: TermField, terms: readonly TermHash[]): string =>
  terms.map((term) => termToken(field, term)).join(' ');

const anyOf = (tokens: Iterable<string>): string => `(${[...tokens].join(' OR ')})`;

/** Every filter as a part of the search. `undefined`: nothing can pass. */
export const filtersOf = (query: IndexQuery): readonly string[] | undefined => {
  const { audience, scope, kinds } = query;
  if ([audience, scope, kinds].some((list) => list?.length === 0)) return undefined;
  // The rarest first: the others are then only looked up.
  return [
    ...(scope ? [anyOf(new Set(scope.map((one) => filterToken('c', one))))] : []),
    ...(kinds ? [anyOf(new Set(kinds.map((one) => filterToken('k', one))))] : []),
    anyOf(new Set(audience.map((one) => filterToken('a', one)))),
  ];
};

export const tokensOf = (terms: IndexQuery['terms']): readonly string[] => [
  ...new Set(terms.map(({ field, term }) => termToken(field, term))),
];

export const matchOf = (tokens: readonly string[], filters: readonly string[]): string =>
  [...filters, anyOf(tokens)].join(' AND ');
