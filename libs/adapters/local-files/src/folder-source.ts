import { mkdir, readFile, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { fault, Fault, type Clock } from '#libs/kernel';
import {
  MANIFEST_FILE,
  manifestIn,
  manifestText,
  noManifest,
  type BackupManifest,
  type BackupSource,
  type ExportedSource,
  type RestoredSource,
  type SourceProof,
  type SourceWatch,
} from '#libs/ports/backup-source';

import { listFolder, type ListedFolder } from './folder/list-folder.js';
import { proveFolder } from './folder/prove-folder.js';
import { RememberedSums } from './folder/remembered-sums.js';

export interface FolderSourceOptions {
  readonly name: string;
  /** Absolute. Saved where it lies. */
  readonly folder: string;
  readonly clock: Clock;
  /** A file in which sums of unchanged files are remembered from one run to the next; nothing: all are read each time. */
  readonly remembered?: string;
}

/** A folder, saved where it lies, with a list of what was in it. */
export const folderSource = (options: FolderSourceOptions): BackupSource => ({
  name: options.name,
  kind: 'folder',
  export: (into, watch) => exported(options, into, watch),
  prove: (restored, watch) => proved(options, restored, watch),
});

const LIST = 'files.sha256';

const exported = async (
  options: FolderSourceOptions,
  into: string,
  watch: SourceWatch,
): Promise<ExportedSource> => {
  const takenAt = options.clock.now();
  const folder = await existing(options);
  const remembered = await opened(options);
  try {
    const listed = await listFolder({
      ...{ name: options.name, folder: Buffer.from(folder), into: join(into, LIST) },
      ...{ remembered, watch },
    });
    if (listed.files + listed.links === 0 && listed.troubles.unreadable > 0)
      throw fault('BACKUP_SOURCE_UNREADABLE', { details: { of: options.name } });
    if (listed.files + listed.links === 0)
      throw fault('BACKUP_SOURCE_EMPTY', { details: { of: options.name } });
    const manifest = manifestOf(options, listed, takenAt);
    await writeFile(join(into, MANIFEST_FILE), manifestText(manifest));
    await remembered?.keep();
    return { manifest, paths: [into, folder], warnings: warningsOf(listed) };
  } catch (error) {
    await remembered?.leave();
    watch.signal.throwIfAborted();
    throw writingFault(error);
  }
};

/** A link to the folder is followed: saved as it is, it would be a link and nothing more. */
const existing = async ({ name, folder }: FolderSourceOptions): Promise<string> => {
  const place = await realpath(folder).catch(() => undefined);
  const isFolder = place !== undefined && (await stat(place)).isDirectory();
  if (!isFolder) throw fault('BACKUP_SOURCE_MISSING', { details: { of: name } });
  await readdir(place).catch((cause: unknown) => {
    throw fault('BACKUP_SOURCE_UNREADABLE', { details: { of: name }, cause });
  });
  return place;
};

const opened = async ({
  remembered,
  clock,
}: FolderSourceOptions): Promise<RememberedSums | undefined> => {
  if (remembered === undefined) return undefined;
  await mkdir(dirname(remembered), { recursive: true, mode: 0o700 });
  const sums = new RememberedSums(remembered, BigInt(clock.now()) * 1_000_000n);
  await sums.begin();
  return sums;
};

const manifestOf = (
  { name }: FolderSourceOptions,
  { files, links, bytes, sums }: ListedFolder,
  takenAt: number,
): BackupManifest => ({
  ...{ format: 1, source: name, kind: 'folder', takenAt },
  versions: { node: process.versions.node },
  counts: { files, links },
  checksums: sums,
  files,
  bytes,
});

const warningsOf = ({ troubles }: ListedFolder): ExportedSource['warnings'] =>
  [
    { code: 'FILES_CHANGED_MEANWHILE', count: troubles.changed },
    { code: 'FILES_WENT_MEANWHILE', count: troubles.gone },
    { code: 'FILES_UNREADABLE', count: troubles.unreadable },
  ]
    .filter(({ count }) => count > 0)
    .map(({ code, count }) => ({ code, detail: `files=${count}` }));

const DISK_FULL = new Set<unknown>(['ENOSPC', 'EDQUOT']);
const DISK_DENIED = new Set<unknown>(['EACCES', 'EPERM', 'EROFS']);

const writingFault = (error: unknown): unknown => {
  if (error instanceof Fault || !(error instanceof Error) || !('code' in error)) return error;
  if (DISK_FULL.has(error.code)) return fault('BACKUP_SCRATCH_FULL', { cause: error });
  return DISK_DENIED.has(error.code) ? fault('BACKUP_SCRATCH_DENIED', { cause: error }) : error;
};

const proved = async (
  { name }: FolderSourceOptions,
  { folder, places }: RestoredSource,
  watch: SourceWatch,
): Promise<SourceProof> => {
  const manifest = await readManifest(folder);
  if (!manifest)
    return {
      manifest: noManifest(name, 'folder'),
      differences: [{ code: 'MANIFEST_UNREADABLE', detail: `source=${name}` }],
    };
  // The folder is the one path besides the export; it may have had another name on the machine that saved it.
  const [place] = Object.values(places).filter((each) => each !== folder);
  const list = join(folder, LIST);
  const isThere = place !== undefined && (await stat(place).catch(() => undefined));
  if (!isThere || !(await stat(list).catch(() => undefined)))
    return {
      manifest,
      differences: [{ code: 'FILE_MISSING', detail: isThere ? 'list' : 'folder' }],
    };
  const differences = await proveFolder({ manifest, list, place: Buffer.from(place), watch });
  return { manifest, differences };
};

const readManifest = async (folder: string): Promise<BackupManifest | undefined> => {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifestIn(text);
};
