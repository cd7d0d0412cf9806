import type { Clock, Code, JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { PassageVectors, SearchIndex } from '#libs/ports/search-index';

import type { IndexGeneration } from '../generations/index-pointer.js';

/** How far the vectors of a generation are behind its passages. */
export interface VectorProgress {
  readonly generation: number;
  readonly model: string;
  readonly dimension: number;
  readonly passages: number;
  /** Passages without a vector that shall have one, at most; of a large backlog only so many are counted. */
  readonly lacking: number;
  /** Since when some have been lacking without a break. */
  readonly since?: number;
  /** Why no vector is made now. */
  readonly code?: Code;
}

export interface VectorProgresses {
  read(generation: number): Promise<VectorProgress | undefined>;
  write(progress: Omit<VectorProgress, 'since'>): Promise<void>;
  /** Nobody makes vectors any more. */
  forget(): Promise<void>;
}

const collection: Collection = { name: 'index_vectors', fields: [] };
const ID = 'live';

export const createVectorProgresses = ({
  documents,
  clock,
}: {
  readonly documents: Pick<Documents, 'get' | 'remove' | 'swap'>;
  readonly clock: Clock;
}): VectorProgresses => {
  const stored = async (generation: number) => {
    const [found] = await documents.get(collection, [ID]);
    const body = found?.body as unknown as VectorProgress | undefined;
    return {
      version: found?.version ?? 0,
      progress: body?.generation === generation ? body : undefined,
    };
  };
  return {
    forget: () => documents.remove(collection, [ID]),
    read: async (generation) => (await stored(generation)).progress,
    async write(progress) {
      const { version, progress: before } = await stored(progress.generation);
      const isBehind = progress.lacking > 0 || progress.code !== undefined;
      const since = isBehind ? (before?.since ?? clock.now()) : undefined;
      const body = JSON.parse(JSON.stringify({ ...progress, since })) as JsonObject;
      // Who loses here has met another that tells the same.
      await documents.swap(collection, { id: ID, body }, version);
    },
  };
};

const PAGE = 500;
const MOST_PAGES = 20;

/** Counts what has no vector, from the first unit on. Kinds that shall have none are left out. */
export const countLacking = async (
  index: Pick<PassageVectors & SearchIndex, 'states' | 'statistics' | 'withoutVectors'>,
  { generation }: Pick<IndexGeneration, 'generation'>,
  unembeddedKinds: ReadonlySet<string>,
): Promise<Pick<VectorProgress, 'lacking' | 'passages'>> => {
  const { passages } = await index.statistics(generation, []);
  let lacking = 0;
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const units = await index.withoutVectors(generation, {
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    for (const state of await index.states(generation, units))
      if (state && !unembeddedKinds.has(state.kind)) lacking += state.passages;
    after = units.at(-1);
    if (units.length < PAGE) break;
  }
  return { passages, lacking: Math.min(lacking, passages) };
};
