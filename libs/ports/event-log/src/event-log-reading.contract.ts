import { expect } from '@jest/globals';

import { derivedId, toHex } from '#libs/kernel';

import {
  draft,
  drafts,
  NEVER,
  readAll,
  START,
  type EventLogBehaviours,
} from './event-log-world.contract.js';

export const reading: EventLogBehaviours = {
  'reads ranges that begin and end inside commits': async ({ log }) => {
    for (const name of ['a', 'b', 'c']) await log.observe(await drafts(name, 5));
    for (const [after, limit, expected] of [
      [0, 3, [1, 2, 3]],
      [3, 4, [4, 5, 6, 7]],
      [6, 5, [7, 8, 9, 10, 11]],
      [14, 5, [15, 16]],
      [15, 1, [16]],
    ] as const)
      expect((await log.read(after, limit)).map(({ position }) => position)).toEqual(expected);
    for (const page of [1, 2, 3, 5, 16, 100])
      expect((await readAll(log, 0, page)).map(({ position }) => position)).toEqual(
        Array.from({ length: 16 }, (_, i) => i + 1),
      );
  },

  'reads nothing at and beyond the head': async ({ log }) => {
    await log.observe(await drafts('a', 2));
    expect(await log.read(3, 10)).toEqual([]);
    expect(await log.read(1000, 10)).toEqual([]);
  },

  'reads one stream, and none whose name begins alike': async ({ log }) => {
    const names = ['guest/1', 'guest/10', 'guest/1/stay', 'guest/1A', 'guest', 'Guest/1'];
    for (const round of [1, 2, 3])
      await log.observe(
        await Promise.all(names.map((stream) => draft(`${stream}#${round}`, { stream }))),
      );
    const facts = await log.stream('guest/1', 0, 10);
    expect(facts.map(({ data }) => data)).toEqual([
      '{"name":"guest/1#1"}',
      '{"name":"guest/1#2"}',
      '{"name":"guest/1#3"}',
    ]);
    const [first, second] = facts;
    expect(await log.stream('guest/1', first?.version ?? 0, 1)).toEqual([second]);
    expect(await log.stream('guest/2', 0, 10)).toEqual([]);
  },

  'numbers an observed stream by position': async ({ log }) => {
    await log.observe(await drafts('a', 3));
    const facts = await log.stream('test/thing', 0, 10);
    expect(facts.map(({ version }) => version)).toEqual([2, 3, 4]);
    expect(facts.map(({ position }) => position)).toEqual([2, 3, 4]);
  },

  'finds facts by id, in the order asked, leaving out what is not there': async ({ log }) => {
    const [a, b, c] = await drafts('f', 3);
    if (!a || !b || !c) throw new Error('no drafts');
    await log.observe([a, b]);
    await log.observe([c]);
    const absent = derivedId(1, new Uint8Array(32));
    const found = await log.find([c.id, absent, a.id]);
    expect(found.map(({ position }) => position)).toEqual([4, 2]);
    expect(await log.find([])).toEqual([]);
  },

  'wakes a reader at once when there is something, else when there comes something': async ({
    log,
    store,
  }) => {
    await log.wake(0, NEVER);
    const other = await store.open();
    for (const client of [log, other]) {
      const { position } = await log.head();
      const woken = log.wake(position, NEVER);
      await client.observe([await draft(`from ${client === log}`)]);
      await woken;
      expect(await log.read(position, 10)).toHaveLength(1);
    }
  },

  'wakes a reader that is told to stop, and one that has waited for a while': async ({ log }) => {
    const stop = new AbortController();
    const woken = log.wake(1, stop.signal);
    stop.abort();
    await woken;
    await log.wake(1, stop.signal);
    await log.wake(1, NEVER);
  },

  'makes the same chain of the same appends, on every adapter': async ({ log, clock }) => {
    clock.now = START + 1;
    const personal = Uint8Array.from([1, 2, 3]);
    await log.observe([await draft('a', { personal }), await draft('b')]);
    await log.decide('run/1', 0, await drafts('c', 2, { stream: 'run/1' }));
    const { hash } = await log.beginEra(START + 2);
    expect(toHex(hash)).toBe(FROZEN_HASH);
  },
};

/** If this changes, logs that exist can no longer be verified: the format has changed. */
const FROZEN_HASH = '7ab87b85cdd3e9bcfa084351826147620fe81c071879af3db7a5dab59d671a8d';
