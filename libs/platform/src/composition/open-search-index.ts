import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import { usesSearchIndex } from '../roles.js';
import type { Settings } from '../settings/read-settings.js';
import { searchIndexOnQdrant } from './open-qdrant.js';
import type { OpenSqlite } from './open-sqlite.js';
import type { Opening } from './opening.js';

/** Its threads and its memory are for those who index and who search. */
export const needsSearchIndex = ({ process }: Pick<Settings, 'process'>): boolean =>
  usesSearchIndex(process.roles);

export const openSearchIndex = async (
  opening: Opening,
  sqlite: Pick<OpenSqlite, 'searchIndex'>,
): Promise<(SearchIndex & Vocabulary & PassageVectors) | undefined> => {
  const { settings } = opening;
  if (!needsSearchIndex(settings)) return undefined;
  const { searchIndex } = settings;
  return searchIndex.kind === 'qdrant'
    ? searchIndexOnQdrant(opening, searchIndex)
    : sqlite.searchIndex();
};
