import type { EntityHint } from '#libs/contracts';
import type { Clock } from '#libs/kernel';
import type { DocumentKey } from '#libs/ports/change-feed';
import type { Collection, Documents } from '#libs/ports/documents';

import type { FollowedFeed } from '../followed-feed.js';

/** Documents that a webhook announced. Nobody believes it: they are read as all others are. */
const wantedCollection: Collection = { name: 'capture_wanted', fields: ['feed'] };

export interface WantedDocument {
  readonly id: string;
  readonly version: number;
  readonly key: DocumentKey;
}

interface WantingParts {
  readonly feeds: readonly Pick<FollowedFeed, 'name' | 'provider'>[];
  readonly documents: Documents;
  readonly clock: Clock;
}

/** Tombstones are only there for the fence of their version. */
const TOMBSTONE_MS = 60_000;
/** Longer ones are no identities of anybody. */
const LONGEST_ID = 200;

/** Notes what was announced, each document once. What is not followed is left out. */
export const wantDocuments =
  ({ feeds, documents, clock }: WantingParts) =>
  async (hints: readonly EntityHint[]): Promise<void> => {
    const named = new Map<string, { feed: string; key: DocumentKey }>();
    for (const { source, entity, id } of hints) {
      const feed = feeds.find(
        ({ name, provider }) =>
          name === entity && (source === provider || source.startsWith(`${provider}-`)),
      );
      if (feed && id.length <= LONGEST_ID)
        named.set(`${feed.name}/${id}`, { feed: feed.name, key: JSON.stringify(id) });
    }
    const wantedAt = clock.now();
    await Promise.all(
      [...named].map(([id, { feed, key }]) => wantOne(documents, { id, feed, key, wantedAt })),
    );
  };

interface NewWanted {
  readonly id: string;
  readonly feed: string;
  readonly key: DocumentKey;
  readonly wantedAt: number;
}

/** It overwrites what is there: being wanted now is newer. Each round that is lost, somebody else has won. */
const wantOne = async (
  documents: Documents,
  { id, feed, key, wantedAt }: NewWanted,
): Promise<void> => {
  for (let version = 0; ;) {
    const document = { id, body: { key, wantedAt }, fields: { feed } };
    const swapped = await documents.swap(wantedCollection, document, version);
    if (swapped.swapped) return;
    version = swapped.version;
  }
};

export const readWanted = async (
  documents: Documents,
  feed: string,
  limit: number,
): Promise<readonly WantedDocument[]> => {
  const { items } = await documents.query(wantedCollection, { where: { feed }, limit });
  return items.map(({ id, version, body }) => {
    const { key } = body as { readonly key: DocumentKey };
    return { id, version, key };
  });
};

/** They were read. One that was announced again since stays. */
export const settleWanted = async (
  documents: Documents,
  wanted: readonly WantedDocument[],
  now: number,
): Promise<void> => {
  await Promise.all(
    wanted.map(({ id, version }) =>
      documents.swap(wantedCollection, { id, body: null, expiresAt: now + TOMBSTONE_MS }, version),
    ),
  );
};
