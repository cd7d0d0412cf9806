import { expect } from '@jest/globals';

import {
  allUnits,
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

export const generations: SearchIndexBehaviours = {
  'keeps generations apart': async (world) => {
    const { index, generation } = world;
    const other = { ...world, generation: world.another() };
    await index.replace(generation, [unitOf('call/1', ['old'], { position: 9 })]);
    expect(await index.replace(other.generation, [unitOf('call/1', ['new'])])).toEqual(['written']);
    expect([await foundBy(world, 'old new'), await foundBy(other, 'old')]).toEqual([
      ['call/1'],
      [],
    ]);
    expect(await index.count(generation, ['old', 'new'])).toEqual([1, 0]);
    expect(await index.states(other.generation, ['call/1'])).toMatchObject([
      { fence: { position: 1 } },
    ]);
    expect(await index.unitsOf(other.generation, ['call/1'])).toEqual(['call/1']);
    expect(await index.statistics(generation, [])).toMatchObject({ passages: 1 });
  },

  'drops one generation and leaves the others': async (world) => {
    const { index, generation } = world;
    const other = { ...world, generation: world.another() };
    for (const { generation: each } of [world, other])
      await index.replace(each, [unitOf('call/1', ['wifi'], { position: 9 })]);
    await index.drop(generation);
    await index.drop(generation);
    expect(await foundBy(world, 'wifi')).toEqual([]);
    expect(await index.states(generation, ['call/1'])).toEqual([undefined]);
    expect(await index.list(generation, { limit: 1 })).toEqual({ items: [] });
    expect(await index.count(generation, ['wifi'])).toEqual([0]);
    expect(await index.near(generation, ['wifi'])).toEqual([[]]);
    expect(await index.statistics(generation, [])).toMatchObject({ passages: 0 });
    expect(await foundBy(other, 'wifi')).toEqual(['call/1']);
    expect(await index.count(other.generation, ['wifi'])).toEqual([1]);
  },

  'begins a generation again that was dropped': async (world) => {
    const { index, generation } = world;
    await index.replace(generation, [unitOf('call/1', ['old'], { position: 9 })]);
    expect(await index.near(generation, ['old'])).toEqual([[{ word: 'old', units: 1 }]]);
    await index.drop(generation);
    expect(await index.replace(generation, [unitOf('call/1', ['new'])])).toEqual(['written']);
    expect(await foundBy(world, 'old new')).toEqual(['call/1']);
    expect(await index.near(generation, ['old', 'new'])).toEqual([[], [{ word: 'new', units: 1 }]]);
  },

  'answers from one generation while the next is built and the last one goes': async (world) => {
    const { index } = world;
    const serving = { ...world, generation: world.another() };
    const next = { ...world, generation: world.another() };
    const names = numbered('call', 200);
    const last = names.map((unit) => unitOf(unit, ['wifi']));
    await index.replace(world.generation, last);
    await index.replace(serving.generation, last);
    const building = Promise.all(
      names.map((unit) => index.replace(next.generation, [unitOf(unit, ['wifi', 'code'])])),
    );
    let isOver = false;
    const over = Promise.all([building, index.drop(world.generation)]).then(() => (isOver = true));
    let asked = 0;
    for (; !isOver || asked < 3; asked++)
      expect(await foundBy(serving, 'wifi', { limit: 500 })).toHaveLength(200);
    await over;
    expect(await foundBy(next, 'wifi', { limit: 500 })).toHaveLength(200);
    expect(await allUnits(next, 100)).toHaveLength(200);
  },

  'ends whole, dropped while others write to it': async (world) => {
    const { index, generation } = world;
    const writes = numbered('call', 60).map((unit, i) =>
      i === 30
        ? index.drop(generation).then(() => [])
        : index.replace(generation, [unitOf(unit, ['wifi'])]),
    );
    await Promise.all(writes);
    const listed = (await allUnits(world, 100)).map(({ unit }) => unit).sort();
    expect(await foundBy(world, 'wifi')).toEqual(listed);
    expect(await index.count(generation, ['wifi'])).toEqual([listed.length]);
  },
};
