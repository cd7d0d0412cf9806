import { deliveryStreamOf, type Delivery } from '#libs/contracts';
import { joinBytes, toHex, type Hash, type Id } from '#libs/kernel';
import type {
  Collection,
  Documents,
  Fence,
  FencedDocument,
  PutOutcome,
  StoredDocument,
} from '#libs/ports/documents';
import type { Keys, Unsealed } from '#libs/ports/keys';

import { isFeed } from '../sources.js';

/** Makes raw bytes smaller before they are sealed; a platform has a codec of its own for it. */
export interface Packer {
  pack(bytes: Uint8Array): Uint8Array;
  unpack(bytes: Uint8Array): Uint8Array;
}

/** What is known of a delivery without opening it. */
export interface DeliveryRecord {
  readonly id: Id;
  readonly source: string;
  readonly receivedAt: number;
  readonly sha256: string;
  readonly bytes: number;
  /** Every fact it yields, also those that another delivery had stored first. */
  readonly facts: readonly Id[];
  readonly headers: Readonly<Record<string, string>>;
  readonly sourceTime: number;
  /** Its normaliser failed; the raw bytes stay until that is resolved. */
  readonly failed?: boolean;
}

export const deliveriesCollection: Collection = {
  name: 'deliveries',
  fields: ['receivedAt', 'source', 'failed'],
  orderedBy: 'receivedAt',
};
/** The rest of raw bytes that do not fit one document. */
export const deliveryPartsCollection: Collection = { name: 'delivery_parts', fields: [] };

/**
 * Deliveries that yielded a fact which was in the log already. The one that stored a fact first stands in the fact
 * itself, so only repetitions cost a document here.
 */
export const repeatedFactsCollection: Collection = { name: 'repeated_facts', fields: ['fact'] };

/** Below every store's limit for a document, with room for the rest of it. */
const PART = 700 * 1024;

export interface Yielded {
  readonly delivery: Delivery;
  /** What became of its `parts`; nothing where the delivery's key was destroyed. */
  readonly sealed: readonly (Uint8Array | undefined)[];
  readonly facts: readonly Id[];
  readonly failed: boolean;
  /** Which version of the provider's normaliser read it; 0 where none understood it. */
  readonly normaliser: number;
}

interface KeptDeliveriesParts {
  readonly documents: Documents;
  readonly keys: Keys;
  readonly hash: Hash;
  readonly packer: Packer;
  readonly retentionMs: number;
}

export interface Deliveries {
  /**
   * Its raw bytes as they will be sealed, under a key of their own, before `keep` keeps them. None of a feed: what a
   * followed database says it says again, and bytes of many documents would outlive the keys of each.
   */
  parts(delivery: Delivery): readonly Unsealed[];
  /** Keeps raw bytes that were sealed. Doing it again changes nothing, and says so: one answer each. */
  keep(yielded: readonly Yielded[]): Promise<readonly PutOutcome[]>;
  /** Remembers that these deliveries yielded facts that were in the log already, for as long as they are kept. */
  keepRepeated(repeated: readonly Omit<Yielded, 'sealed'>[]): Promise<void>;
  /** The raw bytes, exactly; `undefined` once they have expired or were erased, and of a feed. */
  raw(id: Id): Promise<Uint8Array | undefined>;
}

export const createDeliveries = (ports: KeptDeliveriesParts): Deliveries => ({
  /**
   * Each part by itself: a crash can leave parts of two attempts beside each other, and they still open to
   * the same bytes.
   */
  parts({ id, body, receivedAt, source }) {
    if (isFeed(source)) return [];
    const stream = deliveryStreamOf(id);
    const expiresAt = receivedAt + ports.retentionMs;
    return split(ports.packer.pack(body)).map((plain) => ({ stream, plain, expiresAt }));
  },

  async keep(yielded) {
    const digests = await ports.hash(yielded.map(({ delivery }) => delivery.body));
    const whole = yielded.map((one, i) =>
      document(one, toHex(digests[i] ?? new Uint8Array()), ports.retentionMs),
    );
    await keepKeys(ports.keys, yielded);
    const parts = whole.flatMap(({ rest }) => rest);
    if (parts.length > 0) await ports.documents.put(deliveryPartsCollection, parts);
    return ports.documents.put(
      deliveriesCollection,
      whole.map(({ head }) => head),
    );
  },

  async keepRepeated(repeated) {
    const entries = repeated.flatMap((one) => repeatedFacts(one, ports.retentionMs));
    if (entries.length > 0) await ports.documents.put(repeatedFactsCollection, entries);
  },

  async raw(id) {
    const [head] = await ports.documents.get(deliveriesCollection, [id]);
    if (!head?.bytes) return undefined;
    const stream = deliveryStreamOf(id);
    const sealed = await gather(ports.documents, id, head);
    const plains = await ports.keys.open(sealed.map((part) => ({ stream, sealed: part })));
    const whole = plains.filter((part) => part !== undefined);
    return whole.length < plains.length ? undefined : ports.packer.unpack(joinBytes(...whole));
  },
});

/** Raw bytes of what failed stay until that is resolved, so their keys must not age: sealed without an expiry. */
const keepKeys = async (keys: Keys, yielded: readonly Yielded[]): Promise<void> => {
  const failed = yielded.filter(({ delivery, failed: has }) => has && !isFeed(delivery.source));
  if (failed.length === 0) return;
  const plain = new Uint8Array();
  await keys.seal(failed.map(({ delivery }) => ({ stream: deliveryStreamOf(delivery.id), plain })));
};

/**
 * A repeated delivery finds its fence equal and changes nothing. Taken in well after a failure, or by
 * a better normaliser, it has more to say.
 */
const fenceOf = ({ failed, normaliser }: Omit<Yielded, 'sealed'>): Fence => ({
  era: 0,
  position: failed ? 1 : 2 + normaliser,
});

const document = (
  yielded: Yielded,
  sha256: string,
  retentionMs: number,
): { head: FencedDocument; rest: FencedDocument[] } => {
  const { delivery, facts, failed } = yielded;
  const { id, source, receivedAt, headers, sourceTime, body } = delivery;
  const parts = yielded.sealed.filter((part) => part !== undefined);
  const expiry = failed ? {} : { expiresAt: receivedAt + retentionMs };
  const fence = fenceOf(yielded);
  const record: DeliveryRecord & { parts: number } = {
    id,
    source,
    receivedAt,
    sha256,
    bytes: body.length,
    facts,
    headers,
    sourceTime,
    failed,
    parts: parts.length,
  };
  return {
    head: {
      id,
      body: { ...record },
      ...(parts[0] && { bytes: parts[0] }),
      fields: { receivedAt, source, failed: failed ? 1 : 0 },
      fence,
      ...expiry,
    },
    rest: parts
      .slice(1)
      .map((bytes, i) => ({ id: partId(id, i + 1), body: {}, bytes, fence, ...expiry })),
  };
};

const repeatedFacts = (
  repeated: Omit<Yielded, 'sealed'>,
  retentionMs: number,
): FencedDocument[] => {
  const { delivery, facts, failed } = repeated;
  return facts.map((fact) => ({
    id: `${fact}.${delivery.id}`,
    body: { delivery: delivery.id },
    fields: { fact },
    fence: fenceOf(repeated),
    ...(!failed && { expiresAt: delivery.receivedAt + retentionMs }),
  }));
};

const partId = (id: Id, part: number): string => `${id}.${part}`;

const split = (bytes: Uint8Array): Uint8Array[] => {
  if (bytes.length <= PART) return [bytes];
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += PART) parts.push(bytes.subarray(at, at + PART));
  return parts;
};

const gather = async (
  documents: Documents,
  id: Id,
  head: StoredDocument,
): Promise<readonly Uint8Array[]> => {
  const { parts } = head.body as unknown as { parts: number };
  const ids = Array.from({ length: Math.max(0, parts - 1) }, (_, i) => partId(id, i + 1));
  const rest = ids.length > 0 ? await documents.get(deliveryPartsCollection, ids) : [];
  return [head, ...rest].map((part) => part?.bytes ?? new Uint8Array());
};
