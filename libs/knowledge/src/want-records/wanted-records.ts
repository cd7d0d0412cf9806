import type { Clock } from '#libs/kernel';
import type { Collection, Documents, StoredDocument } from '#libs/ports/documents';

/** A record that must be indexed in the background; it stands here until that is done. */
export interface WantedRecord {
  /** `kind/id`. */
  readonly record: string;
  /** When it changed, as far as anybody knows (ms): the newest goes first. */
  readonly changedAt: number;
}

export interface NotedRecord extends WantedRecord {
  /** Of its note, to settle it by. */
  readonly version: number;
}

export interface WantedRecords {
  /** Notes them, each once. One that is wanted again is due again. */
  want(records: readonly WantedRecord[]): Promise<void>;
  /** The newest first. */
  due(limit: number): Promise<readonly NotedRecord[]>;
  /** Indexed. What was wanted again meanwhile stays. */
  settle(records: readonly NotedRecord[]): Promise<void>;
  /** The longest waiting first. */
  waiting(limit: number): Promise<readonly NotedRecord[]>;
}

interface WantedRecordsParts {
  readonly documents: Pick<Documents, 'get' | 'query' | 'swap'>;
  readonly clock: Clock;
}

const collection: Collection = {
  name: 'wanted_records',
  fields: ['changedAt'],
  orderedBy: 'changedAt',
};

/** Tombstones are only there for the fence of their version. */
const TOMBSTONE_MS = 60_000;

export const createWantedRecords = ({ documents, clock }: WantedRecordsParts): WantedRecords => {
  const list = async (limit: number, descending: boolean): Promise<readonly NotedRecord[]> => {
    const order = { field: 'changedAt', descending };
    return (await documents.query(collection, { order, limit })).items.map(notedOf);
  };

  /** It overwrites what is there: being wanted now is newer. Each round that is lost, somebody else has won. */
  const wantOne = async ({ record, changedAt }: WantedRecord, known: number): Promise<void> => {
    for (let version = known; ;) {
      const document = { id: record, body: { changedAt }, fields: { changedAt } };
      const swapped = await documents.swap(collection, document, version);
      if (swapped.swapped) return;
      version = swapped.version;
    }
  };

  return {
    async want(records) {
      const newest = newestOfEach(records);
      const stored = await documents.get(
        collection,
        newest.map(({ record }) => record),
      );
      await Promise.all(newest.map((one, i) => wantOne(one, stored[i]?.version ?? 0)));
    },

    due: (limit) => list(limit, true),
    waiting: (limit) => list(limit, false),

    async settle(records) {
      const expiresAt = clock.now() + TOMBSTONE_MS;
      await Promise.all(
        records.map(({ record, version }) =>
          documents.swap(collection, { id: record, body: null, expiresAt }, version),
        ),
      );
    },
  };
};

const newestOfEach = (records: readonly WantedRecord[]): readonly WantedRecord[] => {
  const newest = new Map<string, WantedRecord>();
  for (const one of records) {
    const known = newest.get(one.record);
    if (!known || known.changedAt < one.changedAt) newest.set(one.record, one);
  }
  return [...newest.values()];
};

const notedOf = ({ id, body, version }: StoredDocument): NotedRecord => ({
  record: id,
  changedAt: (body as unknown as { changedAt: number }).changedAt,
  version,
});
