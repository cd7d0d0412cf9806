import type { Binary, Db, Document, MongoClient } from 'mongodb';

import { fault } from '#libs/kernel';

import { readingFault } from './dump-faults.js';
import { isCapped, namespaceOf, storedName, type DumpedCollection } from './dump-layout.js';

/** Number types stay what they are, so that what is made from it later is the same. */
const AS_STORED = { promoteValues: false } as const;

/** What is there now, in the order in which it is read. A database without any collection does not exist. */
export const listCollections = async (
  client: MongoClient,
  databases: readonly string[],
): Promise<readonly DumpedCollection[]> => {
  const found: DumpedCollection[] = [];
  for (const name of databases) {
    const there = await inDatabase(client.db(name)).catch((error: unknown) => {
      throw readingFault(error, name);
    });
    if (there.length === 0) throw fault('BACKUP_SOURCE_MISSING', { details: { of: name } });
    found.push(...there);
  }
  return found;
};

interface ListedNamespace {
  readonly name: string;
  readonly type?: string;
  readonly options?: Document;
  readonly info?: { readonly uuid?: Binary };
}

const inDatabase = async (db: Db): Promise<readonly DumpedCollection[]> => {
  const listed = (await db.listCollections({}, AS_STORED).toArray()) as ListedNamespace[];
  const uuids = new Map(listed.map(({ name, info }) => [name, info?.uuid]));
  return listed
    .filter(({ name }) => isDumped(name))
    .map((each): DumpedCollection => {
      const type = each.type === 'view' || each.type === 'timeseries' ? each.type : 'collection';
      const uuid = uuids.get(storedName({ name: each.name, type }));
      return {
        database: db.databaseName,
        name: each.name,
        type,
        options: each.options ?? {},
        ...(uuid && { uuid: Buffer.from(uuid.value()).toString('hex') }),
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
};

/** As mongodump decides: of what the server keeps for itself only its stored functions. */
const isDumped = (name: string): boolean =>
  name === 'system.js' || !(name.startsWith('system.') || name.includes('$'));

export const indexesOf = async (
  client: MongoClient,
  collection: DumpedCollection,
): Promise<readonly Document[]> => {
  if (collection.type === 'view') return [];
  const stored = client.db(collection.database).collection(collection.name);
  return stored.listIndexes(AS_STORED).toArray();
};

/** What another moment would show too: the same collections, and none that was dropped and made again. */
export const sameCatalog = (
  before: readonly DumpedCollection[],
  after: readonly DumpedCollection[],
): boolean => {
  const said = (list: readonly DumpedCollection[]) =>
    list.map((each) => `${namespaceOf(each)} ${each.uuid ?? ''}`).join('\n');
  return said(before) === said(after);
};

/** Which of them a later look does not find any more: what was read of them may be nothing. */
export const goneFrom = (
  later: readonly DumpedCollection[],
  collections: readonly DumpedCollection[],
): readonly DumpedCollection[] => {
  const there = new Set(later.map((each) => `${namespaceOf(each)} ${each.uuid ?? ''}`));
  return collections.filter(
    (each) => each.type !== 'view' && !there.has(`${namespaceOf(each)} ${each.uuid ?? ''}`),
  );
};

/** By which the moment is chosen. */
export const momentKeeper = (
  collections: readonly DumpedCollection[],
): DumpedCollection | undefined =>
  collections.find((each) => each.type === 'collection' && !isCapped(each));
