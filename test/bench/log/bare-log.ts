import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

import type { FactObservation } from '#libs/journal';

import { PRAGMAS } from '../bare/pragmas.js';

const TABLES = `
  CREATE TABLE commits (first INTEGER PRIMARY KEY, count INTEGER NOT NULL, era INTEGER NOT NULL,
    previous_hash BLOB NOT NULL, hash BLOB NOT NULL) STRICT;
  CREATE TABLE facts (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, stream TEXT NOT NULL,
    version INTEGER NOT NULL, type TEXT NOT NULL, era INTEGER NOT NULL, occurred_at INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL, meta TEXT NOT NULL, data TEXT NOT NULL, personal BLOB,
    hash BLOB NOT NULL, UNIQUE (stream, version)) STRICT;
`;
const CIPHER = 'aes-256-gcm';

/** The same rows with the same hash and cipher, in a loop that does nothing else. */
export class BareLog {
  readonly #database: DatabaseSync;
  readonly #keys = new Map<string, KeyObject>();
  readonly #fingerprint = createSecretKey(randomBytes(32));
  readonly #insert;
  readonly #commit;
  #position = 0;
  #hash: Uint8Array = new Uint8Array(32);

  constructor(file: string) {
    this.#database = new DatabaseSync(file);
    this.#database.exec(PRAGMAS + TABLES);
    this.#insert = this.#database.prepare('INSERT INTO facts VALUES (?,?,?,?,?,?,?,?,?,?,?,?)');
    this.#commit = this.#database.prepare('INSERT INTO commits VALUES (?,?,?,?,?)');
  }

  append(observations: readonly FactObservation[]): void {
    const now = Date.now();
    const first = this.#position + 1;
    const rows = observations.map((observation) => this.#row(observation, now));
    const previous = this.#hash;
    this.#hash = hash(
      'sha256',
      Buffer.concat([previous, ...rows.map((row) => row.digest)]),
      'buffer',
    );
    this.#database.exec('BEGIN IMMEDIATE');
    for (const { values } of rows) this.#insert.run(...values);
    this.#commit.run(first, rows.length, 1, previous, this.#hash);
    this.#database.exec('COMMIT');
  }

  /** Reads everything in order and opens it; answers how many facts it read. */
  scan(batch: number): number {
    const select = this.#database.prepare(
      `SELECT position, id, stream, version, type, era, occurred_at, recorded_at, meta, data, personal
       FROM facts WHERE position > ? ORDER BY position LIMIT ?`,
    );
    let read = 0;
    for (let after = 0; ; after += batch) {
      const rows = select.all(after, batch);
      for (const { stream, personal } of rows) this.#open(String(stream), personal as Uint8Array);
      read += rows.length;
      if (rows.length < batch) return read;
    }
  }

  close(): void {
    this.#database.close();
  }

  #row({ type, stream, occurredAt, data, personal, meta }: FactObservation, now: number) {
    const position = ++this.#position;
    const texts = [JSON.stringify(meta), JSON.stringify(data), JSON.stringify(personal)] as const;
    const print = createHmac('sha256', this.#fingerprint)
      .update(`${type}\n${stream}\n${occurredAt}\n${texts[1]}\n${texts[2]}`)
      .digest();
    const id = print.subarray(0, 16);
    const sealed = this.#seal(stream, texts[2]);
    const frame = `${position}\n${id.toString('hex')}\n${type}\n${stream}\n${occurredAt}\n${now}\n${texts[0]}\n${texts[1]}\n`;
    const digest = hash('sha256', Buffer.concat([Buffer.from(frame), sealed]), 'buffer');
    const place = [position, id, stream, position, type, 1, occurredAt, now] as const;
    return { digest, values: [...place, texts[0], texts[1], sealed, digest] as const };
  }

  #seal(stream: string, text: string): Uint8Array {
    const nonce = randomBytes(12);
    const cipher = createCipheriv(CIPHER, this.#key(stream), nonce);
    cipher.setAAD(Buffer.from(stream));
    const sealed = cipher.update(text, 'utf8');
    cipher.final();
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
  }

  #open(stream: string, sealed: Uint8Array): Uint8Array {
    const decipher = createDecipheriv(CIPHER, this.#key(stream), sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(stream));
    decipher.setAuthTag(sealed.subarray(sealed.length - 16));
    const plain = decipher.update(sealed.subarray(12, sealed.length - 16));
    decipher.final();
    return plain;
  }

  #key(stream: string): KeyObject {
    let key = this.#keys.get(stream);
    if (!key) this.#keys.set(stream, (key = createSecretKey(randomBytes(32))));
    return key;
  }
}
