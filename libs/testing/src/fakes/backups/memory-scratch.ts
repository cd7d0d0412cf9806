import { fault } from '#libs/kernel';
import { NOBODYS_SCRATCH, type Scratch, type ScratchOfRun } from '#libs/ports/scratch';

import type { MemoryDisk } from './memory-disk.js';

export interface MemoryScratchOptions {
  readonly disk: MemoryDisk;
  readonly root?: string;
}

interface ScratchOwner {
  readonly run: string;
  readonly term: number;
}

const NAME = /^[a-z][a-z0-9-]*$/;

/** Folders of runs on a disk in memory. What it knows lies on that disk, as several processes see it. */
export class MemoryScratch implements Scratch {
  /** What is wrong with the disk now. */
  trouble: 'BACKUP_SCRATCH_FULL' | 'BACKUP_SCRATCH_DENIED' | undefined;
  freeBytes = 1_000_000_000;
  readonly #disk: MemoryDisk;
  readonly #root: string;

  constructor({ disk, root = '/scratch' }: MemoryScratchOptions) {
    this.#disk = disk;
    this.#root = root;
  }

  async take(run: string, term: number): Promise<ScratchOfRun> {
    this.#seeTrouble();
    const owner = this.#owner();
    if (owner && owner.term > term) throw fault('BACKUP_ALREADY_RUNS');
    if (owner?.run !== run) this.#disk.remove(this.#root);
    this.#disk.write(`${this.#root}/owner.json`, JSON.stringify({ run, term }));
    return {
      exportsOf: async (source) => this.#emptied({ run, term }, `exports/${named(source)}`),
      proof: async (of) => this.#emptied({ run, term }, `proof/${named(of)}`),
    };
  }

  async remove(run: string): Promise<void> {
    this.#seeTrouble();
    if ((this.#owner()?.run ?? NOBODYS_SCRATCH) === run) this.#disk.remove(this.#root);
  }

  async leftovers(): Promise<readonly string[]> {
    const owner = this.#owner();
    if (owner) return [owner.run];
    return this.#disk.under(this.#root).length > 0 ? [NOBODYS_SCRATCH] : [];
  }

  async room(): Promise<number> {
    return this.freeBytes;
  }

  #owner(): ScratchOwner | undefined {
    const text = this.#disk.read(`${this.#root}/owner.json`);
    return text === undefined ? undefined : (JSON.parse(text) as ScratchOwner);
  }

  #emptied({ run, term }: ScratchOwner, name: string): string {
    this.#seeTrouble();
    const owner = this.#owner();
    if (owner?.run !== run || owner.term !== term) throw fault('BACKUP_ALREADY_RUNS');
    const path = `${this.#root}/${name}`;
    this.#disk.remove(path);
    this.#disk.makeFolder(path);
    return path;
  }

  #seeTrouble(): void {
    if (this.trouble) throw fault(this.trouble);
  }
}

const named = (name: string): string => {
  if (!NAME.test(name)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'folder_name' } });
  return name;
};
