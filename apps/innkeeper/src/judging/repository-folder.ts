import type { RepositoryFile, RepositoryFileKind, RepositoryFiles } from '#libs/backups';
import { fault } from '#libs/kernel';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

const kindOfFolder: Readonly<Record<string, RepositoryFileKind>> = {
  data: 'pack',
  index: 'index',
  keys: 'key',
  locks: 'lock',
  snapshots: 'snapshot',
};

/** Uploads that were cut off lie beside what they should become, under names of their own. */
const DIGEST = /^[0-9a-f]{64}$/;

/** Opens files for reading only, and writes nothing. */
export class RepositoryFolder implements RepositoryFiles {
  readonly #folder: string;
  readonly #paths = new WeakMap<RepositoryFile, string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async list(): Promise<readonly RepositoryFile[] | undefined> {
    try {
      const entries = await readdir(this.#folder, { recursive: true });
      const files = await Promise.all(entries.map((path) => this.#fileAt(path)));
      return files.filter((file) => file !== undefined);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
      if (code === 'EACCES' || code === 'EPERM') throw fault('BACKUP_ACCESS_DENIED', { cause });
      throw fault('BACKUP_REPOSITORY_UNREACHABLE', { cause });
    }
  }

  async compare(file: RepositoryFile, signal: AbortSignal): Promise<'same' | 'other' | 'gone'> {
    const path = this.#paths.get(file);
    if (path === undefined) return 'gone';
    const hash = createHash('sha256');
    try {
      await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, { signal });
      return hash.digest('hex') === file.name ? 'same' : 'other';
    } catch (cause) {
      signal.throwIfAborted();
      return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'other';
    }
  }

  async #fileAt(path: string): Promise<RepositoryFile | undefined> {
    const place = join(this.#folder, path);
    const found = await stat(place).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const parts = path.split(sep);
    const name = parts.at(-1) ?? path;
    const file = { kind: kindOf(parts, name), name, bytes: found.size, writtenAt: found.mtimeMs };
    this.#paths.set(file, place);
    return file;
  }
}

const kindOf = ([folder = '', ...below]: readonly string[], name: string): RepositoryFileKind => {
  if (below.length === 0) return name === 'config' ? 'config' : 'other';
  const kind = kindOfFolder[folder];
  return kind !== undefined && (DIGEST.test(name) || kind === 'lock') ? kind : 'other';
};
