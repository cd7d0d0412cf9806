import { decodeDelivery, encodeDelivery, topics, type Delivery } from '#libs/contracts';
import {
  asFault,
  derivedId,
  succeeded,
  toHex,
  type Clock,
  type Fault,
  type Hash,
  type Id,
} from '#libs/kernel';
import type { Journal } from '#libs/journal';
import type { Bus } from '#libs/ports/bus';
import type {
  Collection,
  Documents,
  FencedDocument,
  Query,
  StoredDocument,
} from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import type { Packer } from '../deliveries/deliveries.js';
import { deliveryDigest } from '../receive-delivery/delivery-identity.js';
import type { Sources } from '../sources.js';

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
  readonly bytes: number;
  /** Of the body; missing where an older version kept it. */
  readonly sha256?: string;
}

interface Ports {
  readonly journal: Journal;
  readonly sources: Sources;
  readonly documents: Documents;
  readonly keys: Keys;
  readonly bus: Bus;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly packer: Packer;
  readonly retentionMs: number;
  /** All of quarantine together; what comes beyond is dropped and counted. */
  readonly maxBytes: number;
}

/** Our own clock was wrong when these were received. Who widens a window, and how far, is a fact. */
export interface WidenedWindow {
  readonly withinMs: number;
  readonly actor: string;
  readonly cause: Id;
}

export interface Quarantine {
  /** Keeps what doors could not prove. One answer per message: a fault, or nothing. */
  keep(messages: readonly Uint8Array[]): Promise<readonly (Fault | undefined)[]>;
  /** Proves everything again, with the secrets of now and the time windows of then, or a wider one. */
  retry(widened?: WidenedWindow): Promise<{ readonly proved: number; readonly left: number }>;
  drop(ids: readonly Id[]): Promise<void>;
  /** Dropped because the cap was reached, or larger than is kept of a stranger, since the start. */
  readonly dropped: () => number;
}

export const quarantineStreamOf = (id: Id): string => `quarantine/${id}`;
const PAGE = 100;
const RECOUNT_MS = 60_000;
/** One document each: a stranger's bytes are not worth more. Almost every body packs far below it. */
const MOST_SEALED = 850 * 1024;

/** What is kept within the cap. Counted anew where it seems full: some has expired, replicas keep too. */
const cappedStore = (ports: Ports) => {
  let kept: number | undefined;
  let countedAt = 0;
  let dropped = 0;

  const bytesBefore = async (incoming: number): Promise<number> => {
    const now = ports.clock.now();
    const isFull = (kept ?? 0) + incoming > ports.maxBytes;
    if (kept === undefined || (isFull && now - countedAt >= RECOUNT_MS)) {
      kept = await bytesKept(ports.documents);
      countedAt = now;
    }
    return kept;
  };

  return {
    async keep(deliveries: readonly Delivery[]): Promise<void> {
      const before = await bytesBefore(deliveries.reduce((sum, { body }) => sum + body.length, 0));
      let after = before;
      const room = deliveries.filter(({ body }) => {
        const fits = after + body.length <= ports.maxBytes;
        if (fits) after += body.length;
        return fits;
      });
      const all = await sealedDocuments(ports, room);
      const found = all.filter(({ bytes }) => (bytes?.length ?? 0) <= MOST_SEALED);
      const outcomes = await ports.documents.put(quarantineCollection, found);
      // What the bus repeats is kept once, and counts once.
      const written = found.filter((_, i) => outcomes[i] === 'written');
      kept = written.reduce(
        (sum, { body }) => sum + (body as unknown as Quarantined).bytes,
        before,
      );
      dropped += deliveries.length - room.length + all.length - found.length;
    },
    recount: (): void => {
      kept = undefined;
    },
    dropped: (): number => dropped,
  };
};

export const createQuarantine = (ports: Ports): Quarantine => {
  const { documents, keys, clock } = ports;
  const store = cappedStore(ports);

  return {
    async keep(messages) {
      const read = messages.map(readDelivery);
      await store.keep(read.filter(succeeded));
      return read.map((one) => (succeeded(one) ? undefined : one));
    },

    async retry(widened) {
      if (widened) await noteWidened(ports, widened);
      let proved = 0;
      let left = 0;
      for await (const stored of everything(documents)) {
        if (await provesNow(ports, stored, widened?.withinMs)) proved += 1;
        else left += 1;
      }
      store.recount();
      return { proved, left };
    },

    async drop(ids) {
      await documents.remove(quarantineCollection, ids);
      await keys.destroy(ids.map(quarantineStreamOf), clock.now());
      store.recount();
    },

    dropped: store.dropped,
  };
};

const readDelivery = (bytes: Uint8Array): Delivery | Fault => {
  try {
    return decodeDelivery(bytes);
  } catch (thrown) {
    return asFault(thrown);
  }
};

const sealedDocuments = async (
  { keys, packer, hash, retentionMs }: Ports,
  deliveries: readonly Delivery[],
): Promise<readonly FencedDocument[]> => {
  const sealed = await keys.seal(
    deliveries.map((one) => ({
      stream: quarantineStreamOf(one.id),
      plain: packer.pack(encodeDelivery(one)),
      expiresAt: one.receivedAt + retentionMs,
    })),
  );
  const digests = await hash(deliveries.map(({ body }) => body));
  return deliveries.flatMap((one, i) => {
    const sha256 = toHex(digests[i] ?? new Uint8Array());
    return toDocument(one, { sealed: sealed[i], sha256, retentionMs });
  });
};

const toDocument = (
  { id, source, receivedAt, body }: Delivery,
  {
    sealed,
    sha256,
    retentionMs,
  }: {
    readonly sealed: Uint8Array | undefined;
    readonly sha256: string;
    readonly retentionMs: number;
  },
): FencedDocument[] =>
  sealed
    ? [
        {
          id,
          body: { id, source, receivedAt, bytes: body.length, sha256 },
          bytes: sealed,
          fields: { receivedAt, source },
          fence: { era: 0, position: 1 },
          expiresAt: receivedAt + retentionMs,
        },
      ]
    : [];

/** Before anything is proved by it. */
const noteWidened = async (
  { journal, clock }: Ports,
  { withinMs, actor, cause }: WidenedWindow,
): Promise<void> => {
  const fact = {
    type: 'operations.proof_window.widened.v1',
    stream: 'operations/proof-window',
    occurredAt: clock.now(),
    data: { withinMs },
    meta: { source: 'innkeeper/intake', actor, correlationId: cause, causationId: cause },
  };
  await journal.observe(await journal.prepare([fact]));
};

const provesNow = async (
  ports: Ports,
  stored: StoredDocument,
  withinMs: number | undefined,
): Promise<boolean> => {
  const { sources, keys, packer, hash, bus, documents } = ports;
  const [plain] = await keys.open([
    { stream: quarantineStreamOf(stored.id), sealed: stored.bytes ?? new Uint8Array() },
  ]);
  if (!plain) return false;
  const delivery = decodeDelivery(packer.unpack(plain));
  const source = sources.get(delivery.source);
  if (!source || source.secrets.length === 0) return false;
  const tools = { secrets: source.secrets, hash };
  let { receivedAt } = delivery;
  let proof = await source.provider.prove(delivery, tools);
  if (!proof.proved && proof.code === 'INTAKE_SIGNATURE_EXPIRED' && withinMs !== undefined) {
    proof = await source.provider.prove(delivery, { ...tools, withinMs });
    // Our clock was wrong then; the sender's is nearer the truth.
    if (proof.proved) receivedAt = proof.sourceTime || ports.clock.now();
  }
  if (!proof.proved) return false;
  const [digest = new Uint8Array()] = await deliveryDigest(hash, delivery, proof.messageId);
  const id = derivedId(proof.sourceTime, digest);
  const data = encodeDelivery({ ...delivery, receivedAt, id, sourceTime: proof.sourceTime });
  await bus.publish(topics.deliveries, [{ data, attributes: { id } }]);
  await documents.remove(quarantineCollection, [stored.id]);
  return true;
};

async function* everything(
  documents: Documents,
  given: Pick<Query, 'bytes'> = {},
): AsyncGenerator<StoredDocument> {
  let after: string | undefined;
  do {
    const page = await documents.query(quarantineCollection, {
      ...given,
      order: { field: 'receivedAt' },
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

const bytesKept = async (documents: Documents): Promise<number> => {
  let bytes = 0;
  for await (const { body } of everything(documents, { bytes: false }))
    bytes += (body as unknown as Quarantined).bytes;
  return bytes;
};
