import { MongoClient, type Document } from 'mongodb';
import { DocumentSequence } from 'mongodb/lib/cmap/commands.js';

import type { Secret } from '#libs/kernel';
import type { SourceWatch } from '#libs/ports/backup-source';

import { readDocuments } from './dump-bytes.js';
import type { DumpedPart } from './dump-contents.js';
import { namespaceOf, storedName } from './dump-layout.js';

export interface LoadedPart {
  readonly documents: number;
  /** Those that the server did not take. */
  readonly refused: number;
  /** Names of indexes that the server did not make, with the code that it gave. */
  readonly refusedIndexes: readonly string[];
}

export interface LoadOptions {
  readonly client: MongoClient;
  /** Into which database. */
  readonly database: string;
  readonly watch: SourceWatch;
  /** `majority`: it has to be there after a failure of a server. */
  readonly w: 1 | 'majority';
}

export const loadingClient = (url: Secret): MongoClient =>
  new MongoClient(url.reveal(), {
    appName: 'innkeeper-restore',
    serverSelectionTimeoutMS: 30_000,
    connectTimeoutMS: 10_000,
  });

/** Makes a collection as it was, with the very bytes of its documents, and then its indexes. */
export const loadPart = async (part: DumpedPart, options: LoadOptions): Promise<LoadedPart> => {
  const { metadata, documents } = part;
  const db = options.client.db(options.database);
  const writeConcern = { w: options.w };
  await db.command({ create: metadata.collectionName, ...metadata.options, writeConcern });
  const loaded = documents === undefined ? NONE : await insertAll(part, documents, options);
  const indexes = metadata.type === 'view' ? [] : metadata.indexes.filter(isMadeByUs);
  return { ...loaded, refusedIndexes: await makeIndexes(part, indexes, options) };
};

const NONE = { documents: 0, refused: 0 };

/** Every collection makes its own index of `_id`, and a clustered one is none that can be made. */
const isMadeByUs = ({ name, clustered }: Document): boolean =>
  name !== '_id_' && clustered !== true;

const insertAll = async (
  { database, metadata }: DumpedPart,
  path: string,
  { client, database: into, watch, w }: LoadOptions,
): Promise<Pick<LoadedPart, 'documents' | 'refused'>> => {
  const name = { name: metadata.collectionName, type: metadata.type };
  const of = namespaceOf({ database, ...name });
  let documents = 0;
  let refused = 0;
  let bytesDone = 0;
  for await (const batch of readDocuments(path)) {
    watch.signal.throwIfAborted();
    const sequence = new DocumentSequence('documents');
    for (const document of batch) {
      // Only the bytes are sent; the driver wants an object beside them for its own log.
      sequence.push({}, document);
      bytesDone += document.byteLength;
    }
    const { n, writeErrors = [] } = (await client.db(into).command({
      insert: storedName(name),
      documents: sequence,
      // In a capped collection the order is what it is about.
      ordered: metadata.options['capped'] === true,
      bypassDocumentValidation: true,
      writeConcern: { w },
    })) as { n: number; writeErrors?: readonly unknown[] };
    documents += n;
    refused += writeErrors.length;
    watch.onProgress?.({ of, filesDone: 0, bytesDone });
  }
  return { documents, refused };
};

/** One after the other, so that one that cannot be made keeps no other from being made. */
const makeIndexes = async (
  { metadata }: DumpedPart,
  indexes: readonly Document[],
  { client, database, watch, w }: LoadOptions,
): Promise<readonly string[]> => {
  const refused: string[] = [];
  for (const { ns: _ns, ...index } of indexes) {
    watch.signal.throwIfAborted();
    try {
      await client.db(database).command({
        createIndexes: metadata.collectionName,
        indexes: [index],
        writeConcern: { w },
      });
    } catch (error) {
      const code = (error as { readonly code?: unknown }).code;
      if (typeof code !== 'number') throw error;
      refused.push(`${String(index['name'])}:${code}`);
    }
  }
  return refused;
};
