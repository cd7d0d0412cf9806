import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import { digest, nodeHash } from '#libs/adapters/node-crypto';
import { composeSearchedRecords } from '#libs/catalog';
import { systemClock } from '#libs/kernel';
import { composeIndexing } from '#libs/knowledge';
import type { Documents } from '#libs/ports/documents';
import type { PassageVectors, SearchIndex } from '#libs/ports/search-index';

import { readSettings, type Settings } from '../settings/read-settings.js';
import { SettingsError } from '../settings/settings-error.js';
import type { Environment } from '../settings/texts.js';
import { OpenFirestore } from './open-firestore.js';
import { OpenMongodb } from './open-mongodb.js';
import { Opened } from './opened.js';
import { searchIndexOnQdrant } from './open-qdrant.js';
import type { Opening } from './opening.js';

/** The indexing of a process that nobody asks: it opens records and index, and neither keys nor log. */
export interface OpenedIndexing extends ReturnType<typeof composeIndexing> {
  readonly close: () => Promise<void>;
}

/** What is embedded belongs to one process, and this one is another. */
const expected = {
  documents: 'INNKEEPER_DOCUMENTS_KIND: expected mongodb or firestore',
  searchIndex: 'INNKEEPER_SEARCH_INDEX_KIND: expected qdrant',
} as const;

export const openIndexing = async (env: Environment = process.env): Promise<OpenedIndexing> => {
  const settings = readSettings({ ...env, INNKEEPER_ROLES: 'vectorizer' }, (path) =>
    readFileSync(path, 'utf8'),
  );
  const opened = new Opened();
  const opening: Opening = {
    ...{ settings, data: undefined, opened },
    ...{ backEnds: [], retained: [], tidiers: [] },
  };
  const { rights, company } = settings;
  const documents = await openRecords(opening, settings);
  const indexing = composeIndexing({
    documents,
    catalog: composeSearchedRecords({ documents, kindLimits: rights.kindReaders }),
    index: await openIndex(opening, settings),
    excludedKinds: new Set(rights.searchExcludedKinds),
    timeZone: company.timeZone,
    hash: nodeHash,
    clock: systemClock,
    digest,
    makeKey: () => randomBytes(32),
    letOthersWork: () => setImmediate(),
  });
  return { ...indexing, close: () => opened.close() };
};

const openRecords = (opening: Opening, { documents }: Settings): Promise<Documents> => {
  switch (documents.kind) {
    case 'sqlite':
      throw new SettingsError([expected.documents]);
    case 'mongodb':
      return new OpenMongodb(opening).documents(documents);
    case 'firestore':
      return new OpenFirestore(opening).documents(documents);
  }
};

const openIndex = async (
  opening: Opening,
  { searchIndex }: Settings,
): Promise<SearchIndex & PassageVectors> => {
  if (searchIndex.kind !== 'qdrant') throw new SettingsError([expected.searchIndex]);
  return searchIndexOnQdrant(opening, searchIndex);
};
