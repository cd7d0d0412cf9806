import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import type { Thing } from './guesty-state.js';

interface Filter {
  readonly field: string;
  readonly operator: string;
  readonly value?: unknown;
  readonly from?: unknown;
  readonly to?: unknown;
}

type Comparable = string | number;

const fits = (thing: Thing, { field, operator, value, from, to }: Filter): boolean => {
  const own = thing[field] as Comparable;
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  switch (operator) {
    case '$eq':
      return own === value;
    case '$in':
      return list.includes(own);
    case '$gte':
      return own >= (value as Comparable);
    case '$gt':
      return own > (value as Comparable);
    case '$lte':
      return own <= (value as Comparable);
    case '$lt':
      return own < (value as Comparable);
    case '$between':
      return own >= (from as Comparable) && own <= (to as Comparable);
    default:
      throw new Error(`no operator ${operator}`);
  }
};

export const filtersIn = ({ query }: FakeRequest): readonly Filter[] =>
  JSON.parse(query.get('filters') ?? '[]') as Filter[];

export const filtered = (things: Iterable<Thing>, filters: readonly Filter[]): readonly Thing[] =>
  [...things].filter((thing) => filters.every((filter) => fits(thing, filter)));

/** Only what is asked for, and the id; without a wish what the account sees by default. */
export const projected = (
  thing: Thing,
  wish: string | null,
  byDefault: readonly string[],
): Thing => {
  const names = new Set(['_id', ...(wish ? wish.split(' ') : byDefault)]);
  return Object.fromEntries(Object.entries(thing).filter(([name]) => names.has(name)));
};

const compared = (a: unknown, b: unknown): number =>
  String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;

/** Ties stay as they lie: the provider promises no order among equals. */
export const sorted = (things: readonly Thing[], by: string): readonly Thing[] => {
  const field = by.replace(/^-/, '');
  const sign = by.startsWith('-') ? -1 : 1;
  return [...things].sort((a, b) => sign * compared(a[field], b[field]));
};

export interface Slice {
  readonly shown: readonly Thing[];
  readonly limit: number;
  readonly skip: number;
}

/** `limit` 25 unless asked for, 100 at most, more is refused. */
export const sliced = (things: readonly Thing[], { query }: FakeRequest): Slice | FakeAnswer => {
  const limit = Number(query.get('limit') ?? 25);
  const skip = Number(query.get('skip') ?? 0);
  if (limit > 100 || limit < 1) return { status: 400, body: { error: 'limit must be 1 to 100' } };
  return { shown: things.slice(skip, skip + limit), limit, skip };
};

/** Newest first, after a cursor that is exclusive; `""` ends it. */
export const afterCursor = (
  things: readonly Thing[],
  { query }: FakeRequest,
): { readonly shown: readonly Thing[]; readonly limit: number; readonly after: string } => {
  const limit = Math.min(100, Number(query.get('limit') ?? 25));
  const cursor = query.get('cursorAfter');
  const from = cursor
    ? things.findIndex((thing) => `after-${String(thing['_id'])}` === cursor) + 1
    : 0;
  const shown = things.slice(from, from + limit);
  const isEnd = from + limit >= things.length;
  return { shown, limit, after: isEnd ? '' : `after-${String(shown.at(-1)?.['_id'])}` };
};
