import { open, rename, rm, type FileHandle } from 'node:fs/promises';

import { isSame, type FileMarks } from './hash-file.js';
import { linesOf } from './sum-list.js';
import { walkKey } from './walk-folder.js';

interface RememberedSum extends FileMarks {
  readonly key: string;
  readonly sum: string;
}

/** A file changed in the same tick of the clock twice has the same marks: what is so young is read again. */
const YOUNG_NS = 2_000_000_000n;

/**
 * The sums of the last run, in the order of the walk, so that neither the old ones nor the new ones are ever all in
 * memory. What is not one of ours in the file is passed over: then the file is read.
 */
export class RememberedSums {
  #next: RememberedSum | undefined;
  #out: FileHandle | undefined;
  #waiting: Buffer[] = [];
  #old: AsyncGenerator<Buffer> | undefined;

  constructor(
    private readonly file: string,
    private readonly now: bigint,
  ) {}

  async begin(): Promise<void> {
    this.#out = await open(this.#fresh, 'w', 0o600);
    this.#old = linesOf(this.file, END);
    await this.#forward();
  }

  /** Has to be asked in the order of the walk. */
  async sumOf(path: Buffer, marks: FileMarks): Promise<string | undefined> {
    const key = walkKey(path);
    while (this.#next && this.#next.key < key) await this.#forward();
    return this.#next?.key === key && isSame(this.#next, marks) ? this.#next.sum : undefined;
  }

  async add(path: Buffer, sum: string, marks: FileMarks): Promise<void> {
    if (marks.mtimeNs > this.now - YOUNG_NS || marks.ctimeNs > this.now - YOUNG_NS) return;
    const { size, mtimeNs, ctimeNs, ino } = marks;
    this.#waiting.push(Buffer.from(`${sum} ${size} ${mtimeNs} ${ctimeNs} ${ino} `), path, ENDED);
    if (this.#waiting.length >= WAITING) await this.#write();
  }

  /** From now on these are the last ones. */
  async keep(): Promise<void> {
    await this.#write();
    await this.#close();
    await rename(this.#fresh, this.file);
  }

  async leave(): Promise<void> {
    await this.#close();
    await rm(this.#fresh, { force: true });
  }

  get #fresh(): string {
    return `${this.file}.new`;
  }

  async #write(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    await this.#out?.appendFile(bytes);
  }

  async #close(): Promise<void> {
    await this.#out?.close();
    this.#out = undefined;
    await this.#old?.return(undefined);
  }

  async #forward(): Promise<void> {
    for (;;) {
      const line = await this.#old?.next().catch(() => undefined);
      if (!line || line.done) {
        this.#next = undefined;
        return;
      }
      this.#next = rememberedOf(line.value);
      if (this.#next) return;
    }
  }
}

const END = 0;
const ENDED = Buffer.from([END]);
const WAITING = 3000;
const LINE = /^([0-9a-f]{64}) (\d+) (\d+) (\d+) (\d+) /;

const rememberedOf = (line: Buffer): RememberedSum | undefined => {
  const [head = '', sum = '', size = '', mtime = '', ctime = '', ino = ''] =
    LINE.exec(line.toString('latin1')) ?? [];
  if (head === '') return undefined;
  return {
    sum,
    size: BigInt(size),
    mtimeNs: BigInt(mtime),
    ctimeNs: BigInt(ctime),
    ino: BigInt(ino),
    key: walkKey(line.subarray(head.length)),
  };
};
