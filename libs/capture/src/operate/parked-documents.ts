import type { Code } from '#libs/kernel';
import type { Collection, Documents, Fence, FencedDocument } from '#libs/ports/documents';

import { stateIdOf } from '../entities/told-state.js';
import type { ParkedDocument } from '../followed-feed.js';

/** Documents that were set aside. They are tried again when they change, and by each scan. */
const parkedCollection: Collection = { name: 'capture_parked', fields: ['feed'] };

const TOMBSTONE_MS = 24 * 3_600_000;
/** A person reads them one by one. */
const SHOWN = 50;

/** `null`: it could be read again. */
export const parkedDocument = (
  feed: string,
  { id, parked }: { id: string; parked: { code: Code; bytes?: number } | null },
  { fence, now }: { fence: Fence; now: number },
): FencedDocument =>
  parked === null
    ? { id: stateIdOf(feed, id), body: null, fence, expiresAt: now + TOMBSTONE_MS }
    : {
        id: stateIdOf(feed, id),
        body: { id, ...parked, triedAt: now } satisfies ParkedDocument,
        fields: { feed },
        fence,
      };

export const putParked = (documents: Documents, parked: readonly FencedDocument[]) =>
  documents.put(parkedCollection, parked);

export const readParked = async (
  documents: Documents,
  feed: string,
): Promise<readonly ParkedDocument[]> => {
  const { items } = await documents.query(parkedCollection, { where: { feed }, limit: SHOWN });
  return items.map(({ body }) => body as unknown as ParkedDocument);
};
