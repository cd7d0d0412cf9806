import { createSecretKey, type KeyObject } from 'node:crypto';

import {
  hmacs,
  keyWrap,
  openAll,
  sealAll,
  WRAPPED_KEY_BYTES,
  type Keyring,
  type KeyWrap,
  type KnownKey,
} from '#libs/adapters/node-crypto';
import { asFault, fault, Recent, type Secret } from '#libs/kernel';
import type { Keys, Sealed, Tombstone, Unsealed } from '#libs/ports/keys';

import { KeysFile } from './keys-file.js';

export interface SqliteKeysOptions {
  /** A file of its own, or `:memory:`. */
  readonly path: string;
  /** 32 bytes. Without it nothing in the file is of use to anybody. */
  readonly masterKey: Secret<Uint8Array>;
}

export interface SqliteKeys extends Keys {
  seal(items: readonly Unsealed[]): readonly (Uint8Array | undefined)[];
  open(items: readonly Sealed[]): readonly (Uint8Array | undefined)[];
  fingerprint(values: readonly Uint8Array[]): readonly Uint8Array[];
  /** Also done after each `destroy`. */
  truncate(): void;
  close(): void;
}

/** Keys in memory: enough for what is sealed and opened again while it is fresh. */
const CACHED_KEYS = 16_384;

const FIND = 'SELECT wrapped FROM keys WHERE stream = ?';
const ADD = 'INSERT INTO keys (stream, wrapped) VALUES (?, ?) ON CONFLICT (stream) DO NOTHING';
const ERASE = `INSERT INTO keys (stream, wrapped) VALUES (?, zeroblob(${WRAPPED_KEY_BYTES}))
  ON CONFLICT (stream) DO UPDATE SET wrapped = excluded.wrapped`;
/** What stands in a slot that is free: no wrapped key looks like it. */
const FREE = `x'${'ff'.repeat(WRAPPED_KEY_BYTES)}'`;
const RETIRE = `UPDATE keys SET wrapped = ${FREE}
  WHERE stream = ? AND wrapped <> zeroblob(${WRAPPED_KEY_BYTES})`;
const ANY_FREE = `SELECT 1 FROM keys WHERE wrapped = ${FREE} LIMIT 1`;
const REFILL = `UPDATE keys SET wrapped = ? WHERE stream = ? AND wrapped = ${FREE}`;
/** A name as long as the one before: so the row keeps its length, and nothing in the page moves. */
const REUSE = `UPDATE keys SET stream = ?1, wrapped = ?2 WHERE slot =
  (SELECT slot FROM keys WHERE wrapped = ${FREE} AND octet_length(stream) = octet_length(?1) LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM keys WHERE stream = ?1)`;
const FREE_SLOTS = `CREATE INDEX IF NOT EXISTS free_slots ON keys (octet_length(stream)) WHERE wrapped = ${FREE}`;
const BURY = 'INSERT INTO tombstones (stream, destroyed_at) VALUES (?, ?) ON CONFLICT DO NOTHING';
const TOMBSTONES = 'SELECT stream, destroyed_at FROM tombstones ORDER BY destroyed_at, stream';
const FIND_PLATFORM = "SELECT wrapped FROM platform WHERE name = 'fingerprint'";
const ADD_PLATFORM =
  "INSERT INTO platform (name, wrapped) VALUES ('fingerprint', ?) ON CONFLICT DO NOTHING";

/** No stream is named so: `@` stands in none. */
const PLATFORM = '@fingerprint';

/** Answers at once: each call is one batch, and at most one transaction. */
export const sqliteKeys = ({ path, masterKey }: SqliteKeysOptions): SqliteKeys => {
  const wrap = keyWrap(masterKey);
  const file = new KeysFile(path);
  try {
    return keysIn(file, wrap);
  } catch (error) {
    file.close();
    throw error;
  }
};

export const keysIn = (file: KeysFile, wrap: KeyWrap): SqliteKeys => {
  file.write(() => file.exec(FREE_SLOTS));
  return new KeysInFile(file, wrap, platformKey(file, wrap));
};

class KeysInFile implements SqliteKeys {
  readonly #remembered = new Recent<KnownKey>(CACHED_KEYS);
  #seen: unknown;

  constructor(
    private readonly file: KeysFile,
    private readonly wrap: KeyWrap,
    private readonly platform: KeyObject,
  ) {
    this.#seen = file.version();
  }

  seal(items: readonly Unsealed[]): readonly (Uint8Array | undefined)[] {
    const { keys, missing } = this.#look(items);
    if (missing.size > 0)
      for (const [stream, key] of created(this.file, this.wrap, missing)) {
        keys.set(stream, key);
        this.#remembered.set(stream, key);
      }
    return sealAll(items, keys);
  }

  open(items: readonly Sealed[]): readonly (Uint8Array | undefined)[] {
    return openAll(items, this.#look(items).keys);
  }

  fingerprint(values: readonly Uint8Array[]): readonly Uint8Array[] {
    return hmacs(this.platform, values);
  }

  async destroy(streams: readonly string[], at: number): Promise<void> {
    this.file.write(() => {
      for (const stream of streams) {
        this.file.sql(ERASE).run(stream);
        this.file.sql(BURY).run(stream, at);
      }
    });
    for (const stream of streams) this.#remembered.set(stream, null);
    this.file.truncate();
  }

  async tombstones(): Promise<readonly Tombstone[]> {
    const rows = this.file.guard(() => this.file.sql(TOMBSTONES).all());
    return rows.map((row) => ({
      stream: String(row['stream']),
      destroyedAt: Number(row['destroyed_at']),
    }));
  }

  async retire(streams: readonly string[]): Promise<void> {
    if (streams.length === 0) return;
    this.file.write(() => {
      for (const stream of streams) this.file.sql(RETIRE).run(stream);
    });
    await this.forget(streams);
  }

  async forget(streams: readonly string[]): Promise<void> {
    for (const stream of streams) this.#remembered.delete(stream);
  }

  truncate(): void {
    this.file.truncate();
  }

  close(): void {
    this.file.close();
  }

  #look(items: readonly { readonly stream: string }[]) {
    this.#forgetIfChanged();
    const keys = new Map<string, KnownKey>();
    const missing = new Set<string>();
    for (const { stream } of items) {
      const key = this.#remembered.get(stream);
      if (key === undefined) missing.add(stream);
      else keys.set(stream, key);
    }
    if (missing.size > 0) this.file.read(() => this.#find(missing, keys));
    return { keys, missing };
  }

  /** What is found goes from the one to the other. */
  #find(missing: Set<string>, keys: Map<string, KnownKey>): void {
    for (const stream of missing) {
      const key = stored(this.file, this.wrap, stream);
      if (key === undefined) continue;
      this.#remembered.set(stream, key);
      keys.set(stream, key);
      missing.delete(stream);
    }
  }

  /** Another process may have destroyed a key: then nothing remembered counts any more. */
  #forgetIfChanged(): void {
    const version = this.file.version();
    if (version !== this.#seen) this.#remembered.clear();
    this.#seen = version;
  }
}

const stored = (file: KeysFile, wrap: KeyWrap, stream: string): KnownKey | undefined => {
  const row = file.guard(() => file.sql(FIND).get(stream));
  if (!row) return undefined;
  const wrapped = row['wrapped'] as Uint8Array;
  if (wrapped.every((byte) => byte === 0xff)) return undefined;
  return wrapped.every((byte) => byte === 0) ? null : wrap.unwrap(stream, wrapped);
};

/** All of a batch in one transaction; where another process was first, its key is the one. */
const created = (file: KeysFile, wrap: KeyWrap, streams: ReadonlySet<string>): Keyring => {
  const names = [...streams];
  const fresh = wrap.createAll(names).map((made, i) => ({ stream: names[i] ?? '', ...made }));
  return file.write(() => {
    const keys = new Map<string, KnownKey>();
    const anyFree = file.sql(ANY_FREE).get() !== undefined;
    for (const { stream, key, wrapped } of fresh) {
      const added = (anyFree && placed(file, stream, wrapped)) || inserted(file, stream, wrapped);
      const known = added ? key : stored(file, wrap, stream);
      if (known !== undefined) keys.set(stream, known);
    }
    return keys;
  });
};

const inserted = (file: KeysFile, stream: string, wrapped: Uint8Array): boolean =>
  file.sql(ADD).run(stream, wrapped).changes === 1;

/** In a slot that is free: the stream's own, or one whose name was as long. */
const placed = (file: KeysFile, stream: string, wrapped: Uint8Array): boolean =>
  file.sql(REFILL).run(wrapped, stream).changes === 1 ||
  file.sql(REUSE).run(stream, wrapped).changes === 1;

/** Also the check of the master key: a wrong one fails here, before anything is sealed with it. */
const platformKey = (file: KeysFile, wrap: KeyWrap): KeyObject => {
  const wrapped = file.write(() => {
    if (!file.sql(FIND_PLATFORM).get()) file.sql(ADD_PLATFORM).run(wrap.create(PLATFORM).wrapped);
    return file.sql(FIND_PLATFORM).get()?.['wrapped'] as Uint8Array;
  });
  try {
    return createSecretKey(wrap.unwrap(PLATFORM, wrapped));
  } catch (cause) {
    if (asFault(cause).code !== 'KEYS_SEALED_BROKEN') throw cause;
    throw fault('MASTER_KEY_WRONG', { cause });
  }
};
