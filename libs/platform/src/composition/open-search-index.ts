import type { PassageVectors, SearchIndex, Vocabulary } from '#libs/ports/search-index';

import { usesSearchIndex } from '../roles.js';
import type { Settings } from '../settings/read-settings.js';
import type { OpenSqlite } from './open-sqlite.js';
import type { Opening } from './opening.js';

/** Its threads and its memory are for those who index and who search. */
export const needsSearchIndex = ({ process }: Pick<Settings, 'process'>): boolean =>
  usesSearchIndex(process.roles);

export const openSearchIndex = async (
  { settings }: Pick<Opening, 'settings'>,
  sqlite: Pick<OpenSqlite, 'searchIndex'>,
): Promise<(SearchIndex & Vocabulary & PassageVectors) | undefined> =>
  needsSearchIndex(settings) ? sqlite.searchIndex() : undefined;
