import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { randomId, systemClock } from '#libs/kernel';
import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import type { Settings } from '../settings/read-settings.js';
import type { Opened } from './opened.js';
import { collectionsPrefix, openQdrant } from './open-qdrant.js';

type ScratchIndex = SearchIndex & Vocabulary & PassageVectors;

/** An index of the kind that the settings choose, apart from the live one. It goes when it is closed. */
export const openScratchIndex = ({ opened, settings }: ScratchParts): Promise<ScratchIndex> =>
  settings.searchIndex.kind === 'qdrant'
    ? scratchCollections(opened, settings, settings.searchIndex)
    : scratchFile(opened);

interface ScratchParts {
  readonly opened: Opened;
  readonly settings: Pick<Settings, 'process' | 'searchIndex'>;
}

const scratchFile = async (opened: Opened): Promise<ScratchIndex> => {
  const folder = opened.add(await mkdtemp(join(tmpdir(), 'innkeeper-eval-')), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  const { sqliteSearchIndex } = await import('#libs/adapters/sqlite');
  return opened.add(await sqliteSearchIndex({ path: join(folder, 'index.db') }), (it) =>
    it.close(),
  );
};

/** Under a name that begins with its time, so that the next one removes what was left by one that was killed. */
const scratchCollections = async (
  opened: Opened,
  settings: Pick<Settings, 'process'>,
  where: Parameters<typeof openQdrant>[0],
): Promise<ScratchIndex> => {
  const all = `${collectionsPrefix(settings)}_eval`;
  const index = await openQdrant(where, `${all}_${randomId(systemClock.now())}`);
  opened.add(index, async (it) => {
    await it.dropAll();
    await it.close();
  });
  await index.dropOlder(all, DAY_MS);
  return index;
};

/** No evaluation takes as long. */
const DAY_MS = 86_400_000;
