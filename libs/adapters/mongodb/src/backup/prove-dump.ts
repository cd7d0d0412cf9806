import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { MongoClient } from 'mongodb';

import {
  noManifest,
  type BackupManifest,
  type BackupSourceKind,
  type RestoredSource,
  type SourceProof,
  type SourceWatch,
} from '#libs/ports/backup-source';

import {
  batchesOf,
  DocumentSum,
  DumpDamage,
  readDocuments,
  type DumpedDocuments,
} from './dump-bytes.js';
import { readContents, type DumpedPart } from './dump-contents.js';
import { isCapped, namespaceOf, storedName } from './dump-layout.js';
import { loadingClient, loadPart } from './dump-loader.js';
import { readManifest } from './dump-manifest.js';
import { startScratchMongod, type ScratchMongod } from './scratch-mongod.js';

export interface DumpProofOptions {
  readonly name: string;
  readonly kind: BackupSourceKind;
  /** Missing: nothing is started, and the files alone are compared. */
  readonly mongod?: string;
}

type DumpDifference = SourceProof['differences'][number];

/** Loads a copy into a server of its own and compares what that gives back. Without a server: what lies in the files. */
export const proveDump = async (
  { name, kind, mongod }: DumpProofOptions,
  { folder, scratch }: Pick<RestoredSource, 'folder' | 'scratch'>,
  watch: SourceWatch,
): Promise<SourceProof> => {
  watch.signal.throwIfAborted();
  const manifest = await readManifest(folder);
  if (!manifest)
    return {
      manifest: noManifest(name, kind),
      differences: [{ code: 'MANIFEST_UNREADABLE', detail: `source=${name}` }],
    };
  const server =
    mongod === undefined ? undefined : await started(mongod, join(scratch, 'mongod'), watch);
  const differences: DumpDifference[] = [];
  if (server === 'failed') differences.push({ code: 'DATABASE_NOT_STARTED', detail: 'mongod' });
  const running = server === 'failed' ? undefined : server;
  try {
    const proof = new DumpProof(manifest, watch, running && loadingClient(running.url));
    differences.push(...(await proof.of(folder)));
  } finally {
    await running?.stop();
  }
  watch.signal.throwIfAborted();
  return { manifest, differences, ...(running && { started: running.version }) };
};

const started = async (
  program: string,
  folder: string,
  { signal }: SourceWatch,
): Promise<ScratchMongod | 'failed' | undefined> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await startScratchMongod({ program, folder, signal });
  } catch {
    // Why it did not start is in its log; that it did not is what the drill has to say.
    signal.throwIfAborted();
    return 'failed';
  }
};

class DumpProof {
  readonly #differences: DumpDifference[] = [];

  constructor(
    private readonly manifest: BackupManifest,
    private readonly watch: SourceWatch,
    private readonly client: MongoClient | undefined,
  ) {}

  async of(folder: string): Promise<readonly DumpDifference[]> {
    try {
      const { parts, unreadable } = await readContents(folder);
      for (const { database, file } of unreadable)
        this.#differs('FILE_DIFFERS', `metadata=${database}/${file}`);
      const stored = parts.filter(({ metadata }) => metadata.type !== 'view');
      const there = new Set(stored.map(namespace));
      for (const of of Object.keys(this.manifest.counts))
        if (!there.has(of)) this.#differs('FILE_MISSING', `of=${of}`);
      for (const part of parts) await this.#examine(part);
    } finally {
      await this.client?.close();
    }
    return this.#differences;
  }

  async #examine(part: DumpedPart): Promise<void> {
    this.watch.signal.throwIfAborted();
    const of = namespace(part);
    const isView = part.metadata.type === 'view';
    if (!isView && part.documents === undefined)
      return this.#differs('FILE_MISSING', `of=${of} documents`);
    try {
      const found = this.client ? await this.#throughServer(part) : await this.#inFile(part);
      if (!isView) this.#compare(of, found);
    } catch (error) {
      this.watch.signal.throwIfAborted();
      if (error instanceof DumpDamage)
        return this.#differs('FILE_DIFFERS', `of=${of} byte=${error.at}`);
      const code = (error as { readonly code?: unknown }).code;
      if (typeof code !== 'number') throw error;
      // The server does not take it, as it is no collection or no document.
      this.#differs('FILE_DIFFERS', `of=${of} mongod=${code}`);
    }
  }

  async #throughServer(part: DumpedPart): Promise<DumpedDocuments> {
    const { client, watch } = this;
    const { database, metadata } = part;
    if (!client) return this.#inFile(part);
    const loaded = await loadPart(part, { client, database, watch, w: 1 });
    if (loaded.refused > 0)
      this.#differs('FILE_DIFFERS', `of=${namespace(part)} refused=${loaded.refused}`);
    for (const index of loaded.refusedIndexes)
      this.#differs('FILE_DIFFERS', `of=${namespace(part)} index=${index}`);
    const sum = new DocumentSum();
    if (metadata.type === 'view') return sum.end();
    const cursor = client
      .db(database)
      .collection(storedName({ name: metadata.collectionName, type: metadata.type }))
      .find({}, { raw: true, sort: isCapped(metadata) ? { $natural: 1 } : { _id: 1 } });
    for await (const batch of batchesOf(cursor)) {
      watch.signal.throwIfAborted();
      sum.add(batch);
    }
    return sum.end();
  }

  async #inFile({ documents }: DumpedPart): Promise<DumpedDocuments> {
    const sum = new DocumentSum();
    if (documents !== undefined)
      for await (const batch of readDocuments(documents)) {
        this.watch.signal.throwIfAborted();
        sum.add(batch);
      }
    return sum.end();
  }

  #compare(of: string, { count, checksum }: DumpedDocuments): void {
    const wanted = this.manifest.counts[of];
    if (wanted === undefined) return this.#differs('COUNT_DIFFERS', `of=${of} not in the manifest`);
    if (wanted !== count)
      this.#differs('COUNT_DIFFERS', `of=${of} wanted=${wanted} found=${count}`);
    else if (this.manifest.checksums[of] !== checksum)
      this.#differs('CHECKSUM_DIFFERS', `of=${of}`);
  }

  #differs(code: DumpDifference['code'], detail: string): void {
    this.#differences.push({ code, detail });
  }
}

const namespace = ({ database, metadata }: DumpedPart): string =>
  namespaceOf({ database, name: metadata.collectionName, type: metadata.type });
