import { createSecretKey, type KeyObject } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';

import {
  hmacs,
  keyWrap,
  openAll,
  sealAll,
  type KeyWrap,
  type KnownKey,
} from '#libs/adapters/node-crypto';
import { asFault, fault, Recent, type Secret } from '#libs/kernel';
import {
  expiryDays,
  lastDayToRemove,
  lastsUntil,
  removalTime,
  type Keys,
  type Sealed,
  type Tombstone,
  type Unsealed,
} from '#libs/ports/keys';

import type { CopyWatch } from './backup/copy-connection.js';
import type { ExpiredBacklog } from './documents.js';
import { KeysFile } from './keys-file.js';
import { KeySlots, type SlotKey } from './keys-slots.js';

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
  /**
   * Retires every key that may go at this moment, a slice for each turn of the event loop. Ends early when the
   * keys are closed or the signal says so. Answers how many went.
   */
  sweep(now: number, signal?: AbortSignal): Promise<number>;
  /** The keys that `sweep` would retire, counted up to 10,000. */
  expired(now: number): ExpiredBacklog;
  /** Also done after each `destroy`. */
  truncate(): void;
  /** Copies the file, keys still wrapped, while it is used. */
  copy(to: string, watch: CopyWatch): Promise<void>;
  close(): void;
}

/** Keys in memory: enough for what is sealed and opened again while it is fresh. */
const CACHED_KEYS = 16_384;
/** About a millisecond's work: the door waits no longer. */
const SWEPT_AT_ONCE = 256;

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

export const keysIn = (file: KeysFile, wrap: KeyWrap): SqliteKeys =>
  new KeysInFile(file, new KeySlots(file, wrap), platformKey(file, wrap));

class KeysInFile implements SqliteKeys {
  readonly #remembered = new Recent<SlotKey>(CACHED_KEYS);
  #seen: unknown;

  constructor(
    private readonly file: KeysFile,
    private readonly slots: KeySlots,
    private readonly platform: KeyObject,
  ) {
    this.#seen = file.version();
  }

  seal(items: readonly Unsealed[]): readonly (Uint8Array | undefined)[] {
    const days = expiryDays(items);
    const { keys, missing } = this.#look(items, (stream, { key, day }) =>
      key === null ? true : lastsUntil(day, days.get(stream)),
    );
    if (missing.size > 0) {
      const wanted = new Map([...missing].map((stream) => [stream, days.get(stream)]));
      for (const [stream, provided] of this.slots.provide(wanted)) {
        keys.set(stream, provided.key);
        this.#remembered.set(stream, provided);
      }
    }
    return sealAll(items, keys);
  }

  open(items: readonly Sealed[]): readonly (Uint8Array | undefined)[] {
    return openAll(items, this.#look(items, () => true).keys);
  }

  fingerprint(values: readonly Uint8Array[]): readonly Uint8Array[] {
    return hmacs(this.platform, values);
  }

  async destroy(streams: readonly string[], at: number): Promise<void> {
    this.slots.destroy(streams, at);
    for (const stream of streams) this.#remembered.set(stream, { key: null, day: undefined });
    this.file.truncate();
  }

  async tombstones(): Promise<readonly Tombstone[]> {
    return this.slots.tombstones();
  }

  async retire(streams: readonly string[]): Promise<void> {
    if (streams.length > 0) this.slots.retire(streams);
    await this.forget(streams);
  }

  async forget(streams: readonly string[]): Promise<void> {
    for (const stream of streams) this.#remembered.delete(stream);
  }

  async sweep(now: number, signal?: AbortSignal): Promise<number> {
    let swept = 0;
    while (this.file.isOpen && !signal?.aborted) {
      const aged = this.slots.aged(lastDayToRemove(now), SWEPT_AT_ONCE);
      // In the same turn: what is sealed again meanwhile gets another day first.
      await this.retire(aged);
      swept += aged.length;
      if (aged.length < SWEPT_AT_ONCE) break;
      await turn();
    }
    return swept;
  }

  expired(now: number): ExpiredBacklog {
    const { count, day } = this.slots.countAged(lastDayToRemove(now));
    return { count, oldestMs: day === undefined ? 0 : now - removalTime(day) };
  }

  truncate(): void {
    this.file.truncate();
  }

  copy(to: string, watch: CopyWatch): Promise<void> {
    return this.file.copy(to, watch);
  }

  close(): void {
    this.file.close();
  }

  #look(
    items: readonly { readonly stream: string }[],
    serves: (stream: string, found: SlotKey) => boolean,
  ) {
    this.#forgetIfChanged();
    const keys = new Map<string, KnownKey>();
    const missing = new Set<string>();
    const unknown = new Set<string>();
    for (const { stream } of items) {
      const known = this.#remembered.get(stream);
      if (known === undefined) unknown.add(stream);
      else if (serves(stream, known)) keys.set(stream, known.key);
      else missing.add(stream);
    }
    if (unknown.size > 0)
      this.file.read(() => {
        for (const stream of unknown) {
          const found = this.slots.find(stream);
          if (found) this.#remembered.set(stream, found);
          if (found && serves(stream, found)) keys.set(stream, found.key);
          else missing.add(stream);
        }
      });
    return { keys, missing };
  }

  /** Another process may have destroyed a key: then nothing remembered counts any more. */
  #forgetIfChanged(): void {
    const version = this.file.version();
    if (version !== this.#seen) this.#remembered.clear();
    this.#seen = version;
  }
}

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
