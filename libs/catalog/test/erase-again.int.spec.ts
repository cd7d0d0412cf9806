import { eraseAgain, eraseStreams } from '#libs/catalog';
import { Secret, utf8 } from '#libs/kernel';
import { sqliteKeys } from '#libs/adapters/sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { contact, openCatalog, type CatalogWorld } from './catalog-world.js';

let world: CatalogWorld;

beforeEach(async () => {
  world = await openCatalog();
  await world.project(
    await world.tell(contact('a.7', 'Maya', { delivery: 'd1' }), contact('a.8', 'Otto')),
  );
});
afterEach(() => world.close());

const erase = async (target: string) => {
  const erasing = eraseStreams({
    ...world,
    deliveriesYielding: () => Promise.resolve([]),
    mentioning: () => Promise.resolve({ letters: [], deliveries: [], quarantined: [] }),
    rawOf: () => Promise.resolve(undefined),
  });
  return erasing.erase(await erasing.plan(target), 'Zoe');
};

describe('erasing again', () => {
  it('closes what came back with an old backup of the keys, and only that', async () => {
    await erase('a.7');
    const restored = sqliteKeys({ path: ':memory:', masterKey: new Secret(new Uint8Array(32)) });
    const streams = ['contact/a.7', 'delivery/d1', 'contact/a.8'];
    const sealed = restored.seal(streams.map((stream) => ({ stream, plain: utf8('Maya') })));
    expect(await eraseAgain({ ...world, keys: restored })()).toEqual({ streams: 1 });
    const opened = restored.open(
      streams.map((stream, i) => ({ stream, sealed: sealed[i] ?? new Uint8Array() })),
    );
    expect(opened.map((plain) => plain !== undefined)).toEqual([false, false, true]);
    restored.close();
  });

  it('changes nothing where nothing came back', async () => {
    await erase('a.7');
    const before = await world.keys.tombstones();
    await eraseAgain(world)();
    expect(await world.keys.tombstones()).toEqual(before);
  });

  it('knows of none in a log without erasures', async () => {
    expect(await eraseAgain(world)()).toEqual({ streams: 0 });
  });
});
