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
}

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
