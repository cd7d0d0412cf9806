import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

import type { SetSnapshot } from '#libs/backups';
import { fault, type Secret } from '#libs/kernel';
import {
  MANIFEST_FILE,
  manifestText,
  type BackupManifest,
  type SourceProof,
} from '#libs/ports/backup-source';

import {
  differencesOf,
  readManifestIn,
  type CopyOrder,
  type RestoreWatch,
} from './restore-copy.js';

/** What is wanted of a copy of MongoDB. */
export interface WantedDump {
  readonly database: string;
  readonly collection?: string;
}

export interface RestoredDump {
  readonly snapshot: SetSnapshot;
  /** Of what was wanted alone, as it stands beside it now. */
  readonly manifest: BackupManifest;
  readonly documents: number;
  readonly differences: SourceProof['differences'];
}

/** One database or collection, as files of mongodump, with a manifest that says what should be in them. */
export const restoreDump = async (
  orders: readonly CopyOrder[],
  wanted: WantedDump,
  watch: RestoreWatch,
): Promise<RestoredDump> => {
  for (const order of orders) {
    const dump = new DumpOfOne(order, watch);
    const found = await dump.find(wanted);
    if (found) return found;
  }
  throw fault('BACKUP_PATH_NOT_FOUND', { details: { of: nameOf(wanted) } });
};

const nameOf = ({ database, collection }: WantedDump): string =>
  collection === undefined ? database : `${database}.${collection}`;

class DumpOfOne {
  #parts = 0;

  constructor(
    private readonly order: CopyOrder,
    private readonly watch: RestoreWatch,
  ) {}

  get #copy(): string {
    return join(this.order.to, 'copy');
  }

  async find(wanted: WantedDump): Promise<RestoredDump | undefined> {
    const { snapshot } = this.order;
    const { source } = snapshot;
    for (const saved of snapshot.paths) {
      const manifest = await this.#manifestAt(saved);
      const part = manifest?.source === source ? partOf(manifest, wanted) : undefined;
      if (!part) continue;
      this.watch.onStage?.('restore', source);
      for (const file of await filesOf(wanted, Object.keys(part.counts)))
        await this.#bring(saved, file);
      await writeFile(join(this.#copy, MANIFEST_FILE), manifestText(part));
      this.watch.onStage?.('compare', source);
      const restored = { folder: this.#copy, places: {}, scratch: this.order.work };
      const differences = await differencesOf(source, part, restored, this.watch);
      const documents = Object.values(part.counts).reduce((sum, count) => sum + count, 0);
      return { snapshot, manifest: part, documents, differences };
    }
    return undefined;
  }

  async #manifestAt(saved: string): Promise<BackupManifest | undefined> {
    const place = await this.#restored(join(saved, MANIFEST_FILE));
    return place === undefined ? undefined : readManifestIn(dirname(place));
  }

  async #bring(saved: string, file: string): Promise<void> {
    const place = await this.#restored(join(saved, file));
    if (place === undefined) return;
    await mkdir(dirname(join(this.#copy, file)), { recursive: true, mode: 0o700 });
    await rename(place, join(this.#copy, file));
  }

  async #restored(path: string): Promise<string | undefined> {
    const { repository, snapshot, work } = this.order;
    try {
      const to = join(work, String(this.#parts++));
      const { places } = await repository.restore(
        { snapshot: snapshot.id, to, path },
        {
          signal: this.watch.signal,
          onProgress: (progress) => this.watch.onProgress?.(snapshot.source, progress),
        },
      );
      return places[path];
    } catch (error) {
      if ((error as { code?: unknown }).code === 'BACKUP_NOT_FOUND') return undefined;
      throw error;
    }
  }
}

/** Time series lie in buckets. */
const namespacesOf = ({ database, collection }: WantedDump): readonly string[] => [
  `${database}.${collection ?? ''}`,
  `${database}.system.buckets.${collection ?? ''}`,
];

const partOf = (manifest: BackupManifest, wanted: WantedDump): BackupManifest | undefined => {
  const isWanted = ([of]: [string, unknown]): boolean =>
    wanted.collection === undefined
      ? of.startsWith(`${wanted.database}.`)
      : namespacesOf(wanted).includes(of);
  const counts = Object.fromEntries(Object.entries(manifest.counts).filter(isWanted));
  if (Object.keys(counts).length === 0) return undefined;
  const checksums = Object.fromEntries(Object.entries(manifest.checksums).filter(isWanted));
  return { ...manifest, counts, checksums };
};

const filesOf = async (
  { database, collection }: WantedDump,
  stored: readonly string[],
): Promise<readonly string[]> => {
  if (collection === undefined) return [join('dump', database)];
  const { dumpedFilesOf } = await import('#libs/adapters/mongodb');
  const isSeries = stored.some((of) => of.startsWith(`${database}.system.buckets.`));
  const type = isSeries ? 'timeseries' : 'collection';
  const { documents, metadata } = dumpedFilesOf('/', { database, name: collection, type });
  return [documents, metadata].map((file) => relative('/', file));
};

export interface DumpLoad {
  /** The restored source, with `copy/` in it. */
  readonly place: string;
  readonly url: Secret;
  readonly from: WantedDump;
  /** A database beside the live one. */
  readonly into: string;
}

export interface LoadedDump {
  readonly collections: number;
  readonly documents: number;
  /** Indexes that the server did not take. */
  readonly refusedIndexes: readonly string[];
}

/** Writes what came back into a database of another name. `BACKUP_TARGET_NOT_EMPTY` where it is there already. */
export const loadRestoredDump = async (
  { place, url, from, into }: DumpLoad,
  { signal, onStage }: RestoreWatch,
): Promise<LoadedDump> => {
  const folder = join(place, 'copy');
  if (!existsSync(folder)) throw fault('BACKUP_SOURCE_MISSING');
  onStage?.('load', into);
  const { restoreMongodb } = await import('#libs/adapters/mongodb');
  const { database, collection } = from;
  return restoreMongodb(
    { folder, url, from: database, to: into, ...(collection !== undefined && { collection }) },
    { signal },
  );
};
