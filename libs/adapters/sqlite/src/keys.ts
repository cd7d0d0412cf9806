import {
  hmacs,
  keyWrap,
  openAll,
  Recent,
  sealAll,
  WRAPPED_KEY_BYTES,
  type Keyring,
  type KeyWrap,
  type KnownKey,
} from '#libs/adapters/node-crypto';
import { asFault, fault, type Secret } from '#libs/kernel';
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
  const platform = platformKey(file, wrap);
  const cache = new Recent<KnownKey>(CACHED_KEYS);
  let seen = file.version();

  /** Another process may have destroyed a key: then nothing remembered counts any more. */
  const forgetIfChanged = (): void => {
    const version = file.version();
    if (version !== seen) cache.clear();
    seen = version;
  };

  const known = (stream: string): KnownKey | undefined => {
    const cached = cache.get(stream);
    if (cached !== undefined) return cached;
    const key = stored(file, wrap, stream);
    if (key !== undefined) cache.set(stream, key);
    return key;
  };

  const keyring = (items: readonly { readonly stream: string }[]) => {
    forgetIfChanged();
    const keys = new Map<string, KnownKey>();
    const missing = new Set<string>();
    for (const { stream } of items) {
      if (keys.has(stream) || missing.has(stream)) continue;
      const key = known(stream);
      if (key === undefined) missing.add(stream);
      else keys.set(stream, key);
    }
    return { keys, missing };
  };

  return {
    seal(items) {
      const { keys, missing } = keyring(items);
      if (missing.size > 0)
        for (const [stream, key] of created(file, wrap, missing)) {
          keys.set(stream, key);
          cache.set(stream, key);
        }
      return sealAll(items, keys);
    },

    open: (items) => openAll(items, keyring(items).keys),

    fingerprint: (values) => hmacs(platform, values),

    async destroy(streams, at) {
      file.write(() => {
        for (const stream of streams) {
          file.sql(ERASE).run(stream);
          file.sql(BURY).run(stream, at);
        }
      });
      for (const stream of streams) cache.set(stream, null);
      file.truncate();
    },

    async tombstones() {
      const rows = file.guard(() => file.sql(TOMBSTONES).all());
      return rows.map((row): Tombstone => ({
        stream: String(row['stream']),
        destroyedAt: Number(row['destroyed_at']),
      }));
    },

    truncate: () => file.truncate(),
    close: () => file.close(),
  };
};

const stored = (file: KeysFile, wrap: KeyWrap, stream: string): KnownKey | undefined => {
  const row = file.guard(() => file.sql(FIND).get(stream));
  if (!row) return undefined;
  const wrapped = row['wrapped'] as Uint8Array;
  return wrapped.every((byte) => byte === 0) ? null : wrap.unwrap(stream, wrapped);
};

/** All of a batch in one transaction; where another process was first, its key is the one. */
const created = (file: KeysFile, wrap: KeyWrap, streams: ReadonlySet<string>): Keyring => {
  const fresh = [...streams].map((stream) => ({ stream, ...wrap.create(stream) }));
  return file.write(() => {
    const keys = new Map<string, KnownKey>();
    for (const { stream, key, wrapped } of fresh) {
      const added = file.sql(ADD).run(stream, wrapped).changes === 1;
      const known = added ? key : stored(file, wrap, stream);
      if (known !== undefined) keys.set(stream, known);
    }
    return keys;
  });
};

/** Also the check of the master key: a wrong one fails here, before anything is sealed with it. */
const platformKey = (file: KeysFile, wrap: KeyWrap) => {
  const wrapped = file.write(() => {
    if (!file.sql(FIND_PLATFORM).get()) file.sql(ADD_PLATFORM).run(wrap.create(PLATFORM).wrapped);
    return file.sql(FIND_PLATFORM).get()?.['wrapped'] as Uint8Array;
  });
  try {
    return wrap.unwrap(PLATFORM, wrapped);
  } catch (cause) {
    if (asFault(cause).code !== 'KEYS_SEALED_BROKEN') throw cause;
    throw fault('MASTER_KEY_WRONG', { cause });
  }
};
