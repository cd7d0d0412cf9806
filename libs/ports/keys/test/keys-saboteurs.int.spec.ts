import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { sqliteKeys } from '#libs/adapters/sqlite';
import { Secret } from '#libs/kernel';
import type { Keys } from '#libs/ports/keys';
import { HonestKeys, OneKeyForAll, RebornKeys } from '#libs/testing';
import { keysBehaviours, type KeysHarness } from '#suites/keys';

type Disguise = new (inner: Keys) => Keys;

/** Enough of a store for what the suite asks of keys alone. */
const withHarness = async (
  disguise: Disguise,
  run: (harness: KeysHarness) => Promise<void>,
): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-keys-'));
  const masterKey = new Secret(new Uint8Array(32));
  const inner = sqliteKeys({ path: join(folder, 'keys.db'), masterKey });
  const keys = new disguise(inner);
  const notAsked = (): Promise<never> => Promise.reject(new Error('not asked of a saboteur'));
  try {
    await run({
      keys,
      restart: async () => keys,
      beside: async () => keys,
      letDestructionsSpread: async () => undefined,
      age: async (now) => void (await inner.sweep(now)),
      race: notAsked,
      openWith: notAsked,
      another: notAsked,
      wrappedKey: async () => undefined,
      isOnDisk: notAsked,
      dispose: async () => undefined,
      capabilities: { overwritesAtOnce: true, spreadsDestructionAtOnce: true },
    });
  } finally {
    inner.close();
    await rm(folder, { recursive: true });
  }
};

const ASKED = [
  'opens what it sealed, one answer each, in order',
  'opens sealed bytes with no other stream',
  'never seals or opens under a destroyed key, nor after a restart',
  'leaves every other key as it is, byte for byte',
  'lists each tombstone with its first time',
  'spreads a destruction to other processes',
  'lets a destruction win against creation at the same time',
];

const rejectedBy = async (disguise: Disguise): Promise<string[]> => {
  const rejected: string[] = [];
  for (const title of ASKED) {
    const behaviour = keysBehaviours[title];
    if (!behaviour) throw new Error(`the suite has no behaviour "${title}"`);
    await withHarness(disguise, behaviour).catch(() => rejected.push(title));
  }
  return rejected;
};

describe('the suite of keys', () => {
  it('accepts keys that only look like a saboteur', async () => {
    expect(await rejectedBy(HonestKeys)).toEqual([]);
  });

  it('rejects keys that are made anew after their destruction', async () => {
    expect(await rejectedBy(RebornKeys)).toEqual([
      'never seals or opens under a destroyed key, nor after a restart',
      'leaves every other key as it is, byte for byte',
      'lists each tombstone with its first time',
      'spreads a destruction to other processes',
      'lets a destruction win against creation at the same time',
    ]);
  });

  it('rejects one key for all streams', async () => {
    expect(await rejectedBy(OneKeyForAll)).toEqual([
      'opens sealed bytes with no other stream',
      'never seals or opens under a destroyed key, nor after a restart',
      'leaves every other key as it is, byte for byte',
      'lists each tombstone with its first time',
      'spreads a destruction to other processes',
    ]);
  });
});
