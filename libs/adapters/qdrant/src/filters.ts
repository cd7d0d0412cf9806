import type { Schemas } from '@qdrant/js-client-rest';

import type { IndexQuery } from '#libs/ports/search-index';

export type PointFilter = Schemas['Filter'];
type FieldCondition = Schemas['FieldCondition'];

export type PassageFilters = Pick<IndexQuery, 'audience' | 'scope' | 'kinds' | 'from' | 'to'>;

export const anyOf = (key: string, values: readonly (string | number)[]): FieldCondition => ({
  key,
  match: { any: [...new Set(values)] as string[] },
});

/** Nothing at all can pass: no principal asks, or the list of what it may be about is empty. */
export const passesNothing = ({ audience, scope, kinds }: PassageFilters): boolean =>
  [audience, scope, kinds].some((list) => list?.length === 0);

export const conditionsOf = ({
  audience,
  scope,
  kinds,
  from,
  to,
}: PassageFilters): FieldCondition[] => [
  anyOf('audience', audience),
  ...(scope ? [anyOf('scope', scope)] : []),
  ...(kinds ? [anyOf('kind', kinds)] : []),
  ...(to !== undefined ? [{ key: 'begins', range: { lte: to } }] : []),
  ...(from !== undefined ? [{ key: 'ends', range: { gte: from } }] : []),
];
