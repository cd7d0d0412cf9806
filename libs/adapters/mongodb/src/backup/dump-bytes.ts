import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';

import type { FindCursor } from 'mongodb';

/** What was read of one collection. */
export interface DumpedDocuments {
  readonly count: number;
  readonly bytes: number;
  /** SHA-256 as hex of all of them, one after the other. */
  readonly checksum: string;
}

/** Counts and sums what goes by. */
export class DocumentSum {
  #count = 0;
  #bytes = 0;
  readonly #hash: Hash = createHash('sha256');

  add(documents: readonly Uint8Array[]): void {
    for (const document of documents) {
      this.#count++;
      this.#bytes += document.byteLength;
      this.#hash.update(document);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  end(): DumpedDocuments {
    return { count: this.#count, bytes: this.#bytes, checksum: this.#hash.digest('hex') };
  }
}

/** Each batch of the server as it came: never more than one is in memory. The cursor has to be `raw`. */
export async function* batchesOf(cursor: FindCursor<unknown>): AsyncGenerator<Buffer[]> {
  try {
    while (await cursor.hasNext()) yield cursor.readBufferedDocuments() as Buffer[];
  } finally {
    await cursor.close().catch(() => undefined);
  }
}

/** A file of documents, one after the other. */
export const writeDocuments = async (
  path: string,
  batches: AsyncIterable<readonly Uint8Array[]>,
  onBatch: (bytes: number) => void,
): Promise<DumpedDocuments> => {
  const sum = new DocumentSum();
  const file = await open(path, 'w', 0o600);
  try {
    for await (const batch of batches) {
      sum.add(batch);
      // One call for many: what is written is one copy of the batch, and is gone after it.
      await writeAll(file, Buffer.concat(batch));
      onBatch(sum.bytes);
    }
  } finally {
    await file.close();
  }
  return sum.end();
};

const writeAll = async (file: FileHandle, bytes: Buffer): Promise<void> => {
  for (let at = 0; at < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, at);
    at += bytesWritten;
  }
};

/** A file that does not hold whole documents one after the other. */
export class DumpDamage extends Error {
  constructor(readonly at: number) {
    super(`no document at byte ${at}`);
  }
}

/** An empty document: its length and its end. */
const LEAST = 5;
/** What a server stores at the most, with what it adds for itself. */
const MOST = 16 * 1024 * 1024 + 16 * 1024;
const LENGTH = 4;

export interface DocumentBatch {
  readonly bytes: number;
  readonly documents: number;
}

/** Reads whole documents, in batches of about so much. Throws `DumpDamage` where it cannot go on. */
export async function* readDocuments(
  path: string,
  most: DocumentBatch = { bytes: 8 * 1024 * 1024, documents: 10_000 },
): AsyncGenerator<Buffer[]> {
  const file = await open(path, 'r');
  try {
    const documents = new DocumentCutter();
    for await (const chunk of file.createReadStream({
      highWaterMark: 1024 * 1024,
      autoClose: false,
    })) {
      documents.push(chunk as Buffer);
      if (documents.reaches(most)) yield documents.take();
    }
    documents.end();
    if (documents.some) yield documents.take();
  } finally {
    await file.close();
  }
}

/** Cuts a stream of bytes into documents by the length that each begins with. */
class DocumentCutter {
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;
  #ready: Buffer[] = [];
  #bytes = 0;
  /** What the document that is not whole yet needs; joining for each chunk would copy it again and again. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;

  push(chunk: Buffer): void {
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    if (this.#rest.length + this.#waitingBytes < this.#needs) return;
    this.#rest = Buffer.concat([this.#rest, ...this.#waiting]);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#cut();
  }

  get #needs(): number {
    return this.#rest.length < LENGTH ? LENGTH : this.#rest.readInt32LE(0);
  }

  #cut(): void {
    let start = 0;
    while (this.#rest.length - start >= LENGTH) {
      const length = this.#rest.readInt32LE(start);
      if (length < LEAST || length > MOST) throw new DumpDamage(this.#at);
      if (this.#rest.length - start < length) break;
      if (this.#rest[start + length - 1] !== 0) throw new DumpDamage(this.#at);
      this.#ready.push(this.#rest.subarray(start, start + length));
      this.#bytes += length;
      start += length;
      this.#at += length;
    }
    this.#rest = this.#rest.subarray(start);
  }

  end(): void {
    if (this.#rest.length + this.#waitingBytes > 0) throw new DumpDamage(this.#at);
  }

  reaches({ bytes, documents }: DocumentBatch): boolean {
    return this.#bytes >= bytes || this.#ready.length >= documents;
  }

  get some(): boolean {
    return this.#ready.length > 0;
  }

  take(): Buffer[] {
    const taken = this.#ready;
    this.#ready = [];
    this.#bytes = 0;
    return taken;
  }
}
