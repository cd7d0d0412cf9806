import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { fault, type Code, type Fault } from '#libs/kernel';

import {
  LONGEST_NOTE_BYTES,
  nameOfNote,
  noteFile,
  NOTES_FOLDER,
  refuseLong,
  type NotesBeside,
  type NotesWatch,
} from './notes.js';

/** Beside a repository in a folder of this machine. */
export class FolderNotes implements NotesBeside {
  readonly #folder: string;

  constructor(repository: string) {
    this.#folder = join(repository, NOTES_FOLDER);
  }

  async write(name: string, text: string, { signal }: NotesWatch): Promise<void> {
    const file = noteFile(name);
    refuseLong(text);
    signal.throwIfAborted();
    const written = join(this.#folder, `.${randomUUID()}`);
    await inNotes(async () => {
      // The repository itself is never made here: its disk may just not be mounted.
      await mkdir(this.#folder, { mode: 0o700 }).catch(ignoring('EEXIST'));
      try {
        const handle = await open(written, 'wx', 0o600);
        try {
          await handle.writeFile(text);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(written, join(this.#folder, file));
      } catch (cause) {
        await rm(written, { force: true });
        throw cause;
      }
    });
  }

  async read(name: string, { signal }: NotesWatch): Promise<string | undefined> {
    const path = join(this.#folder, noteFile(name));
    signal.throwIfAborted();
    return inNotes(async () => {
      const handle = await open(path).catch(ignoring('ENOENT', 'ENOTDIR'));
      if (!handle) return undefined;
      try {
        if ((await handle.stat()).size > LONGEST_NOTE_BYTES) return undefined;
        return await handle.readFile('utf8');
      } finally {
        await handle.close();
      }
    });
  }

  async remove(name: string, { signal }: NotesWatch): Promise<void> {
    const path = join(this.#folder, noteFile(name));
    signal.throwIfAborted();
    await inNotes(() => rm(path, { force: true }));
  }

  async before(time: number, { signal }: NotesWatch): Promise<readonly string[]> {
    signal.throwIfAborted();
    return inNotes(async () => {
      const files = (await readdir(this.#folder).catch(ignoring('ENOENT'))) ?? [];
      const old: string[] = [];
      for (const file of files) {
        const name = nameOfNote(file);
        const found = name && (await stat(join(this.#folder, file)).catch(ignoring('ENOENT')));
        if (name && found && found.mtimeMs < time) old.push(name);
      }
      return old;
    });
  }
}

const ignoring =
  (...codes: readonly string[]) =>
  (cause: NodeJS.ErrnoException): undefined => {
    if (codes.includes(cause.code ?? '')) return undefined;
    throw cause;
  };

const byDisk: Readonly<Record<string, Code>> = {
  EACCES: 'BACKUP_ACCESS_DENIED',
  EPERM: 'BACKUP_ACCESS_DENIED',
  EROFS: 'BACKUP_ACCESS_DENIED',
  ENOSPC: 'BACKUP_REPOSITORY_FULL',
  EDQUOT: 'BACKUP_REPOSITORY_FULL',
  ENOENT: 'BACKUP_REPOSITORY_MISSING',
  ENOTDIR: 'BACKUP_REPOSITORY_MISSING',
};

const inNotes = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (cause) {
    throw noteFault(cause as NodeJS.ErrnoException);
  }
};

const noteFault = (cause: NodeJS.ErrnoException): Fault =>
  fault(byDisk[cause.code ?? ''] ?? 'BACKUP_REPOSITORY_UNREACHABLE', { cause });
