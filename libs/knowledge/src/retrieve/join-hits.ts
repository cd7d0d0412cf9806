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

/** Cuts a passage again from its records; nothing where they do not say it any more. */
export type CutAgain = (
  hit: IndexHit,
  records: ReadonlyMap<string, RecordInUnit>,
) => Passage | undefined;

export interface JoinHitsParts {
  /** Records (`kind/id`) as they are now, one answer each, in order: one look-up for each kind. */
  readonly getRecords: (names: readonly string[]) => Promise<readonly (RecordInUnit | undefined)[]>;
  readonly mayRead: (record: RecordInUnit, principals: readonly string[]) => boolean;
  readonly cutAgain: CutAgain;
  /** As the index has them, made with its key; one each, in order. */
  readonly hashesOf: (
    passages: readonly Passage[],
    key: Uint8Array,
  ) => Awaitable<readonly string[]>;
}

/**
 * Loads the records of all hits at once, and cuts the passages from them again. A hit is left out if one of its records
 * is gone or not for the asker. So is one whose passage does not stand in them any more, word for word.
 */
export const joinHits =
  ({ cutAgain, getRecords, hashesOf, mayRead }: JoinHitsParts): JoinHits =>
  async (hits, principals, { key }) => {
    const names = [...new Set(hits.flatMap(({ passage }) => passage.records))];
    const found = names.length > 0 ? await getRecords(names) : [];
    const readable = new Map<string, RecordInUnit>();
    found.forEach((record, i) => {
      if (record && mayRead(record, principals)) readable.set(names[i] ?? '', record);
    });
    const cut = hits.flatMap((hit): readonly JoinedHit[] => {
      const { records } = hit.passage;
      const isReadable = records.length > 0 && records.every((name) => readable.has(name));
      const passage = isReadable ? cutAgain(hit, readable) : undefined;
      return passage ? [{ hit, passage }] : [];
    });
    const hashes = await hashesOf(
      cut.map(({ passage }) => passage),
      key,
    );
    return cut.filter(({ hit }, i) => hit.passage.hash === hashes[i]);
  };
