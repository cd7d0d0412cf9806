import { decodeDelivery } from '#libs/contracts';
import { toHex, type Hash, type Id } from '#libs/kernel';
import type { Documents, StoredDocument } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';

import type { Packer } from '../deliveries/deliveries.js';
import { quarantineCollection, quarantineStreamOf, type Quarantined } from './quarantine.js';

export interface QuarantinedShown extends Quarantined {
  /** Missing where its key is gone. */
  readonly sha256?: string;
}

export interface QuarantineQuery {
  readonly source?: string;
  readonly after?: string;
  readonly limit: number;
}

export interface ReadQuarantine {
  /** Newest first. */
  list(query: QuarantineQuery): Promise<{ items: readonly QuarantinedShown[]; next?: string }>;
  has(id: Id): Promise<boolean>;
  /** How much of a source waits, counted so far and no farther. */
  waiting(source: string): Promise<Waiting>;
}

export interface Waiting {
  readonly count: number;
  readonly bytes: number;
  /** There is more than was counted. */
  readonly more: boolean;
}

const COUNTED = 100;
/** Bytes come along with each, and strangers' may be large. */
const COUNTED_AT_ONCE = 20;

interface Ports {
  readonly documents: Documents;
  readonly keys: Keys;
  readonly packer: Packer;
  readonly hash: Hash;
}

/** What waits for a better secret. Its bytes are opened to be hashed, and shown to nobody. */
export const readQuarantine = (ports: Ports): ReadQuarantine => ({
  async list({ source, after, limit }) {
    const { items, next } = await ports.documents.query(quarantineCollection, {
      ...(source !== undefined && { where: { source } }),
      order: { field: 'receivedAt', descending: true },
      ...(after !== undefined && { after }),
      limit,
    });
    return { items: await shown(ports, items), ...(next !== undefined && { next }) };
  },
  has: async (id) => (await ports.documents.get(quarantineCollection, [id]))[0] !== undefined,

  async waiting(source) {
    let [count, bytes] = [0, 0];
    for (let after: string | undefined; ;) {
      const { items, next } = await ports.documents.query(quarantineCollection, {
        where: { source },
        order: { field: 'receivedAt', descending: true },
        ...(after !== undefined && { after }),
        limit: COUNTED_AT_ONCE,
      });
      count += items.length;
      for (const { body } of items) bytes += (body as unknown as Quarantined).bytes;
      if (next === undefined) return { count, bytes, more: false };
      if (count >= COUNTED) return { count, bytes, more: true };
      after = next;
    }
  },
});

const shown = async (
  { keys, packer, hash }: Ports,
  items: readonly StoredDocument[],
): Promise<readonly QuarantinedShown[]> => {
  if (items.length === 0) return [];
  const plains = await keys.open(
    items.map(({ id, bytes }) => ({
      stream: quarantineStreamOf(id),
      sealed: bytes ?? new Uint8Array(),
    })),
  );
  const bodies = plains.map((plain) => plain && decodeDelivery(packer.unpack(plain)).body);
  const digests = await hash(bodies.map((body) => body ?? new Uint8Array()));
  return items.map(({ body }, i) => {
    const digest = bodies[i] && digests[i];
    return { ...(body as unknown as Quarantined), ...(digest && { sha256: toHex(digest) }) };
  });
};
