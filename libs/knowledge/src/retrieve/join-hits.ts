import type { RecordInUnit } from '#libs/catalog';
import type { Awaitable } from '#libs/kernel';
import type { IndexHit } from '#libs/ports/search-index';

import type { Passage } from '../passages/passage.js';
import type { SearchedIndex } from './searched-index.js';

/** A hit of the index with the passage as its records say it now. */
export interface JoinedHit {
  readonly hit: IndexHit;
  readonly passage: Passage;
}

/** The truth about hits: only those come back that stand in their records now, and that the asker may read now. */
export type JoinHits = (
  hits: readonly IndexHit[],
  principals: readonly string[],
  searched: SearchedIndex,
) => Promise<readonly JoinedHit[]>;

export interface JoinHitsParts {
  /** Records (`kind/id`) as they are now, one answer each, in order: one look-up for each kind. */
  readonly getRecords: (names: readonly string[]) => Promise<readonly (RecordInUnit | undefined)[]>;
  readonly mayRead: (record: RecordInUnit, principals: readonly string[]) => boolean;
  /** Cuts each passage again from its records: nothing where they do not say it any more, word for word. */
  readonly cutAgain: CutAgain;
}

/** One answer each, in order. */
export type CutAgain = (
  hits: readonly IndexHit[],
  records: ReadonlyMap<string, RecordInUnit>,
  searched: SearchedIndex,
) => Awaitable<readonly (Passage | undefined)[]>;

/**
 * Loads the records of all hits at once, and cuts the passages from them again. A hit is left out if one of its records
 * is gone or not for the asker, or if its passage does not stand in them any more.
 */
export const joinHits =
  ({ getRecords, mayRead, cutAgain }: JoinHitsParts): JoinHits =>
  async (hits, principals, searched) => {
    const names = [...new Set(hits.flatMap(({ passage }) => passage.records))];
    const found = names.length > 0 ? await getRecords(names) : [];
    const readable = new Map(
      found.flatMap((record, i) =>
        record && mayRead(record, principals) ? [[names[i] ?? '', record]] : [],
      ),
    );
    const left = hits.filter(({ passage }) => passage.records.every((name) => readable.has(name)));
    const passages = await cutAgain(left, readable, searched);
    return left.flatMap((hit, i) => {
      const passage = passages[i];
      return passage ? [{ hit, passage }] : [];
    });
  };
