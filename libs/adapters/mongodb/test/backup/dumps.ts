import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { MongoClient, type Db } from 'mongodb';

import type { BackupSource, ExportedSource, SourceProof } from '#libs/ports/backup-source';
import { programPath } from '#libs/testing';

export const systemTime = { now: () => Date.now() };

export const mongodProgram = (): string => programPath('mongod') ?? 'mongod';

/** Folders of one spec. */
export class DumpFolders {
  readonly #made: string[] = [];

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'innkeeper-dump-'));
    this.#made.push(folder);
    return folder;
  }

  async end(): Promise<void> {
    await Promise.all(this.#made.map((each) => rm(each, { recursive: true, force: true })));
  }
}

export const quietly = { signal: new AbortController().signal };

export const exportInto = (
  source: BackupSource,
  into: string,
  signal = quietly.signal,
): Promise<ExportedSource> => source.export(into, { signal });

export const proveIn = async (
  source: BackupSource,
  folder: string,
  scratch: string,
): Promise<SourceProof> => {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  return source.prove({ folder, places: {}, scratch }, quietly);
};

export const connect = (url: string): Promise<MongoClient> => new MongoClient(url).connect();

/** Every document as its bytes, in the order of `_id`. */
export const bytesIn = async (db: Db, collection: string): Promise<readonly Buffer[]> => {
  const cursor = db.collection(collection).find({}, { raw: true, sort: { _id: 1 } });
  return (await cursor.toArray()) as unknown as Buffer[];
};
