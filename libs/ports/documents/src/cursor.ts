import { canonicalJson, fault, textOf, utf8 } from '#libs/kernel';

import type { Collection, FieldValue, Query, StoredDocument } from './documents.port.js';
import { unknownField } from './limits.js';

/** The place of the last item of a page. `value` is its order field, when there is one. */
export interface PageCursor {
  readonly value: FieldValue | null;
  readonly id: string;
}

/**
 * One unbroken run of a query's order, so that a store reads it as one range of an index. What lacks the order
 * field has runs of its own: stores compare a missing value with nothing.
 */
export interface QueryRange {
  /** Does it hold what has the order field, what lacks it, or both? */
  readonly of: 'having' | 'lacking' | 'both';
  /** It begins behind this place. `value` is `null` where the id alone decides. */
  readonly behind?: PageCursor;
}

/** A query that was checked: what adapters turn into their own language. */
export interface QueryPlan {
  readonly where: readonly (readonly [field: string, value: FieldValue])[];
  /** Missing: ordered by id alone; `from` is then a bound on the id. */
  readonly order: string | undefined;
  readonly descending: boolean;
  readonly from: FieldValue | undefined;
  readonly after: PageCursor | undefined;
  readonly limit: number;
  readonly bytes: boolean;
  /** What to read, one after the other, until the page is full. */
  readonly stretches: readonly QueryRange[];
  readonly cursorAt: (last: StoredDocument) => string;
}

export const planQuery = (collection: Collection, query: Query): QueryPlan => {
  const where = Object.entries(query.where ?? {});
  const order = query.order?.field;
  for (const field of order === undefined ? [] : [order]) known(collection, field);
  for (const [field] of where) known(collection, field);
  const mark = markOf(collection, query);
  const after = query.after === undefined ? undefined : placeOf(mark, query.after);
  return {
    where,
    order,
    descending: query.order?.descending ?? false,
    from: query.from,
    after,
    limit: query.limit,
    bytes: query.bytes ?? true,
    stretches: stretchesOf(query, after),
    cursorAt: ({ id, fields }) =>
      encode([mark, order === undefined ? null : (fields?.[order] ?? null), id]),
  };
};

const stretchesOf = (
  { order, from }: Query,
  behind: PageCursor | undefined,
): readonly QueryRange[] => {
  if (order === undefined) return [{ of: 'both', ...(behind && { behind }) }];
  const bounded = from !== undefined;
  if (!behind) return [{ of: bounded ? 'having' : 'both' }];
  const rest: QueryRange = { of: behind.value === null ? 'lacking' : 'having', behind };
  // What lacks the field comes before all others, and lies below every bound.
  if (order.descending)
    return behind.value === null || bounded ? [rest] : [rest, { of: 'lacking' }];
  return behind.value === null ? [rest, { of: 'having' }] : [rest];
};

const known = ({ name, fields }: Collection, field: string): void => {
  if (!fields.includes(field)) throw unknownField(name, field);
};

/** What a cursor is bound to: everything that decides which documents come in which order. */
const markOf = ({ name }: Collection, { where, order, from }: Query): number =>
  checksum(canonicalJson([name, where ?? {}, order?.field, order?.descending ?? false, from]));

/** FNV-1a, 32 bits: tells queries apart by mistake, not by malice (a forged cursor shows nothing new). */
const checksum = (text: string): number => {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193);
  return sum >>> 0;
};

const encode = (value: readonly unknown[]): string => {
  let binary = '';
  for (const byte of utf8(JSON.stringify(value))) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};

const placeOf = (mark: number, cursor: string): PageCursor => {
  const parts = decode(cursor);
  if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== mark) throw invalid();
  const [, value, id] = parts as unknown[];
  if (typeof id !== 'string') throw invalid();
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') throw invalid();
  return { value, id };
};

const decode = (cursor: string): unknown => {
  try {
    const binary = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'));
    return JSON.parse(textOf(Uint8Array.from(binary, (character) => character.charCodeAt(0))));
  } catch (cause) {
    throw invalid(cause);
  }
};

const invalid = (cause?: unknown) => fault('DOCUMENTS_CURSOR_INVALID', { cause });
