import { expect } from '@jest/globals';

import {
  foundBy,
  shuffled,
  unitOf,
  type GivenUnit,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

const most = Number.MAX_SAFE_INTEGER;
const at = (fence: GivenUnit, text = 'word') => unitOf('call/one', [text], fence);

export const fences: SearchIndexBehaviours = {
  'writes over an older position and not over a newer one': async (world) => {
    const { index, generation } = world;
    expect(await index.replace(generation, [at({ position: 5 }, 'five')])).toEqual(['written']);
    expect(await index.replace(generation, [at({ position: 4 }, 'four')])).toEqual(['stale']);
    expect(await foundBy(world, 'four')).toEqual([]);
    expect(await foundBy(world, 'five')).toEqual(['call/one']);
    expect(await index.replace(generation, [at({ position: 6 }, 'six')])).toEqual(['written']);
    expect([await foundBy(world, 'five'), await foundBy(world, 'six')]).toEqual([[], ['call/one']]);
    expect(await index.count(generation, ['four', 'five', 'six'])).toEqual([0, 0, 1]);
  },

  'overwrites at an equal fence': async (world) => {
    const { index, generation } = world;
    await index.replace(generation, [at({ position: 5 }, 'first')]);
    expect(await index.replace(generation, [at({ position: 5 }, 'again')])).toEqual(['written']);
    expect([await foundBy(world, 'first'), await foundBy(world, 'again')]).toEqual([
      [],
      ['call/one'],
    ]);
  },

  'compares the generation of the records first, then the era, then the position': async ({
    index,
    generation,
  }) => {
    const rising = [
      { generation: 1, era: 1, position: 900 },
      { generation: 1, era: 2, position: 3 },
      { generation: 2, era: 1, position: 1 },
    ];
    for (const fence of rising)
      expect(await index.replace(generation, [at(fence)])).toEqual(['written']);
    const late = [
      { generation: 1, era: 9, position: 900 },
      { generation: 2, era: 0, position: 900 },
      { generation: 2, era: 1, position: 0 },
    ].map((fence) => at(fence));
    expect(await index.replace(generation, late)).toEqual(['stale', 'stale', 'stale']);
    expect(await index.states(generation, ['call/one'])).toMatchObject([{ fence: rising[2] }]);
  },

  'compares eras and positions as large as they get': async ({ index, generation }) => {
    const rising = [
      { era: most - 1, position: most - 1 },
      { era: most - 1, position: most },
      { era: most, position: 1 },
    ];
    for (const fence of rising)
      expect(await index.replace(generation, [at(fence)])).toEqual(['written']);
    expect(await index.replace(generation, [at(rising[1] ?? {})])).toEqual(['stale']);
  },

  'still fences with a unit that was emptied': async (world) => {
    const { index, generation } = world;
    await index.replace(generation, [at({ position: 3 })]);
    const emptied = unitOf('call/one', [], { position: 5 });
    expect(await index.replace(generation, [emptied])).toEqual(['written']);
    expect(await foundBy(world, 'word')).toEqual([]);
    expect(await index.replace(generation, [at({ position: 4 })])).toEqual(['stale']);
    expect(await foundBy(world, 'word')).toEqual([]);
    expect(await index.states(generation, ['call/one'])).toMatchObject([
      { passages: 0, fence: { position: 5 } },
    ]);
    expect(await index.replace(generation, [at({ position: 6 })])).toEqual(['written']);
    expect(await foundBy(world, 'word')).toEqual(['call/one']);
  },

  'fences with a unit that never had a passage': async (world) => {
    const { index, generation } = world;
    await index.replace(generation, [unitOf('call/one', [], { position: 5 })]);
    expect(await index.replace(generation, [at({ position: 4 })])).toEqual(['stale']);
    expect(await foundBy(world, 'word')).toEqual([]);
  },

  'takes the same unit several times in one batch, in order': async (world) => {
    const { index, generation } = world;
    const batch = [2, 3, 1, 7, 6].map((position) => at({ position }, `at${position}`));
    expect(await index.replace(generation, batch)).toEqual([
      'written',
      'written',
      'stale',
      'written',
      'stale',
    ]);
    const found = await Promise.all([2, 3, 1, 7, 6].map((i) => foundBy(world, `at${i}`)));
    expect(found).toEqual([[], [], [], ['call/one'], []]);
  },

  'ends with the newest fence of those who write at the same time': async (world) => {
    const { index, generation } = world;
    const positions = Array.from({ length: 24 }, (_, i) => i + 1);
    const writes = [1, 2, 3].flatMap((seed) => shuffled(positions, seed));
    await Promise.all(
      writes.map((position) => index.replace(generation, [at({ position }, `at${position}`)])),
    );
    const found = await Promise.all(positions.map((i) => foundBy(world, `at${i}`)));
    expect(found.flat()).toEqual(['call/one']);
    expect(found.at(-1)).toEqual(['call/one']);
    expect(await index.statistics(generation, [])).toMatchObject({ passages: 1 });
  },
};
