import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { IndexingWorld, never } from './indexing-world.js';

const TALK = 'conversation/guesty.main.talk';

let world: IndexingWorld;
beforeEach(async () => {
  world = await IndexingWorld.open();
});
afterEach(() => world.parts.close());

/** As a first start has it: what was indexed before belongs to no version. */
const firstLook = async (): Promise<void> => {
  const { ended } = await world.knowledge.keepIndex(never);
  expect(ended?.state).toBe('switched');
};

const sweepAll = async () => {
  let differing = 0;
  for (let page = 0; page < 60; page++)
    differing += (await world.knowledge.keepIndex(never)).swept?.differing ?? 0;
  return differing;
};

describe('a rebuild of the index', () => {
  it('begins by itself where no version or another one made the index, and makes it whole', async () => {
    await world.message('m1', 'Nobody signalled this.');
    await firstLook();
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    expect((await world.knowledge.pointer.open()).live.generation).toBe(2);
    // Done once: the next look sweeps.
    expect((await world.knowledge.keepIndex(never)).ended).toBeUndefined();
  });

  it('compares, and switches only if it was asked to', async () => {
    await firstLook();
    await world.message('m1', 'Nobody signalled this.');
    const compared = await world.rebuild();
    expect(compared).toMatchObject({
      state: 'different',
      result: { switched: false, comparison: { differences: 1 } },
    });
    expect(await world.recordsIn(TALK)).toEqual([]);
    expect(await world.rebuild(true)).toMatchObject({ state: 'switched' });
    expect(await world.recordsIn(TALK)).toEqual(['guest_message/m1']);
    expect(await world.rebuild()).toMatchObject({ state: 'equal' });
  });

  it('gets every change that is indexed while it is built', async () => {
    await firstLook();
    await world.message('m1', 'First');
    const building = await world.knowledge.pointer.build();
    await world.message('m2', 'Second', 'guesty.main.other');
    await world.knowledge.indexRecord('guest_message', 'm2');
    const names = ['conversation/guesty.main.other'];
    const [state] = await world.index.states(building.generation, names);
    expect(state?.passages).toBe(1);
  });

  it('goes on where it was after a stop, and leaves nothing when it is cancelled', async () => {
    await firstLook();
    const { rebuilds, keepIndex, pointer } = world.knowledge;
    for (let i = 0; i < 80; i++) await world.put('review', `guesty.main.r${i}`, { text: 'Good' });
    await rebuilds.ask('r', { switch: true, acceptChanges: false });
    const stopping = new AbortController();
    stopping.abort();
    expect((await keepIndex(stopping.signal)).ended).toBeUndefined();
    expect(await rebuilds.find('r')).toMatchObject({ state: 'running' });
    const { building } = await pointer.open();
    expect(await rebuilds.cancel()).toBe(1);
    await rebuilds.ask('s', { switch: false, acceptChanges: false });
    await keepIndex(never);
    expect((await pointer.open()).building).toBeUndefined();
    expect((await pointer.left()).map(({ generation }) => generation)).toContain(
      building?.generation,
    );
  });

  it('drops what a switch left, once no question can still be asking it', async () => {
    await world.message('m1', 'Something');
    await world.knowledge.indexRecord('guest_message', 'm1');
    await firstLook();
    expect((await world.index.list(1, { limit: 10 })).items).toHaveLength(1);
    world.parts.clock.pass(61_000);
    expect((await world.knowledge.keepIndex(never)).dropped).toBe(1);
    expect((await world.index.list(1, { limit: 10 })).items).toEqual([]);
    expect(await world.knowledge.pointer.left()).toEqual([]);
  });
});

describe('the sweep', () => {
  beforeEach(firstLook);

  it('finds what nobody signalled, in records and in the index', async () => {
    await world.message('m1', 'In time');
    await world.knowledge.indexRecord('guest_message', 'm1');
    expect(await sweepAll()).toBe(0);
    await world.message('m2', 'Nobody signalled this.', 'guesty.main.other');
    await world.erase('guest_message', 'm1');
    expect(await sweepAll()).toBeGreaterThanOrEqual(2);
    await world.knowledge.indexWanted(never);
    expect(await world.differing()).toEqual([]);
    expect(await world.recordsIn(TALK)).toEqual([]);
  });

  it('takes out kinds that a setting excludes, at once', async () => {
    await world.put('review', 'guesty.main.r1', { text: 'Lovely house' });
    await world.knowledge.indexRecord('review', 'guesty.main.r1');
    await sweepAll();
    const without = world.start(() => ({ excludedKinds: new Set(['review']) }));
    expect((await without.keepIndex(never)).swept?.differing).toBeGreaterThanOrEqual(1);
    await without.indexWanted(never);
    const { live } = await without.pointer.open();
    expect(await world.index.unitsOf(live.generation, ['review/guesty.main.r1'])).toEqual([]);
  });
});
