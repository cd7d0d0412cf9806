import { describe, expect, it } from '@jest/globals';

import { joinBytes, sameDigest, textOf, toHex, utf8, type Code, type Fault } from '#libs/kernel';

import type { Keys, Sealed, Unsealed } from './keys.port.js';

/** One store of keys, as a process has it, and what a test may do to it from outside. */
export interface KeysHarness {
  readonly keys: Keys;
  /** Ends this process's hold on the store and begins another. */
  restart(): Promise<Keys>;
  /** A second hold on the same store beside the first, as another process has one. */
  beside(): Promise<Keys>;
  /** Each of so many processes seals one plain for each stream, all at the same moment. */
  race(processes: number, streams: readonly string[]): Promise<readonly (readonly Sealed[])[]>;
  /** Opens this store with another master key. */
  openWith(masterKey: Uint8Array): Promise<Keys>;
  /** A store of its own: another platform. */
  another(): Promise<Keys>;
  /** The stored, wrapped key of a stream. */
  wrappedKey(stream: string): Promise<Uint8Array | undefined>;
  /** Whether these bytes lie anywhere in the store's files. */
  isOnDisk(bytes: Uint8Array): Promise<boolean>;
  /** Lets the time pass after which a hold notices what another has destroyed. */
  letDestructionsSpread(): Promise<void>;
  /** Does what the store does by itself when it is this time: retires what has aged. */
  age(now: number): Promise<void>;
  dispose(): Promise<void>;
  readonly capabilities: KeysCapabilities;
}

export type Capability = true | { readonly not: string };

export interface KeysCapabilities {
  /** A destroyed key's bytes are gone from the files when `destroy` answers. */
  readonly overwritesAtOnce: Capability;
  /** Another hold on the store opens nothing any more as soon as `destroy` answered here. */
  readonly spreadsDestructionAtOnce: Capability;
}

export type KeysBehaviour = (harness: KeysHarness) => Promise<void>;

const PLAIN = utf8('Grace Hopper, +31 6 1234 5678');
const numbered = (count: number, name = 'aircall/main/call'): string[] =>
  Array.from({ length: count }, (_, i) => `${name}/${i}`);
const plains = (streams: readonly string[], plain = PLAIN): Unsealed[] =>
  streams.map((stream) => ({ stream, plain }));

const sealedBy = async (keys: Keys, items: readonly Unsealed[]): Promise<Sealed[]> =>
  (await keys.seal(items)).map((sealed, i) => {
    const stream = items[i]?.stream ?? '';
    if (!sealed) throw new Error(`nothing was sealed for ${stream}`);
    return { stream, sealed };
  });

const texts = (answers: readonly (Uint8Array | undefined)[]): (string | undefined)[] =>
  answers.map((bytes) => bytes && textOf(bytes));

/** The suite runs on adapters that answer at once and later: both may throw or reject. */
const codeOf = async (work: () => unknown): Promise<Code | 'nothing thrown'> => {
  try {
    await work();
    return 'nothing thrown';
  } catch (thrown) {
    return (thrown as Fault).code;
  }
};

const answersInOrder: KeysBehaviour = async ({ keys }) => {
  const items = Array.from({ length: 512 }, (_, i) => ({
    stream: `guesty/main/reservation/${i % 100}`,
    plain: utf8(`plain ${i}`),
  }));
  const opened = await keys.open(await sealedBy(keys, items));
  expect(texts(opened)).toEqual(items.map((_, i) => `plain ${i}`));
};

const answersNothingToNothing: KeysBehaviour = async ({ keys }) => {
  expect(await keys.seal([])).toEqual([]);
  expect(await keys.open([])).toEqual([]);
  expect(await keys.fingerprint([])).toEqual([]);
  await keys.destroy([], 1);
  expect(await keys.tombstones()).toEqual([]);
};

const sealsAnySize: KeysBehaviour = async ({ keys }) => {
  const large = new Uint8Array(1024 * 1024).map((_, i) => i % 251);
  const items = [
    { stream: 'a', plain: new Uint8Array(0) },
    { stream: 'b', plain: large },
    { stream: 'a', plain: Uint8Array.of(0) },
  ];
  const opened = await keys.open(await sealedBy(keys, items));
  expect(opened[0]).toHaveLength(0);
  expect(sameDigest(opened[1] ?? PLAIN, large)).toBe(true);
  expect(opened[2]).toEqual(Uint8Array.of(0));
};

const hidesThePlain: KeysBehaviour = async ({ keys }) => {
  const [first, second] = await sealedBy(keys, plains(['a', 'a']));
  expect(textOf(first?.sealed ?? PLAIN)).not.toContain('Hopper');
  expect(toHex(first?.sealed ?? PLAIN)).not.toBe(toHex(second?.sealed ?? PLAIN));
};

const bindsToTheStream: KeysBehaviour = async ({ keys }) => {
  const [first, second] = await sealedBy(keys, plains(['a', 'b']));
  const swapped = { stream: 'b', sealed: first?.sealed ?? PLAIN };
  expect(await codeOf(() => keys.open([swapped]))).toBe('KEYS_SEALED_BROKEN');
  expect(texts(await keys.open([{ stream: 'b', sealed: second?.sealed ?? PLAIN }]))).toEqual(
    texts([PLAIN]),
  );
};

const noticesEveryChange: KeysBehaviour = async ({ keys }) => {
  const [{ sealed } = { sealed: PLAIN }] = await sealedBy(keys, plains(['a']));
  const changed = [...sealed.keys()].map((at) => {
    const copy = sealed.slice();
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  });
  const cut = [0, 1, 12, 28, sealed.length - 1].map((length) => sealed.subarray(0, length));
  for (const bytes of [...changed, ...cut, joinBytes(sealed, Uint8Array.of(0))])
    expect(await codeOf(() => keys.open([{ stream: 'a', sealed: bytes }]))).toBe(
      'KEYS_SEALED_BROKEN',
    );
};

const tellsLossFromErasure: KeysBehaviour = async ({ keys, another }) => {
  const sealed = await sealedBy(await another(), plains(['a']));
  expect(await codeOf(() => keys.open(sealed))).toBe('KEYS_SEALED_BROKEN');
};

const survivesARestart: KeysBehaviour = async ({ keys, restart }) => {
  const sealed = await sealedBy(keys, plains(numbered(20)));
  const later = await restart();
  expect(texts(await later.open(sealed))).toEqual(sealed.map(() => texts([PLAIN])[0]));
  const more = await sealedBy(later, plains(numbered(20)));
  expect(texts(await later.open(more))).toEqual(more.map(() => texts([PLAIN])[0]));
};

const oneKeyWhoeverCreatesIt: KeysBehaviour = async ({ keys, race }) => {
  const streams = numbered(200);
  const answers = await race(3, streams);
  expect(answers).toHaveLength(3);
  for (const sealed of answers) {
    const opened = await keys.open(sealed);
    expect(texts(opened)).toEqual(streams.map(() => texts(opened)[0]));
    expect(opened[0]?.length).toBeGreaterThan(0);
  }
};

const neverOpensAgain: KeysBehaviour = async ({ keys, restart }) => {
  const streams = ['a', 'b', 'c'];
  const sealed = await sealedBy(keys, plains(streams));
  await keys.destroy(['b', 'never-had-a-key'], 5);
  const asked = plains([...streams, 'never-had-a-key']);
  const check = async (hold: Keys): Promise<void> => {
    const [plain] = texts([PLAIN]);
    expect(texts(await hold.open(sealed))).toEqual([plain, undefined, plain]);
    const again = await hold.seal(asked);
    expect(again.map((bytes) => bytes !== undefined)).toEqual([true, false, true, false]);
    const foreign = [{ stream: 'never-had-a-key', sealed: PLAIN }];
    expect(await hold.open(foreign)).toEqual([undefined]);
  };
  await check(keys);
  await check(keys);
  await check(await restart());
};

const leavesOthersAlone: KeysBehaviour = async ({ keys, wrappedKey, restart }) => {
  const streams = numbered(40);
  const sealed = await sealedBy(keys, plains(streams));
  const kept = streams.filter((_, i) => i % 3 !== 0);
  const before = await Promise.all(kept.map(wrappedKey));
  await keys.destroy(
    streams.filter((_, i) => i % 3 === 0),
    5,
  );
  expect(await Promise.all(kept.map(wrappedKey))).toEqual(before);
  const opened = texts(await (await restart()).open(sealed));
  expect(opened).toEqual(streams.map((_, i) => (i % 3 === 0 ? undefined : texts([PLAIN])[0])));
};

const listsTombstones: KeysBehaviour = async ({ keys, restart }) => {
  await keys.seal(plains(['a', 'b']));
  await keys.destroy(['a'], 100);
  await keys.destroy(['b', 'a', 'never-had-a-key'], 200);
  const expected = [
    { stream: 'a', destroyedAt: 100 },
    { stream: 'b', destroyedAt: 200 },
    { stream: 'never-had-a-key', destroyedAt: 200 },
  ];
  expect(await keys.tombstones()).toEqual(expected);
  expect(await (await restart()).tombstones()).toEqual(expected);
};

const destroysElsewhereToo: KeysBehaviour = async (harness) => {
  const { keys, beside, letDestructionsSpread, capabilities } = harness;
  const other = await beside();
  const sealed = await sealedBy(other, plains(['a', 'b']));
  await keys.destroy(['a'], 5);
  const seen = texts(await other.open(sealed));
  if (capabilities.spreadsDestructionAtOnce === true) expect(seen[0]).toBeUndefined();
  else expect(seen[0]).toBe(texts([PLAIN])[0]);
  await letDestructionsSpread();
  expect(texts(await other.open(sealed))).toEqual([undefined, texts([PLAIN])[0]]);
  expect((await other.seal(plains(['a'])))[0]).toBeUndefined();
};

const retiresWithoutATrace: KeysBehaviour = async ({ keys, restart }) => {
  const streams = numbered(30);
  const retired = streams.filter((_, i) => i % 3 === 0);
  const sealed = await sealedBy(keys, plains(streams));
  await keys.retire([...retired, 'never-had-a-key']);
  await keys.retire(retired);
  expect(await keys.tombstones()).toEqual([]);
  const check = async (hold: Keys): Promise<void> => {
    for (const [i, one] of sealed.entries())
      if (i % 3 === 0) expect(await codeOf(() => hold.open([one]))).toBe('KEYS_SEALED_BROKEN');
      else expect(texts(await hold.open([one]))).toEqual(texts([PLAIN]));
  };
  await check(keys);
  // Others, some as long, come into the place of what went; then the same names come again.
  const others = await sealedBy(keys, plains([...numbered(15, 'aircall/main/mail'), 'z']));
  const again = await sealedBy(keys, plains(retired));
  await check(keys);
  const later = await restart();
  await check(later);
  for (const put of [again, others])
    expect(texts(await later.open(put))).toEqual(put.map(() => texts([PLAIN])[0]));
};

const retiresNoTombstone: KeysBehaviour = async ({ keys, restart }) => {
  await keys.seal(plains(['a']));
  await keys.destroy(['a', 'never-had-a-key'], 5);
  await keys.retire(['a', 'never-had-a-key']);
  expect(await keys.seal(plains(['a', 'never-had-a-key']))).toEqual([undefined, undefined]);
  await keys.seal(plains(['b']));
  await keys.retire(['b']);
  await keys.destroy(['b'], 6);
  expect(await keys.seal(plains(['b']))).toEqual([undefined]);
  expect(await (await restart()).tombstones()).toHaveLength(3);
};

const retiresElsewhereToo: KeysBehaviour = async ({ keys, beside, letDestructionsSpread }) => {
  const other = await beside();
  const sealed = await sealedBy(other, plains(['a', 'b']));
  await keys.retire(['a']);
  const again = await sealedBy(keys, plains(['a']));
  await letDestructionsSpread();
  expect(await codeOf(() => other.open(sealed.slice(0, 1)))).toBe('KEYS_SEALED_BROKEN');
  expect(texts(await other.open([...again, ...sealed.slice(1)]))).toEqual(texts([PLAIN, PLAIN]));
};

const forgetsWhatItRemembers: KeysBehaviour = async ({ keys, beside }) => {
  const other = await beside();
  const sealed = await sealedBy(other, plains(['a', 'b', 'c']));
  await keys.destroy(['a'], 5);
  await keys.retire(['b']);
  await other.forget(['a', 'b', 'never-had-a-key']);
  expect(await other.open(sealed.slice(0, 1))).toEqual([undefined]);
  expect(await codeOf(() => other.open(sealed.slice(1, 2)))).toBe('KEYS_SEALED_BROKEN');
  expect(texts(await other.open(sealed.slice(2)))).toEqual(texts([PLAIN]));
  expect(await other.seal(plains(['a']))).toEqual([undefined]);
};

const DAY_MS = 86_400_000;
const EXPIRY = Date.UTC(2026, 8, 7, 15);
const until = (stream: string, expiresAt?: number): Unsealed => ({
  stream,
  plain: PLAIN,
  ...(expiresAt !== undefined && { expiresAt }),
});

const retiresWhatHasAged: KeysBehaviour = async ({ keys, age, restart }) => {
  const sealed = await sealedBy(keys, [until('a', EXPIRY), until('b'), until('c', EXPIRY)]);
  await keys.destroy(['c'], 5);
  await age(EXPIRY + DAY_MS - 1);
  expect(texts(await keys.open(sealed.slice(0, 2)))).toEqual(texts([PLAIN, PLAIN]));
  await age(EXPIRY + 2 * DAY_MS);
  await keys.forget(['a']);
  expect(await codeOf(() => keys.open(sealed.slice(0, 1)))).toBe('KEYS_SEALED_BROKEN');
  expect(texts(await keys.open(sealed.slice(1)))).toEqual([texts([PLAIN])[0], undefined]);
  expect(await keys.tombstones()).toEqual([{ stream: 'c', destroyedAt: 5 }]);
  const again = await sealedBy(keys, [until('a', EXPIRY + 9 * DAY_MS)]);
  expect(texts(await (await restart()).open(again))).toEqual(texts([PLAIN]));
};

const goesByTheLatestExpiry: KeysBehaviour = async ({ keys, age }) => {
  const later = EXPIRY + 10 * DAY_MS;
  const first = await sealedBy(
    keys,
    ['a', 'b', 'c'].map((stream) => until(stream, EXPIRY)),
  );
  await sealedBy(keys, [until('d')]);
  await keys.seal([until('a', later), until('b')]);
  await keys.seal([until('a', EXPIRY), until('d', EXPIRY)]);
  await age(EXPIRY + 2 * DAY_MS);
  await keys.forget(['a', 'b', 'c', 'd']);
  expect(texts(await keys.open(first.slice(0, 2)))).toEqual(texts([PLAIN, PLAIN]));
  expect(await codeOf(() => keys.open(first.slice(2)))).toBe('KEYS_SEALED_BROKEN');
  await age(later + 2 * DAY_MS);
  await keys.forget(['a', 'b']);
  expect(await codeOf(() => keys.open(first.slice(0, 1)))).toBe('KEYS_SEALED_BROKEN');
  expect(texts(await keys.open(first.slice(1, 2)))).toEqual(texts([PLAIN]));
  const d = await sealedBy(keys, [until('d')]);
  expect(texts(await keys.open(d))).toEqual(texts([PLAIN]));
};

const sealsUnderAKeyThatLasts: KeysBehaviour = async ({ keys, beside, age }) => {
  const other = await beside();
  await sealedBy(other, [until('a', EXPIRY), until('b', EXPIRY)]);
  await age(EXPIRY + 2 * DAY_MS);
  // The other still remembers the key that went; it must not seal with it for longer than that lasted.
  const sealed = await sealedBy(other, [until('a', EXPIRY + 9 * DAY_MS), until('b')]);
  expect(texts(await keys.open(sealed))).toEqual(texts([PLAIN, PLAIN]));
  await age(EXPIRY + 8 * DAY_MS);
  expect(texts(await keys.open(sealed))).toEqual(texts([PLAIN, PLAIN]));
};

const destructionWinsARace: KeysBehaviour = async ({ keys, beside, restart }) => {
  const other = await beside();
  const streams = numbered(60);
  const batches = Array.from({ length: 6 }, (_, i) => streams.slice(i * 10, i * 10 + 10));
  await Promise.all(
    batches.flatMap((batch) => [
      (async () => other.seal(plains(batch)))(),
      keys.destroy(batch, 5),
      (async () => keys.seal(plains(batch)))(),
    ]),
  );
  expect((await keys.seal(plains(streams))).filter(Boolean)).toEqual([]);
  expect((await (await restart()).seal(plains(streams))).filter(Boolean)).toEqual([]);
};

const erasesTheBytes: KeysBehaviour = async (harness) => {
  const { keys, wrappedKey, isOnDisk, capabilities } = harness;
  const streams = numbered(30);
  await keys.seal(plains(streams));
  const wrapped = await wrappedKey(streams[7] ?? '');
  if (!wrapped) throw new Error('the stream has no stored key');
  await keys.destroy([streams[7] ?? ''], 5);
  expect(await wrappedKey(streams[7] ?? '')).not.toEqual(wrapped);
  if (capabilities.overwritesAtOnce !== true) return;
  const kept = await wrappedKey(streams[8] ?? '');
  // The scan must be able to find what is there, or it says nothing about what is not.
  expect(await isOnDisk(kept ?? PLAIN)).toBe(true);
  expect(await isOnDisk(wrapped)).toBe(false);
};

const refusesAnotherMasterKey: KeysBehaviour = async ({ keys, openWith, restart }) => {
  const sealed = await sealedBy(keys, plains(['a']));
  const wrong = new Uint8Array(32).fill(9);
  expect(await codeOf(() => openWith(wrong))).toBe('MASTER_KEY_WRONG');
  expect(await codeOf(() => openWith(wrong.subarray(1)))).toBe('MASTER_KEY_WRONG');
  expect(texts(await (await restart()).open(sealed))).toEqual(texts([PLAIN]));
};

const fingerprintsPerPlatform: KeysBehaviour = async ({ keys, restart, another }) => {
  const values = [utf8('+31612345678'), utf8(''), utf8('+31612345678'), utf8('+31612345679')];
  const prints = (await keys.fingerprint(values)).map(toHex);
  expect(prints.every((print) => /^[0-9a-f]{64}$/.test(print))).toBe(true);
  expect(prints[0]).toBe(prints[2]);
  expect(new Set(prints).size).toBe(3);
  const hex = async (of: Keys) => (await of.fingerprint(values)).map(toHex);
  expect(await hex(await restart())).toEqual(prints);
  const others = await hex(await another());
  expect(others.filter((print) => prints.includes(print))).toEqual([]);
};

/** By title; the README of this port names them. */
export const keysBehaviours: Readonly<Record<string, KeysBehaviour>> = {
  'opens what it sealed, one answer each, in order': answersInOrder,
  'answers an empty batch with nothing': answersNothingToNothing,
  'seals empty and large plains': sealsAnySize,
  'hides the plain, and seals it differently each time': hidesThePlain,
  'opens sealed bytes with no other stream': bindsToTheStream,
  'names any changed or missing byte': noticesEveryChange,
  'tells a lost key from a destroyed one': tellsLossFromErasure,
  'opens after a restart what was sealed before': survivesARestart,
  'ends with one key when several processes create it at once': oneKeyWhoeverCreatesIt,
  'never seals or opens under a destroyed key, nor after a restart': neverOpensAgain,
  'leaves every other key as it is, byte for byte': leavesOthersAlone,
  'lists each tombstone with its first time': listsTombstones,
  'spreads a destruction to other processes': destroysElsewhereToo,
  'removes a retired key without a tombstone, and gives the stream a new one': retiresWithoutATrace,
  'keeps tombstones when their streams are retired': retiresNoTombstone,
  'spreads a retirement to other processes': retiresElsewhereToo,
  'retires a key a day after the expiry it was sealed with, and no other': retiresWhatHasAged,
  'goes by the latest expiry, and keeps what was sealed without one': goesByTheLatestExpiry,
  'seals with no key that goes before what is sealed': sealsUnderAKeyThatLasts,
  'asks the store again for what it was told to forget': forgetsWhatItRemembers,
  'lets a destruction win against creation at the same time': destructionWinsARace,
  'erases the bytes of a destroyed key': erasesTheBytes,
  'refuses another master key and harms nothing': refusesAnotherMasterKey,
  'fingerprints alike over restarts and differently on each platform': fingerprintsPerPlatform,
};

export const keysContract = (adapter: string, make: () => Promise<KeysHarness>): void => {
  describe(`keys on ${adapter}`, () => {
    for (const [title, behaviour] of Object.entries(keysBehaviours))
      it(title, async () => {
        const harness = await make();
        try {
          await behaviour(harness);
        } finally {
          await harness.dispose();
        }
      });
  });
};
