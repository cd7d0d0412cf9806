import { createSecretKey, type KeyObject } from 'node:crypto';

import {
  hmacs,
  keyWrap,
  openAll,
  sealAll,
  type KeyWrap,
  type KnownKey,
} from '#libs/adapters/node-crypto';
import {
  asFault,
  fault,
  Recent,
  sameDigest,
  type Awaitable,
  type Clock,
  type Secret,
} from '#libs/kernel';
import {
  expiryDays,
  lastsUntil,
  type ExpiryDay,
  type Keys,
  type Sealed,
  type Tombstone,
  type Unsealed,
} from '#libs/ports/keys';

import type { MongoDatabase } from './database.js';
import { KeysStore, type StoredKey } from './keys-store.js';

export interface MongodbKeysOptions {
  /** A database of its own, with backups of its own: nothing of the keys lies beside what they seal. */
  readonly database: MongoDatabase;
  /** 32 bytes. Without it nothing in the database is of use to anybody. */
  readonly masterKey: Secret<Uint8Array>;
  /** Only ages what is remembered; wrong clocks change nothing else. */
  readonly clock: Clock;
}

/**
 * How long this process goes on using a key that another process has destroyed. What it seals in
 * that time opens nowhere afterwards; what this process destroys, it forgets at once.
 */
export const REMEMBERED_MS = 10_000;
const REMEMBERED_KEYS = 16_384;
/** Each further look means that a key went between the look before and what followed. */
const MOST_LOOKS = 20;

interface Remembered extends StoredKey {
  readonly key: KnownKey;
  readonly since: number;
}

/** By stream: the day until which what is sealed now needs its key. */
type WantedDays = ReadonlyMap<string, ExpiryDay | undefined>;

export const mongodbKeys = async (options: MongodbKeysOptions): Promise<Keys> => {
  const wrap = keyWrap(options.masterKey);
  const store = new KeysStore(options.database);
  await store.prepare();
  return new MongodbKeys(store, wrap, options.clock, await platformKey(store, wrap));
};

class MongodbKeys implements Keys {
  readonly #remembered = new Recent<Remembered>(REMEMBERED_KEYS);
  /** How often keys went or were to be forgotten: what was read before is not remembered after. */
  #removals = 0;

  constructor(
    private readonly store: KeysStore,
    private readonly wrap: KeyWrap,
    private readonly clock: Clock,
    private readonly platform: KeyObject,
  ) {}

  seal(items: readonly Unsealed[]): Awaitable<readonly (Uint8Array | undefined)[]> {
    const days = expiryDays(items);
    const { keys, unknown } = this.#recall(items, days);
    if (unknown.length === 0) return sealAll(items, keys);
    return this.#provide(unknown, keys, days).then(() => sealAll(items, keys));
  }

  open(items: readonly Sealed[]): Awaitable<readonly (Uint8Array | undefined)[]> {
    const { keys, unknown } = this.#recall(items);
    if (unknown.length === 0) return openAll(items, keys);
    return this.#look(unknown, keys).then(() => openAll(items, keys));
  }

  fingerprint(values: readonly Uint8Array[]): readonly Uint8Array[] {
    return hmacs(this.platform, values);
  }

  async destroy(streams: readonly string[], at: number): Promise<void> {
    if (streams.length === 0) return;
    await this.store.destroy([...new Set(streams)], at);
    this.#removals++;
    const since = this.clock.now();
    for (const stream of streams) this.#remembered.set(stream, { ...DESTROYED, since });
  }

  tombstones(): Promise<readonly Tombstone[]> {
    return this.store.tombstones();
  }

  async retire(streams: readonly string[]): Promise<void> {
    if (streams.length === 0) return;
    await this.store.retire(streams);
    await this.forget(streams);
  }

  async forget(streams: readonly string[]): Promise<void> {
    this.#removals++;
    for (const stream of streams) this.#remembered.delete(stream);
  }

  #recall(items: readonly { readonly stream: string }[], days?: WantedDays) {
    const now = this.clock.now();
    const keys = new Map<string, KnownKey>();
    const unknown = new Set<string>();
    for (const { stream } of items) {
      if (keys.has(stream) || unknown.has(stream)) continue;
      const entry = this.#remembered.get(stream);
      if (entry && isFresh(entry, now) && (!days || serves(entry, days.get(stream))))
        keys.set(stream, entry.key);
      else unknown.add(stream);
    }
    return { keys, unknown: [...unknown] };
  }

  /** Finds or makes the keys of these streams, and sees to it that they last as long as is wanted. */
  async #provide(
    streams: readonly string[],
    keys: Map<string, KnownKey>,
    days: WantedDays,
  ): Promise<void> {
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const since = this.clock.now();
      const before = this.#removals;
      const stored = await this.store.find(streams);
      const short = [...stored].filter(([stream, found]) => !serves(found, days.get(stream)));
      const moved = new Map(short.map(([stream]) => [stream, days.get(stream)]));
      // One that goes in this very moment is made again.
      if (moved.size > 0 && !(await this.store.age(moved))) continue;
      for (const [stream, found] of stored) {
        const day = moved.has(stream) ? moved.get(stream) : found.day;
        keys.set(stream, this.#understand(stream, { ...found, day }, since, before));
      }
      const missing = streams.filter((stream) => !stored.has(stream));
      await this.#create(missing, keys, days);
      return;
    }
    throw fault('KEYS_UNAVAILABLE', { details: { reason: 'contention' } });
  }

  /** Asks the store about streams, adds what it has to `keys`. */
  async #look(streams: readonly string[], keys: Map<string, KnownKey>): Promise<void> {
    const since = this.clock.now();
    const before = this.#removals;
    const stored = await this.store.find(streams);
    for (const [stream, found] of stored)
      keys.set(stream, this.#understand(stream, found, since, before));
  }

  async #create(
    streams: readonly string[],
    keys: Map<string, KnownKey>,
    days: WantedDays,
  ): Promise<void> {
    if (streams.length === 0) return;
    const since = this.clock.now();
    const before = this.#removals;
    const fresh = new Map(this.wrap.createAll(streams).map((made, i) => [streams[i] ?? '', made]));
    const stored = await this.store.add(
      new Map(
        [...fresh].map(([stream, { wrapped }]) => [stream, { wrapped, day: days.get(stream) }]),
      ),
    );
    // Another was first: its key may go earlier than is wanted here.
    if (stored.size > 0) await this.#provide([...stored.keys()], keys, days);
    for (const [stream, { key, wrapped }] of fresh) {
      if (stored.has(stream)) continue;
      keys.set(stream, key);
      const day = days.get(stream);
      if (before === this.#removals) this.#remembered.set(stream, { key, wrapped, day, since });
    }
  }

  #understand(
    stream: string,
    { wrapped, day }: StoredKey,
    since: number,
    before: number,
  ): KnownKey {
    // One that has only grown old need not be unwrapped again; after `retire` it may be another.
    const old = this.#remembered.get(stream);
    const isSame = old?.wrapped && wrapped && sameDigest(old.wrapped, wrapped);
    const key = isSame ? old.key : wrapped && this.wrap.unwrap(stream, wrapped);
    if (before === this.#removals) this.#remembered.set(stream, { key, wrapped, day, since });
    return key;
  }
}

const DESTROYED = { key: null, wrapped: null, day: undefined };

const serves = ({ wrapped, day }: StoredKey, wanted: ExpiryDay | undefined): boolean =>
  wrapped === null || lastsUntil(day, wanted);

/** A tombstone never grows old. A clock that was set back makes an entry old, not young. */
const isFresh = ({ key, since }: Remembered, now: number): boolean =>
  key === null || (now >= since && now - since < REMEMBERED_MS);

/** Also the check of the master key: a wrong one fails here, before anything is sealed with it. */
const platformKey = async (store: KeysStore, wrap: KeyWrap): Promise<KeyObject> => {
  // No stream is named so: `@` stands in none.
  const name = '@fingerprint';
  const wrapped = await store.platformKey(wrap.create(name).wrapped);
  try {
    return createSecretKey(wrap.unwrap(name, wrapped));
  } catch (cause) {
    if (asFault(cause).code !== 'KEYS_SEALED_BROKEN') throw cause;
    throw fault('MASTER_KEY_WRONG', { cause });
  }
};
