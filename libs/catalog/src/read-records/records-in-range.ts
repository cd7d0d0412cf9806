import type { JsonObject } from '#libs/kernel';
import type { Documents, FieldValue } from '#libs/ports/documents';

import { recordKinds, type KindName } from '../kinds/index.js';
import { recordCollection, type Generations } from '../project-records/generation.js';
import type { MayRead } from './readers.js';
import { shownRecord } from './shown-record.js';

/** Records by a field of theirs that has an order: a day, a time. */
export interface RecordRange {
  readonly kind: KindName;
  /** One of its filter fields. What lacks it is not in the range. */
  readonly field: string;
  /** Equalities over other filter fields: it then costs what one of them finds. */
  readonly where?: Readonly<Record<string, FieldValue>>;
  readonly from: FieldValue;
  /** Included. Missing: to the end. */
  readonly to?: FieldValue;
  /** No more than so many are read. */
  readonly limit: number;
}

export interface RecordsInRange {
  /** In the order of the field. */
  readonly items: readonly JsonObject[];
  /** The limit was reached: there may be more. */
  readonly more: boolean;
}

interface RecordsInRangeParts {
  readonly documents: Pick<Documents, 'query'>;
  readonly generations: Pick<Generations, 'live'>;
}

const PAGE = 500;

/** Costs what lies in the range, never what is stored. Deleted records are left out. */
export const recordsInRange = async (
  { documents, generations }: RecordsInRangeParts,
  mayRead: MayRead,
  { kind, field, where, from, to, limit }: RecordRange,
): Promise<RecordsInRange> => {
  const collection = recordCollection(kind, await generations.live());
  const items: JsonObject[] = [];
  let read = 0;
  for (let after: string | undefined; ;) {
    const page = await documents.query(collection, {
      order: { field },
      ...(where && { where }),
      from,
      limit: Math.min(PAGE, limit - read),
      ...(after !== undefined && { after }),
    });
    for (const { body, fields } of page.items) {
      const value = fields?.[field];
      if (value === undefined || (to !== undefined && value > to)) return { items, more: false };
      const state = body as JsonObject;
      if (!recordKinds[kind].isGone(state) && mayRead(kind, state))
        items.push(shownRecord(kind, state, mayRead));
    }
    read += page.items.length;
    after = page.next;
    if (after === undefined) return { items, more: false };
    if (read >= limit) return { items, more: true };
  }
};
