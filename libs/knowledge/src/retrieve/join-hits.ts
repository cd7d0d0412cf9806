import type { RecordInUnit } from '#libs/catalog';
import type { Awaitable } from '#libs/kernel';
import type { IndexHit } from '#libs/ports/search-index';

import type { Passage } from '../passages/passage.js';

/** A hit of the index with the passage as its records say it now. */
export interface JoinedHit {
  readonly hit: IndexHit;
  readonly passage: Passage;
}

/** The truth about hits: only those come back that stand in their records now, and that the asker may read now. */
export type JoinHits = (
  hits: readonly IndexHit[],
  principals: readonly string[],
) => Promise<readonly JoinedHit[]>;

export interface JoinHitsParts {
  /** Records as they are now, one answer for each id, in order. One look-up. */
  readonly getRecords: (
    kind: string,
    ids: readonly string[],
  ) => Promise<readonly (RecordInUnit | undefined)[]>;
  readonly mayRead: (record: RecordInUnit, principals: readonly string[]) => boolean;
  /** Cuts a passage again from these records; nothing where they do not say it any more, word for word. */
  readonly cutAgain: (
    hit: IndexHit,
    records: readonly RecordInUnit[],
  ) => Awaitable<Passage | undefined>;
}

/**
 * Loads the records of all hits, one look-up for each kind, and cuts the passages from them again. A hit is left out
 * if one of its records is gone or not for the asker, or if its passage does not stand in them any more.
 */
export const joinHits =
  ({ getRecords, mayRead, cutAgain }: JoinHitsParts): JoinHits =>
  async (hits, principals) => {
    const records = await load(getRecords, hits);
    const joined = await Promise.all(
      hits.map(async (hit) => {
        const members = hit.passage.records.map((name) => records.get(name));
        // What a thread is called stands in the record that the thread is; its messages may be there without it.
        const thread = hit.passage.records.includes(hit.unit) ? undefined : records.get(hit.unit);
        const all = [...members, ...(thread ? [thread] : [])];
        if (!all.every((record) => record !== undefined && mayRead(record, principals)))
          return undefined;
        const passage = await cutAgain(hit, all as readonly RecordInUnit[]);
        return passage && { hit, passage };
      }),
    );
    return joined.filter((one) => one !== undefined);
  };

const load = async (
  getRecords: JoinHitsParts['getRecords'],
  hits: readonly IndexHit[],
): Promise<ReadonlyMap<string, RecordInUnit>> => {
  const names = new Set(hits.flatMap(({ unit, passage }) => [unit, ...passage.records]));
  const idsOf = new Map<string, string[]>();
  for (const name of names) {
    const at = name.indexOf('/');
    const [kind, id] = [name.slice(0, at), name.slice(at + 1)];
    idsOf.set(kind, [...(idsOf.get(kind) ?? []), id]);
  }
  const found = await Promise.all([...idsOf].map(([kind, ids]) => getRecords(kind, ids)));
  return new Map(
    found.flat().flatMap((record) => (record ? [[`${record.kind}/${record.id}`, record]] : [])),
  );
};
