import type { Id } from '#libs/kernel';
import type { Documents, StoredDocument } from '#libs/ports/documents';

import { quarantineCollection, type Quarantined } from './capped-store.js';

export interface QuarantineQuery {
  readonly source?: string;
  readonly after?: string;
  readonly limit: number;
}

export interface ReadQuarantine {
  /** Newest first. */
  list(query: QuarantineQuery): Promise<{ items: readonly Quarantined[]; next?: string }>;
  has(id: Id): Promise<boolean>;
  /** How much of a source waits, counted so far and no farther. */
  waiting(source: string): Promise<QuarantineCount>;
}

export interface QuarantineCount {
  readonly count: number;
  readonly bytes: number;
  /** There is more than was counted. */
  readonly more: boolean;
}

const COUNTED = 100;

/** What waits for a better secret. Its bytes are not read. */
export const readQuarantine = ({ documents }: { documents: Documents }): ReadQuarantine => ({
  async list({ source, after, limit }) {
    const { items, next } = await documents.query(quarantineCollection, {
      ...(source !== undefined && { where: { source } }),
      order: { field: 'receivedAt', descending: true },
      ...(after !== undefined && { after }),
      limit,
      bytes: false,
    });
    return { items: items.map(quarantinedOf), ...(next !== undefined && { next }) };
  },
  has: async (id) => (await documents.get(quarantineCollection, [id]))[0] !== undefined,

  async waiting(source) {
    let [count, bytes] = [0, 0];
    for (let after: string | undefined; ;) {
      const { items, next } = await documents.query(quarantineCollection, {
        where: { source },
        order: { field: 'receivedAt', descending: true },
        ...(after !== undefined && { after }),
        limit: COUNTED,
        bytes: false,
      });
      count += items.length;
      for (const item of items) bytes += quarantinedOf(item).bytes;
      if (next === undefined) return { count, bytes, more: false };
      if (count >= COUNTED) return { count, bytes, more: true };
      after = next;
    }
  },
});

/** Without what only the cap asks for. */
const quarantinedOf = ({ body }: StoredDocument): Quarantined => {
  const { id, source, receivedAt, bytes, sha256 } = body as unknown as Quarantined;
  return { id, source, receivedAt, bytes, ...(sha256 !== undefined && { sha256 }) };
};
