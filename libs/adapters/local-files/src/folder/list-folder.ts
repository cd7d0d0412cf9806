import { createHash } from 'node:crypto';
import { open, readlink, type FileHandle } from 'node:fs/promises';

import type { SourceWatch } from '#libs/ports/backup-source';

import { hashBuffer, hashFile } from './hash-file.js';
import type { RememberedSums } from './remembered-sums.js';
import { sumLine } from './sum-list.js';
import { troubleOf, walkFolder, type FoundEntry, type WalkTrouble } from './walk-folder.js';

export interface ListedFolder {
  readonly files: number;
  readonly links: number;
  readonly bytes: number;
  /** Of the list of files, and of links with where they lead. */
  readonly sums: { readonly files: string; readonly links: string };
  readonly troubles: Readonly<Record<WalkTrouble | 'changed', number>>;
}

export interface ListOptions {
  readonly name: string;
  readonly folder: Buffer;
  /** The list that is written. */
  readonly into: string;
  readonly remembered: RememberedSums | undefined;
  readonly watch: SourceWatch;
}

/** Sums every file of a folder that lives. What moves under its hands is counted, and the rest goes on. */
export const listFolder = async (options: ListOptions): Promise<ListedFolder> => {
  const file = await open(options.into, 'w', 0o600);
  try {
    return await new FolderList(options, file).write();
  } finally {
    await file.close();
  }
};

class FolderList {
  readonly #buffer = hashBuffer();
  readonly #files = createHash('sha256');
  readonly #links = createHash('sha256');
  readonly #counts = { file: 0, folder: 0, link: 0, other: 0 };
  readonly #troubles = { gone: 0, unreadable: 0, changed: 0 };
  #bytes = 0;
  #waiting: Buffer[] = [];

  constructor(
    private readonly options: ListOptions,
    private readonly file: FileHandle,
  ) {}

  async write(): Promise<ListedFolder> {
    const { folder, watch } = this.options;
    const onTrouble = (trouble: WalkTrouble) => void this.#troubles[trouble]++;
    for await (const entry of walkFolder(folder, onTrouble)) {
      watch.signal.throwIfAborted();
      await this.#take(entry, onTrouble);
    }
    await this.#flush();
    const { file: files, link: links } = this.#counts;
    return {
      ...{ files, links, bytes: this.#bytes, troubles: this.#troubles },
      sums: { files: this.#files.digest('hex'), links: this.#links.digest('hex') },
    };
  }

  async #take(entry: FoundEntry, onTrouble: (trouble: WalkTrouble) => void): Promise<void> {
    if (entry.kind === 'file') {
      const sum = await this.#readable(this.#sumOf(entry), onTrouble);
      if (sum === undefined) return;
      await this.#list(entry, sum);
    }
    if (entry.kind === 'link') {
      const line = await this.#readable(linkLine(entry), onTrouble);
      if (!line) return;
      this.#links.update(line);
    }
    this.#counts[entry.kind]++;
  }

  /** Only what is read of the folder may fail; that our own list cannot be written is another matter. */
  async #readable<T>(
    reading: Promise<T>,
    onTrouble: (trouble: WalkTrouble) => void,
  ): Promise<T | undefined> {
    try {
      return await reading;
    } catch (error) {
      this.options.watch.signal.throwIfAborted();
      onTrouble(troubleOf(error));
      return undefined;
    }
  }

  async #sumOf({ path, place, stats }: FoundEntry): Promise<string> {
    const known = await this.options.remembered?.sumOf(path, stats);
    if (known !== undefined) return known;
    const { signal } = this.options.watch;
    const { sum, changed } = await hashFile(place, stats, { buffer: this.#buffer, signal });
    if (changed) this.#troubles.changed++;
    return sum;
  }

  async #list({ path, stats }: FoundEntry, sum: string): Promise<void> {
    const { name, remembered, watch } = this.options;
    await remembered?.add(path, sum, stats);
    const line = sumLine(sum, path);
    this.#files.update(line);
    this.#waiting.push(line);
    this.#bytes += Number(stats.size);
    const filesDone = this.#counts.file + 1;
    watch.onProgress?.({ of: name, filesDone, bytesDone: this.#bytes });
    if (this.#waiting.length >= WAITING) await this.#flush();
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    await this.file.appendFile(bytes);
  }
}

const WAITING = 1000;

/** A path and a target hold no zero byte. */
export const linkLine = async ({ path, place }: Pick<FoundEntry, 'path' | 'place'>) =>
  Buffer.concat([path, ZERO, await readlink(place, { encoding: 'buffer' }), ZERO]);

const ZERO = Buffer.from([0]);
