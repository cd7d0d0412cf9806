import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { fault } from '#libs/kernel';

import { MANIFEST, modelsFolder, type ModelManifest } from './model-files.js';
import { wanted, type ModelSource, type SourceFile } from './model-source.js';

export interface PulledModel {
  readonly folder: string;
  readonly bytes: number;
  readonly files: number;
}

export interface PullOptions {
  readonly dataDir: string;
  readonly name: string;
  readonly source: ModelSource;
  readonly onProgress: (path: string, done: number, of: number) => Promise<void>;
}

/**
 * Fetches a model, file by file, each checked by its digest. What came before an interruption is kept and gone on
 * from. The model stands in its place only when all of it is right, and at once.
 */
export const pullModel = async (options: PullOptions): Promise<PulledModel> => {
  const { dataDir, name, source } = options;
  const making = join(modelsFolder(dataDir), '.pull', name);
  await mkdir(making, { recursive: true });
  const files: ModelManifest['files'][number][] = [];
  for (const file of wanted(await source.files()))
    files.push(await pullFile(file, join(making, file.path), options));
  const manifest: ModelManifest = { name, from: source.from, files };
  await writeFile(join(making, MANIFEST), `${JSON.stringify(manifest, undefined, 2)}\n`);
  const folder = join(modelsFolder(dataDir), name);
  await replaceFolder(making, folder);
  return { folder, files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
};

const pullFile = async (
  file: SourceFile,
  path: string,
  { source, onProgress }: PullOptions,
): Promise<ModelManifest['files'][number]> => {
  await mkdir(dirname(path), { recursive: true });
  const size = await fetchRest(file, path, { source, onProgress });
  const sha256 = await hashOf(path, 'sha256');
  const { kind, hex } = file.digest;
  const found = kind === 'sha256' ? sha256 : await hashOf(path, 'sha1', `blob ${size}\0`);
  if (found === hex) return { path: file.path, size, sha256 };
  // Going on from wrong bytes would never end well.
  await rm(path);
  throw fault('MODEL_FILES_DAMAGED', { details: { file: file.path } });
};

const fetchRest = async (
  { path: name, size }: SourceFile,
  path: string,
  { source, onProgress }: Pick<PullOptions, 'onProgress' | 'source'>,
): Promise<number> => {
  let done = (await stat(path).catch(() => undefined))?.size ?? 0;
  const handle = await open(path, 'a');
  try {
    for (;;) {
      if (size !== undefined && done >= size) return done;
      const { bytes, whole = size } = await source.read(name, done);
      if (bytes.length === 0) return done;
      await handle.appendFile(bytes);
      done += bytes.length;
      await onProgress(name, done, whole ?? done);
    }
  } finally {
    await handle.sync();
    await handle.close();
  }
};

const hashOf = async (path: string, algorithm: string, before = ''): Promise<string> => {
  const hash = createHash(algorithm).update(before);
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

/** A process that has the old files open keeps them until it ends. */
const replaceFolder = async (made: string, folder: string): Promise<void> => {
  await mkdir(dirname(folder), { recursive: true });
  const before = `${folder}.before`;
  await rm(before, { recursive: true, force: true });
  await rename(folder, before).catch(() => undefined);
  await rename(made, folder);
  await rm(before, { recursive: true, force: true });
};
