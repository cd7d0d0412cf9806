import { expect } from '@jest/globals';

import {
  at,
  begun,
  DIMENSION,
  nearBy,
  nearestTo,
  vectorFor,
} from './search-index-directions.contract.js';
import {
  allUnits,
  asking,
  expectFault,
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

export const lifetime: SearchIndexBehaviours = {
  'keeps passages, fences, words and counts over a restart': async (world) => {
    const { index, generation, harness } = world;
    await index.replace(generation, [
      unitOf('call/1', ['wifi code'], { position: 5 }),
      unitOf('call/2', ['gone'], { position: 5 }),
      unitOf('thread/1', [{ text: 'wifi', records: ['message/1'] }]),
    ]);
    await index.replace(generation, [unitOf('call/2', [], { position: 6 })]);
    const before = await index.find(generation, asking('wifi'));
    const again = await harness.restart();
    expect(await again.find(generation, asking('wifi'))).toEqual(before);
    expect(await again.statistics(generation, [])).toMatchObject({
      passages: 2,
      averageLength: 1.5,
    });
    expect(await again.count(generation, ['wifi', 'code', 'gone'])).toEqual([2, 1, 0]);
    expect(await again.unitsOf(generation, ['message/1', 'call/1'])).toHaveLength(2);
    const late = [
      unitOf('call/1', ['x'], { position: 4 }),
      unitOf('call/2', ['x'], { position: 5 }),
    ];
    expect(await again.replace(generation, late)).toEqual(['stale', 'stale']);
    await again.replace(generation, [unitOf('call/1', [], { position: 6 })]);
    expect(await again.count(generation, ['wifi', 'code'])).toEqual([1, 0]);
  },

  'keeps what was dropped away over a restart': async ({ index, generation, harness }) => {
    await index.replace(generation, [unitOf('call/1', ['wifi'])]);
    await index.drop(generation);
    const again = await harness.restart();
    expect(await again.list(generation, { limit: 1 })).toEqual({ items: [] });
    expect(await again.find(generation, asking('wifi'))).toEqual([]);
  },

  'keeps vectors, and what lacks them, over a restart': async (world) => {
    const { index, generation, harness } = await begun(world);
    const lacking = unitOf('call/2', ['two']);
    await index.replace(generation, [
      unitOf('call/1', [{ text: 'one', vector: at(20) }]),
      lacking,
      unitOf('call/3', [{ text: 'three', vector: at(0) }]),
    ]);
    await index.replace(generation, [unitOf('call/3', [], { position: 2 })]);
    const before = await index.nearest(generation, nearestTo(at(0)));
    const again = await harness.restart();
    expect(before).toHaveLength(1);
    expect(await again.nearest(generation, nearestTo(at(0)))).toEqual(before);
    expect(await again.withoutVectors(generation, { limit: 9 })).toEqual(['call/2']);
    await expectFault(again.begin(generation, { dimension: 3 }), 'SEARCH_INDEX_DIMENSION');
    const put = lacking.passages.map((passage) => vectorFor(passage, at(10)));
    expect(await again.putVectors(generation, put)).toEqual(['written']);
    const after = { index: await harness.restart(), generation };
    expect(await nearBy(after, at(0))).toEqual(['call/2', 'call/1']);
  },

  'keeps every replacement that was answered while it was being stopped': async (world) => {
    const { index, generation, harness } = world;
    const names = numbered('call', 120);
    const writes = names.map((unit) => index.replace(generation, [unitOf(unit, ['wifi'])]));
    const [again, outcomes] = await Promise.all([harness.restart(), Promise.allSettled(writes)]);
    const answered = names.filter((_, i) => outcomes[i]?.status === 'fulfilled');
    const after = { index: again, generation };
    const kept = (await allUnits(after, 50)).map(({ unit }) => unit);
    expect(kept).toEqual(expect.arrayContaining(answered));
    expect(await foundBy(after, 'wifi', { limit: 500 })).toEqual([...kept].sort());
  },

  'says that it cannot be reached': async ({ generation, harness }) => {
    const away = await harness.unreachable();
    const asked = [
      () => away.replace(generation, [unitOf('call/1', ['wifi'])]),
      () => away.find(generation, asking('wifi')),
      () => away.statistics(generation, []),
      () => away.states(generation, ['call/1']),
      () => away.unitsOf(generation, ['call/1']),
      () => away.list(generation, { limit: 1 }),
      () => away.drop(generation),
      () => away.near(generation, ['wifi']),
      () => away.beginning(generation, ['wifi'], 1),
      () => away.count(generation, ['wifi']),
      () => away.begin(generation, { dimension: DIMENSION }),
      () => away.putVectors(generation, [vectorFor({ id: '', hash: '' }, at(0))]),
      () => away.withoutVectors(generation, { limit: 1 }),
      () => away.nearest(generation, nearestTo(at(0))),
      () => away.nearness(generation, at(0), ['']),
    ];
    for (const ask of asked) await expectFault(ask(), 'SEARCH_INDEX_UNAVAILABLE');
  },
};
