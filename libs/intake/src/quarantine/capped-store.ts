import { encodeDelivery, type Delivery } from '#libs/contracts';
import { toHex, type Clock, type Hash, type Id } from '#libs/kernel';
import {
  documentPages,
  type Collection,
  type Documents,
  type FencedDocument,
  type Query,
  type StoredDocument,
} from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import type { Packer } from '../deliveries/deliveries.js';
import type { DropReason, QuarantineGuard } from './quarantine-guard.js';

export const quarantineCollection: Collection = {
  name: 'quarantine',
  fields: ['receivedAt', 'source'],
  orderedBy: 'receivedAt',
};

/** What is shown of a quarantined delivery: nothing that it claims. */
export interface Quarantined {
  readonly id: Id;
  readonly source: string;
  readonly receivedAt: number;
  /** Of its body, as it came. */
  readonly bytes: number;
  /** Of its body; missing where an older version kept it. */
  readonly sha256?: string;
}

interface StoredQuarantined extends Quarantined {
  /** What it counts against the cap. Older entries do not say. */
  readonly stored?: number;
}

export interface CappedStoreParts {
  readonly documents: Documents;
  readonly keys: Keys;
  readonly packer: Packer;
  readonly clock: Clock;
  readonly hash: Hash;
  readonly guard: QuarantineGuard;
  readonly retentionMs: number;
  /** All of quarantine together, as it is stored; what comes beyond is dropped and counted. */
  readonly maxBytes: number;
}

export const quarantineStreamOf = (id: Id): string => `quarantine/${id}`;

/**
 * What an entry costs beside its sealed bytes: its key, its row, two indexes, and the pages they half fill.
 * A test holds it against the files of the embedded store.
 */
export const ENTRY_OVERHEAD = 1024;
const PAGE = 100;
const RECOUNT_MS = 60_000;
/** One document each: a stranger's bytes are not worth more. Almost every body packs far below it. */
const MOST_PACKED = 850 * 1024;

interface PackedDelivery {
  readonly delivery: Delivery;
  readonly packed: Uint8Array;
}

export interface CappedStore {
  keep(deliveries: readonly Delivery[]): Promise<void>;
  /** After something went: the next `keep` counts again. */
  recount(): void;
  readonly dropped: () => number;
}

/** What is kept within the cap. Counted again where it seems full: some has expired, replicas keep too. */
export const cappedStore = (parts: CappedStoreParts): CappedStore => {
  const { documents, clock, guard, maxBytes } = parts;
  let kept: number | undefined;
  let countedAt = 0;
  let dropped = 0;

  const drop = (reason: DropReason, count: number): void => {
    if (count === 0) return;
    dropped += count;
    guard.onDropped(reason, count);
  };

  const bytesBefore = async (incoming: number): Promise<number> => {
    const now = clock.now();
    const isFull = (kept ?? 0) + incoming > maxBytes;
    if (kept === undefined || (isFull && now - countedAt >= RECOUNT_MS)) {
      kept = await bytesKept(documents);
      countedAt = now;
    }
    return kept;
  };

  /** Those that fit, in order. Nothing is sealed before: a key of what is not kept would stay. */
  const fitting = async (deliveries: readonly Delivery[]): Promise<readonly PackedDelivery[]> => {
    const all = deliveries.map((delivery) => ({
      delivery,
      packed: parts.packer.pack(encodeDelivery(delivery)),
    }));
    const small = all.filter(({ packed }) => packed.length <= MOST_PACKED);
    drop('size', all.length - small.length);
    let after = await bytesBefore(small.reduce((sum, { packed }) => sum + costOf(packed), 0));
    const found = small.filter(({ packed }) => {
      const fits = after + costOf(packed) <= maxBytes;
      if (fits) after += costOf(packed);
      return fits;
    });
    drop('cap', small.length - found.length);
    return found;
  };

  return {
    async keep(deliveries) {
      if (guard.isDiskNearlyFull()) return drop('disk', deliveries.length);
      const found = await sealedDocuments(parts, await fitting(deliveries));
      const outcomes = await documents.put(quarantineCollection, found);
      // What the bus repeats is kept once, and counts once.
      const written = found.filter((_, i) => outcomes[i] === 'written');
      // Somebody may have asked for a recount meanwhile; that finds these too.
      if (kept !== undefined) kept = written.reduce((sum, one) => sum + costOf(one.bytes), kept);
    },
    recount: () => {
      kept = undefined;
    },
    dropped: () => dropped,
  };
};

const costOf = (bytes: Uint8Array | undefined): number => (bytes?.length ?? 0) + ENTRY_OVERHEAD;

const sealedDocuments = async (
  { keys, hash, retentionMs }: CappedStoreParts,
  found: readonly PackedDelivery[],
): Promise<readonly FencedDocument[]> => {
  if (found.length === 0) return [];
  const sealed = await keys.seal(
    found.map(({ delivery, packed }) => ({
      stream: quarantineStreamOf(delivery.id),
      plain: packed,
      expiresAt: delivery.receivedAt + retentionMs,
    })),
  );
  const digests = await hash(found.map(({ delivery }) => delivery.body));
  return found.flatMap(({ delivery }, i) => {
    const sha256 = toHex(digests[i] ?? new Uint8Array());
    return toDocument({ ...delivery, sha256 }, sealed[i], retentionMs);
  });
};

const toDocument = (
  { id, source, receivedAt, body, sha256 }: Delivery & { readonly sha256: string },
  sealed: Uint8Array | undefined,
  retentionMs: number,
): FencedDocument[] =>
  sealed
    ? [
        {
          id,
          body: { id, source, receivedAt, bytes: body.length, sha256, stored: costOf(sealed) },
          bytes: sealed,
          fields: { receivedAt, source },
          fence: { era: 0, position: 1 },
          expiresAt: receivedAt + retentionMs,
        },
      ]
    : [];

export const quarantinePages = (
  documents: Documents,
  given: Pick<Query, 'bytes'> = {},
): AsyncGenerator<readonly StoredDocument[]> =>
  documentPages(documents, quarantineCollection, {
    ...given,
    order: { field: 'receivedAt' },
    limit: PAGE,
  });

export async function* everyQuarantined(
  documents: Documents,
  given: Pick<Query, 'bytes'> = {},
): AsyncGenerator<StoredDocument> {
  for await (const page of quarantinePages(documents, given)) yield* page;
}

/** Of entries that an older version kept, their bodies are counted. */
const bytesKept = async (documents: Documents): Promise<number> => {
  let total = 0;
  for await (const { body } of everyQuarantined(documents, { bytes: false })) {
    const { bytes, stored } = body as unknown as StoredQuarantined;
    total += stored ?? bytes + ENTRY_OVERHEAD;
  }
  return total;
};
