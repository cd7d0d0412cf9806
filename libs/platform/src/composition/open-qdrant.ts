import type { QdrantSearchIndex } from '#libs/adapters/qdrant';
import { asFault, systemClock } from '#libs/kernel';

import type { Settings } from '../settings/read-settings.js';
import type { Opening } from './opening.js';

type OnQdrant = Extract<Settings['searchIndex'], { kind: 'qdrant' }>;

/** Its collections are this environment's alone: several environments may share one Qdrant. */
export const collectionsPrefix = ({ process }: Pick<Settings, 'process'>): string =>
  `innkeeper_${process.environment}`;

/** Opens nothing yet: Qdrant may come later than this process. */
export const openQdrant = async (
  where: Pick<OnQdrant, 'url' | 'apiKey'>,
  prefix: string,
): Promise<QdrantSearchIndex> => {
  const { qdrantSearchIndex } = await import('#libs/adapters/qdrant');
  const { url, apiKey } = where;
  return qdrantSearchIndex({ url, prefix, clock: systemClock, ...(apiKey && { apiKey }) });
};

export const searchIndexOnQdrant = async (
  { settings, opened, tidiers, backEnds }: Omit<Opening, 'data' | 'retained'>,
  where: OnQdrant,
): Promise<QdrantSearchIndex> => {
  const index = opened.add(await openQdrant(where, collectionsPrefix(settings)), (it) =>
    it.close(),
  );
  // Its ping says when it is away; the next minute comes.
  tidiers.push(() => index.tidy().catch(unlessUnavailable));
  backEnds.push({ name: 'qdrant', ping: () => index.answer() });
  return index;
};

const unlessUnavailable = (error: unknown): void => {
  if (asFault(error).kind !== 'unavailable') throw error;
};
