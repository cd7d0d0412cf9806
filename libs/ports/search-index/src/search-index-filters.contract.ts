import { expect } from '@jest/globals';

import {
  asking,
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

const oddNames = ['', 'a', 'a ', 'A', 'ä', 'a:b', 'a b', "a'b", 'a"b', 'a*', '🛎', 'x'.repeat(900)];

export const filters: SearchIndexBehaviours = {
  'finds what is about one of the scopes, and nothing else': async (world) => {
    await world.index.replace(world.generation, [
      unitOf('call/1', [{ text: 'wifi', scope: ['listing/1', 'guest/1'] }]),
      unitOf('call/2', [{ text: 'wifi', scope: ['listing/2'] }]),
      unitOf('call/3', [{ text: 'wifi' }]),
    ]);
    expect(await foundBy(world, 'wifi')).toEqual(['call/1', 'call/2', 'call/3']);
    expect(await foundBy(world, 'wifi', { scope: ['listing/1'] })).toEqual(['call/1']);
    expect(await foundBy(world, 'wifi', { scope: ['guest/1', 'listing/2'] })).toEqual([
      'call/1',
      'call/2',
    ]);
    expect(await foundBy(world, 'wifi', { scope: ['listing/9'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { scope: [] })).toEqual([]);
  },

  'finds only what one of those who ask may read': async (world) => {
    await world.index.replace(world.generation, [
      unitOf('call/1', [{ text: 'wifi', audience: ['room/1', 'room/2'] }]),
      unitOf('call/2', [{ text: 'wifi', audience: ['room/3'] }]),
      unitOf('call/3', [{ text: 'wifi', audience: [] }]),
    ]);
    expect(await foundBy(world, 'wifi', { audience: ['room/2'] })).toEqual(['call/1']);
    expect(await foundBy(world, 'wifi', { audience: ['room/2', 'room/3'] })).toEqual([
      'call/1',
      'call/2',
    ]);
    expect(await foundBy(world, 'wifi', { audience: ['room'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { audience: [] })).toEqual([]);
  },

  'filters each passage of a unit by itself': async ({ index, generation }) => {
    await index.replace(generation, [
      unitOf('call/1', [
        { text: 'wifi one', audience: ['a'], scope: ['x'] },
        { text: 'wifi two', audience: ['b'], scope: ['x'] },
        { text: 'wifi three', audience: ['a'], scope: ['y'] },
      ]),
    ]);
    const query = asking('wifi', { audience: ['a'], scope: ['x'] });
    expect(await index.find(generation, query)).toMatchObject([
      { passage: { hash: 'hash of wifi one' } },
    ]);
  },

  'finds the kinds that are asked for': async (world) => {
    await world.index.replace(world.generation, [
      unitOf('call/1', ['wifi'], { kind: 'call' }),
      unitOf('note/1', ['wifi'], { kind: 'note' }),
      unitOf('stay/1', ['wifi'], { kind: 'stay' }),
    ]);
    expect(await foundBy(world, 'wifi', { kinds: ['note', 'stay'] })).toEqual(['note/1', 'stay/1']);
    expect(await foundBy(world, 'wifi', { kinds: ['no'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { kinds: [] })).toEqual([]);
  },

  'finds what overlaps a time, and what has none': async (world) => {
    const day = 86_400_000;
    await world.index.replace(world.generation, [
      unitOf('call/before', [{ text: 'wifi', from: day, to: 2 * day }]),
      unitOf('call/into', [{ text: 'wifi', from: 2 * day, to: 5 * day }]),
      unitOf('call/around', [{ text: 'wifi', from: 0, to: 900 * day }]),
      unitOf('call/within', [{ text: 'wifi', from: 5 * day, to: 5 * day }]),
      unitOf('call/after', [{ text: 'wifi', from: 7 * day, to: 8 * day }]),
      unitOf('call/timeless', ['wifi']),
    ]);
    const found = await foundBy(world, 'wifi', { from: 4 * day, to: 6 * day });
    expect(found).toEqual(['call/around', 'call/into', 'call/timeless', 'call/within']);
    expect(await foundBy(world, 'wifi', { from: 2 * day, to: 2 * day })).toHaveLength(4);
    expect(await foundBy(world, 'wifi', { from: 6 * day })).toEqual([
      'call/after',
      'call/around',
      'call/timeless',
    ]);
    expect(await foundBy(world, 'wifi', { to: day - 1 })).toEqual(['call/around', 'call/timeless']);
  },

  'counts towards the limit only what passes every filter': async (world) => {
    const { index, generation } = world;
    const mine = {
      text: 'wifi filler filler filler',
      scope: ['mine'],
      audience: ['me'],
      from: 9,
      to: 9,
    };
    const others = [
      { ...mine, text: 'wifi wifi wifi', audience: ['you'] },
      { ...mine, text: 'wifi wifi wifi', scope: ['yours'] },
      { ...mine, text: 'wifi wifi wifi', from: 1, to: 1 },
    ];
    // All of these would come first, were they not filtered.
    const louder = numbered('loud', 40).flatMap((unit, i) => {
      const other = others[i % others.length] ?? mine;
      return [
        unitOf(`call/${unit}`, [other]),
        unitOf(`note/${unit}`, ['wifi wifi'], { kind: 'note' }),
      ];
    });
    await index.replace(generation, [...louder, unitOf('call/mine', [mine])]);
    const query = { audience: ['me'], scope: ['mine'], kinds: ['call'], from: 5, to: 9 };
    expect(await foundBy(world, 'wifi', { ...query, limit: 1 })).toEqual(['call/mine']);
    expect(await foundBy(world, 'wifi', { audience: ['me'], limit: 40 })).toContain('call/mine');
  },

  'takes hundreds of terms, scopes, kinds and principals': async (world) => {
    const names = Array.from({ length: 700 }, (_, i) => `name/${i}`);
    await world.index.replace(world.generation, [
      unitOf('call/1', [{ text: 'wifi', scope: names, audience: names }], { kind: 'name/699' }),
      unitOf('call/2', [{ text: 'wifi', scope: ['name/1'], audience: ['other'] }]),
    ]);
    const given = { scope: names, audience: names, kinds: names };
    expect(await foundBy(world, `${names.join(' ')} wifi`, given)).toEqual(['call/1']);
  },

  'filters by any text exactly': async (world) => {
    const { index, generation } = world;
    const units = oddNames.map((name, i) =>
      unitOf(`call/${i}`, [{ text: 'wifi', scope: [name], audience: ['all', name] }], {
        kind: name || 'none',
      }),
    );
    await index.replace(generation, units);
    for (const [i, name] of oddNames.entries()) {
      expect(await foundBy(world, 'wifi', { scope: [name] })).toEqual([`call/${i}`]);
      expect(await foundBy(world, 'wifi', { audience: [name] })).toEqual([`call/${i}`]);
      expect(await foundBy(world, 'wifi', { kinds: [name || 'none'] })).toEqual([`call/${i}`]);
    }
  },

  'filters by the newest kind, scope, audience and time of a unit': async (world) => {
    const { index, generation } = world;
    const before = { text: 'wifi', scope: ['a'], audience: ['a'], from: 1, to: 1 };
    const after = { text: 'wifi', scope: ['b'], audience: ['b'], from: 2, to: 2 };
    await index.replace(generation, [unitOf('call/1', [before], { kind: 'a' })]);
    await index.replace(generation, [unitOf('call/1', [after], { kind: 'b', position: 2 })]);
    const all = { audience: ['a', 'b'] };
    expect(await foundBy(world, 'wifi', { audience: ['a'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { ...all, scope: ['a'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { ...all, kinds: ['a'] })).toEqual([]);
    expect(await foundBy(world, 'wifi', { ...all, to: 1 })).toEqual([]);
    const now = { audience: ['b'], scope: ['b'], kinds: ['b'], from: 2 };
    expect(await foundBy(world, 'wifi', now)).toEqual(['call/1']);
  },
};
