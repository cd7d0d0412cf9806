import type { Audience, JsonObject } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { recordKinds } from '../kinds/index.js';
import { recordCollection, type Generations } from '../project-records/generation.js';
import type { RecordReaders } from '../read-records/readers.js';

/** What a home is called by those who ask about it. */
export interface HomeName {
  /** `listing/…`. */
  readonly id: string;
  /** The one that people are shown stands first. None: the home is gone. */
  readonly names: readonly string[];
  /** A superset of who may know of it. */
  readonly audience: Audience;
  /** When its provider changed it last (ms). */
  readonly changedAt: number;
}

/** All homes, or those that changed at this time or later; gone ones too, so that a follower forgets them. */
export type ReadHomeNames = (changedAt?: number) => Promise<{
  readonly generation: number;
  readonly homes: readonly HomeName[];
}>;

interface ReadHomeNamesParts {
  readonly documents: Pick<Documents, 'query'>;
  readonly generations: Pick<Generations, 'live'>;
  readonly readers: Pick<RecordReaders, 'audienceOf'>;
}

const PAGE = 200;

export const readHomeNames =
  ({ documents, generations, readers }: ReadHomeNamesParts): ReadHomeNames =>
  async (changedAt) => {
    const generation = await generations.live();
    const homes: HomeName[] = [];
    for (let after: string | undefined; ;) {
      const page = await documents.query(recordCollection('listing', generation), {
        order: { field: 'updatedAt' },
        ...(changedAt !== undefined && { from: changedAt }),
        ...(after !== undefined && { after }),
        limit: PAGE,
      });
      for (const { id, body, fields } of page.items) {
        const state = body as JsonObject;
        homes.push({
          id: `listing/${id}`,
          names: namesOf(state),
          audience: readers.audienceOf('listing', state),
          changedAt: Number(fields?.['updatedAt'] ?? 0),
        });
      }
      if (page.next === undefined) return { generation, homes };
      after = page.next;
    }
  };

const namesOf = (state: JsonObject): readonly string[] => {
  const listing = recordKinds.listing;
  if (listing.isGone(state)) return [];
  const { address, displayName, nickname, title } = listing.view(state);
  const { street } = (address ?? {}) as JsonObject;
  return [...new Set([nickname, title, displayName, street])].filter(
    (name): name is string => typeof name === 'string' && name !== '',
  );
};
