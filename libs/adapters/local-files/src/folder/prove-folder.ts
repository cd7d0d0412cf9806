import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';

import type { BackupManifest, SourceProof, SourceWatch } from '#libs/ports/backup-source';

import { hashBuffer, hashFile } from './hash-file.js';
import { linkLine } from './list-folder.js';
import { linesOf, readSumLine, type ListedSum } from './sum-list.js';
import { walkFolder } from './walk-folder.js';

type FolderDifference = SourceProof['differences'][number];

export interface FolderProofOptions {
  readonly manifest: BackupManifest;
  /** The list that was made of the living folder. */
  readonly list: string;
  /** Where the folder came back. */
  readonly place: Buffer;
  readonly watch: SourceWatch;
}

/** Clocks of file systems are this coarse. */
const COARSE_MS = 2000;
const NAMED_MOST = 100;
const SLASH = Buffer.from('/');

/**
 * Compares what came back with the list. The folder went on living between the list and the saving. What has changed
 * since then says so by its own time, and what went by the time of the folder that held it. Such a file proves nothing.
 * Where most of them are such, nothing is proved.
 */
export const proveFolder = (options: FolderProofOptions): Promise<readonly FolderDifference[]> =>
  new FolderProof(options).differences();

class FolderProof {
  readonly #found: FolderDifference[] = [];
  readonly #buffer = hashBuffer();
  #unnamed = 0;
  #listed = 0;
  #unproved = 0;

  constructor(private readonly options: FolderProofOptions) {}

  async differences(): Promise<readonly FolderDifference[]> {
    await this.#compareFiles();
    const { counts, checksums } = this.options.manifest;
    if (this.#listed !== counts['files'])
      this.#differs('COUNT_DIFFERS', `files wanted=${counts['files'] ?? 0} listed=${this.#listed}`);
    if (this.#unproved * 2 > this.#listed)
      this.#differs('COUNT_DIFFERS', `files=${this.#listed} changed meanwhile=${this.#unproved}`);
    // A link that was made again says so by no time that comes back. So links are compared where no folder has changed.
    const links = await this.#links();
    if (links.still && links.sum !== checksums['links']) this.#differs('CHECKSUM_DIFFERS', 'links');
    if (this.#unnamed > 0)
      this.#found.push({ code: 'FILE_DIFFERS', detail: `more=${this.#unnamed}` });
    return this.#found;
  }

  async #compareFiles(): Promise<void> {
    const { list, manifest, watch } = this.options;
    const whole = createHash('sha256');
    for await (const line of linesOf(list)) {
      watch.signal.throwIfAborted();
      whole.update(line).update('\n');
      const listed = readSumLine(line);
      if (!listed) return this.#differs('FILE_DIFFERS', 'list');
      this.#listed++;
      await this.#compare(listed);
      watch.onProgress?.({ of: manifest.source, filesDone: this.#listed, bytesDone: 0 });
    }
    if (whole.digest('hex') !== manifest.checksums['files'])
      this.#differs('CHECKSUM_DIFFERS', 'list');
  }

  async #compare({ sum, path }: ListedSum): Promise<void> {
    const place = Buffer.concat([this.options.place, SLASH, path]);
    const stats = await lstat(place).catch(() => undefined);
    if (!stats?.isFile()) {
      if (await this.#wentMeanwhile(path)) this.#unproved++;
      else this.#differs('FILE_MISSING', nameOf(path));
      return;
    }
    const { signal } = this.options.watch;
    const found = await hashFile(place, undefined, { buffer: this.#buffer, signal });
    if (found.sum === sum) return;
    if (this.#isLater(stats)) this.#unproved++;
    else this.#differs('FILE_DIFFERS', nameOf(path));
  }

  #isLater({ mtimeMs }: { readonly mtimeMs: number }): boolean {
    return mtimeMs >= this.options.manifest.takenAt - COARSE_MS;
  }

  async #wentMeanwhile(path: Buffer): Promise<boolean> {
    const at = path.lastIndexOf(SLASH);
    const above = path.subarray(0, Math.max(0, at));
    const place = at < 0 ? this.options.place : Buffer.concat([this.options.place, SLASH, above]);
    const stats = await lstat(place).catch(() => undefined);
    if (stats) return this.#isLater(stats);
    return at >= 0 && this.#wentMeanwhile(above);
  }

  async #links(): Promise<{ readonly still: boolean; readonly sum: string }> {
    const hash = createHash('sha256');
    let still = !this.#isLater(await lstat(this.options.place));
    for await (const entry of walkFolder(this.options.place, () => undefined)) {
      this.options.watch.signal.throwIfAborted();
      if (entry.kind === 'link') hash.update(await linkLine(entry));
      if (entry.kind === 'folder' && this.#isLater({ mtimeMs: Number(entry.stats.mtimeMs) }))
        still = false;
    }
    return { still, sum: hash.digest('hex') };
  }

  #differs(code: FolderDifference['code'], detail: string): void {
    if (this.#found.length < NAMED_MOST) this.#found.push({ code, detail });
    else this.#unnamed++;
  }
}

/** Names of files may be names of people: the digest of one finds it in the list, for who has the list. */
const nameOf = (path: Buffer): string =>
  `file=${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
