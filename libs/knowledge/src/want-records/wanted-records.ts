import { derivedId, utf8, type Clock, type Hash } from '#libs/kernel';
import type { Collection, Documents, StoredDocument } from '#libs/ports/documents';

/** A record that must be indexed in the background; it stands in a bundle until that is done. */
export interface WantedRecord {
  /** `kind/id`. */
  readonly record: string;
  /** When it changed, as far as anybody knows (ms): the newest goes first. */
  readonly changedAt: number;
}

/** Wanted records in one document: noting a thousand old signals costs a few writes and reads nothing. */
export interface WantedBundle {
  readonly id: string;
  readonly version: number;
  readonly records: readonly WantedRecord[];
}

export interface DueRecords {
  readonly records: readonly WantedRecord[];
  /** All that these records may stand in, as they were read. */
  readonly bundles: readonly WantedBundle[];
}

export interface WantedRecords {
  /** Notes them. One that is wanted again is due again. */
  want(records: readonly WantedRecord[]): Promise<void>;
  /** The newest first, each once. */
  due(limit: number): Promise<DueRecords>;
  /** Indexed. What was wanted again meanwhile stays. */
  settle(due: DueRecords): Promise<void>;
  /** The longest waiting first, each once. */
  waiting(limit: number): Promise<readonly WantedRecord[]>;
}

interface WantedRecordsParts {
  readonly documents: Pick<Documents, 'query' | 'swap'>;
  readonly hash: Hash;
  readonly clock: Clock;
}

const collection: Collection = {
  name: 'wanted_bundles',
  fields: ['changedAt'],
  orderedBy: 'changedAt',
};

/** Names of 1 KiB each still fit into a document. */
const IN_BUNDLE = 256;
/** Repeats are dropped across so many; reading them costs little beside one piece of indexing. */
const BUNDLES = 8;
/** Tombstones are only there for the fence of their version. */
const TOMBSTONE_MS = 600_000;

export const createWantedRecords = ({
  documents,
  hash,
  clock,
}: WantedRecordsParts): WantedRecords => {
  /** It overwrites what is there: being wanted now is newer. Each round that is lost, somebody else has won. */
  const note = async (id: string, records: readonly WantedRecord[]): Promise<void> => {
    for (let version = 0; ;) {
      const swapped = await documents.swap(collection, documentOf(id, records), version);
      if (swapped.swapped) return;
      version = swapped.version;
    }
  };

  return {
    async want(records) {
      const bundles = chunksOf(eachOnce(records));
      const hashes = await hash(bundles.map(namesIn));
      await Promise.all(bundles.map((bundle, i) => note(idOf(hashes[i]), bundle)));
    },

    async due(limit) {
      const order = { field: 'changedAt', descending: true };
      const { items } = await documents.query(collection, { order, limit: BUNDLES });
      const bundles = items.map(bundleOf);
      const records = eachOnce(bundles.flatMap((bundle) => bundle.records));
      return { records: records.slice(0, limit), bundles };
    },

    async settle({ records, bundles }) {
      const done = new Set(records.map(({ record }) => record));
      const expiresAt = clock.now() + TOMBSTONE_MS;
      const settleIn = async (bundle: WantedBundle): Promise<void> => {
        const left = bundle.records.filter(({ record }) => !done.has(record));
        if (left.length === bundle.records.length) return;
        const { id, version } = bundle;
        const document = left.length > 0 ? documentOf(id, left) : { id, body: null, expiresAt };
        await documents.swap(collection, document, version);
      };
      await Promise.all(bundles.map(settleIn));
    },

    async waiting(limit) {
      const found: WantedRecord[] = [];
      let after: string | undefined;
      do {
        const page = await documents.query(collection, {
          order: { field: 'changedAt' },
          limit: BUNDLES,
          ...(after !== undefined && { after }),
        });
        found.push(...page.items.flatMap((item) => bundleOf(item).records));
        after = page.next;
      } while (after !== undefined && found.length < limit);
      return eachOnce(found).reverse().slice(0, limit);
    },
  };
};

/** The newest note of each, the newest first. */
const eachOnce = (records: readonly WantedRecord[]): WantedRecord[] => {
  const newest = new Map<string, WantedRecord>();
  for (const one of records) {
    const known = newest.get(one.record);
    if (!known || known.changedAt < one.changedAt) newest.set(one.record, one);
  }
  return [...newest.values()].sort((a, b) => b.changedAt - a.changedAt);
};

const chunksOf = (records: readonly WantedRecord[]): (readonly WantedRecord[])[] =>
  Array.from({ length: Math.ceil(records.length / IN_BUNDLE) }, (_, i) =>
    records.slice(i * IN_BUNDLE, (i + 1) * IN_BUNDLE),
  );

/** Of the names alone: the same records are wanted again and again in one document. */
const namesIn = (records: readonly WantedRecord[]): Uint8Array =>
  utf8(JSON.stringify(records.map(({ record }) => record).sort()));

const idOf = (hashed: Uint8Array = new Uint8Array(32)): string => derivedId(0, hashed);

const documentOf = (id: string, records: readonly WantedRecord[]) => ({
  id,
  body: { records: records.map(({ record, changedAt }) => [record, changedAt]) },
  fields: { changedAt: Math.max(...records.map(({ changedAt }) => changedAt)) },
});

const bundleOf = ({ id, version, body }: StoredDocument): WantedBundle => ({
  id,
  version,
  records: (body as unknown as { records: [string, number][] }).records.map(
    ([record, changedAt]) => ({ record, changedAt }),
  ),
});
