import type { MongoClient } from 'mongodb';

import { fault, type Secret } from '#libs/kernel';
import type { BackupManifest, SourceWatch } from '#libs/ports/backup-source';

import { translated } from '../database.js';
import { DumpDamage } from './dump-bytes.js';
import { readContents, type DumpedPart } from './dump-contents.js';
import { namespaceOf, storedName } from './dump-layout.js';
import { loadingClient, loadPart } from './dump-loader.js';
import { readManifest } from './dump-manifest.js';

export interface MongodbRestoreOrder {
  /** The export folder of the source, as it came back. */
  readonly folder: string;
  readonly url: Secret;
  /** Of the copy. */
  readonly from: string;
  /** Into which database: nothing of what is restored is there yet. */
  readonly to: string;
  /** Only this one. */
  readonly collection?: string;
}

export interface RestoredMongodb {
  readonly collections: number;
  readonly documents: number;
  /** `<collection> <index>:<code of the server>`: what a person has to make by hand. */
  readonly refusedIndexes: readonly string[];
}

/**
 * Writes a database of a copy beside the live one, or one collection of it. A whole database needs an empty one, one
 * collection needs a name that is free: else `BACKUP_TARGET_NOT_EMPTY`, before anything is written.
 */
export const restoreMongodb = async (
  { folder, url, from, to, collection }: MongodbRestoreOrder,
  watch: SourceWatch,
): Promise<RestoredMongodb> => {
  const parts = await partsOf(folder, (part) => isWanted(part, from, collection));
  if (parts.length === 0) {
    const of = collection === undefined ? from : `${from}.${collection}`;
    throw fault('BACKUP_SOURCE_MISSING', { details: { of } });
  }
  return connectedTo(url, async (client) => {
    await assertFree(client, to, collection);
    return new Restoring(client, await readManifest(folder), watch).load(parts, to);
  });
};

/** Every database of a copy, under its own name: what a restored platform is started on. */
export const loadDump = async (
  { folder, url }: { readonly folder: string; readonly url: Secret },
  watch: SourceWatch,
): Promise<RestoredMongodb> => {
  const parts = await partsOf(folder, () => true);
  return connectedTo(url, async (client) => {
    const databases = [...new Set(parts.map(({ database }) => database))];
    for (const database of databases) await assertFree(client, database);
    const restoring = new Restoring(client, await readManifest(folder), watch);
    for (const database of databases)
      await restoring.load(
        parts.filter((part) => part.database === database),
        database,
      );
    return restoring.done;
  });
};

/** Only on a server that was started for a proof. */
export const removeDatabase = ({
  url,
  database,
}: {
  readonly url: Secret;
  readonly database: string;
}): Promise<boolean> => connectedTo(url, (client) => client.db(database).dropDatabase());

const isWanted = (part: DumpedPart, from: string, collection: string | undefined): boolean =>
  part.database === from &&
  (collection === undefined || part.metadata.collectionName === collection);

const partsOf = async (
  folder: string,
  wanted: (part: DumpedPart) => boolean,
): Promise<readonly DumpedPart[]> => {
  const { parts, unreadable } = await readContents(folder);
  const [first] = unreadable;
  if (first)
    throw fault('BACKUP_DRILL_FAILED', { details: { file: `${first.database}/${first.file}` } });
  return parts.filter(wanted);
};

const connectedTo = async <T>(url: Secret, work: (client: MongoClient) => Promise<T>) => {
  const client = loadingClient(url);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw translated('BACKUP_SOURCE_UNREACHABLE', error);
  } finally {
    await client.close().catch(() => undefined);
  }
};

const assertFree = async (client: MongoClient, to: string, collection?: string): Promise<void> => {
  const filter = collection === undefined ? {} : { name: collection };
  const [there] = await client.db(to).listCollections(filter, { nameOnly: true }).toArray();
  if (there)
    throw fault('BACKUP_TARGET_NOT_EMPTY', {
      details: { of: collection === undefined ? to : `${to}.${collection}` },
    });
};

class Restoring {
  #collections = 0;
  #documents = 0;
  readonly #refusedIndexes: string[] = [];

  constructor(
    private readonly client: MongoClient,
    private readonly manifest: BackupManifest | undefined,
    private readonly watch: SourceWatch,
  ) {}

  get done(): RestoredMongodb {
    return {
      collections: this.#collections,
      documents: this.#documents,
      refusedIndexes: this.#refusedIndexes,
    };
  }

  async load(parts: readonly DumpedPart[], into: string): Promise<RestoredMongodb> {
    for (const part of parts) await this.#loadOne(part, into);
    return this.done;
  }

  async #loadOne(part: DumpedPart, into: string): Promise<void> {
    const { collectionName: name, type } = part.metadata;
    const of = namespaceOf({ database: part.database, name, type });
    const { client, watch } = this;
    const loaded = await loadPart(part, { client, database: into, watch, w: 'majority' }).catch(
      (error: unknown) => {
        throw error instanceof DumpDamage ? damaged(of) : error;
      },
    );
    const wanted = this.manifest?.counts[of];
    if (loaded.refused > 0 || (wanted !== undefined && loaded.documents !== wanted))
      throw damaged(of);
    this.#collections++;
    this.#documents += loaded.documents;
    for (const index of loaded.refusedIndexes)
      this.#refusedIndexes.push(`${storedName({ name, type })} ${index}`);
  }
}

const damaged = (of: string) => fault('BACKUP_DRILL_FAILED', { details: { of } });
