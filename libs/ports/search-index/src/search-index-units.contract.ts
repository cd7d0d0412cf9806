import { expect } from '@jest/globals';

import {
  allUnits,
  asking,
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

const odd = [
  'call/a',
  'call/A',
  'call/a ',
  'call/ä',
  'call/$a',
  'call/a.b',
  "call/a'b",
  'call/a"b%_',
  'call/__proto__',
  'call/🛎',
  `call/${'x'.repeat(500)}`,
  '',
];

export const units: SearchIndexBehaviours = {
  'replaces all passages of a unit by the new ones': async (world) => {
    const { index, generation } = world;
    await index.replace(generation, [
      unitOf('call/1', ['one wifi', 'two wifi', 'three wifi']),
      unitOf('call/2', ['one']),
    ]);
    await index.replace(generation, [unitOf('call/1', ['two wifi', 'four'], { position: 2 })]);
    expect(await foundBy(world, 'one')).toEqual(['call/2']);
    expect(await foundBy(world, 'three')).toEqual([]);
    expect(await foundBy(world, 'wifi')).toEqual(['call/1']);
    expect(await foundBy(world, 'two four')).toEqual(['call/1', 'call/1']);
    expect(await index.states(generation, ['call/1'])).toMatchObject([{ passages: 2 }]);
  },

  'answers one outcome and one state each, in order': async ({ index, generation }) => {
    await index.replace(generation, [unitOf('call/2', ['a'], { position: 5, digest: 'two' })]);
    const outcomes = await index.replace(generation, [
      unitOf('call/1', ['a', 'b'], { position: 1, digest: 'one', kind: 'note' }),
      unitOf('call/2', ['a'], { position: 4 }),
      unitOf('call/3', []),
    ]);
    expect(outcomes).toEqual(['written', 'stale', 'written']);
    const asked = ['call/3', 'absent', 'call/1', 'call/2', 'call/1'];
    expect((await index.states(generation, asked)).map((state) => state?.unit)).toEqual([
      'call/3',
      undefined,
      'call/1',
      'call/2',
      'call/1',
    ]);
    const one = {
      ...{ unit: 'call/1', kind: 'note', digest: 'one', passages: 2 },
      fence: { generation: 1, era: 1, position: 1 },
    };
    expect(await index.states(generation, ['call/1'])).toEqual([one]);
  },

  'answers empty lists': async ({ index, generation }) => {
    expect(await index.replace(generation, [])).toEqual([]);
    expect(await index.states(generation, [])).toEqual([]);
    expect(await index.unitsOf(generation, [])).toEqual([]);
    expect(await index.states(generation, ['call/1'])).toEqual([undefined]);
    expect(await index.unitsOf(generation, ['call/1'])).toEqual([]);
    expect(await index.list(generation, { limit: 5 })).toEqual({ items: [] });
  },

  'tells apart units of any name': async (world) => {
    const { index, generation } = world;
    await index.replace(
      generation,
      odd.map((unit, i) => unitOf(unit, [`word${i}`], { digest: `${i}` })),
    );
    const states = await index.states(generation, odd);
    expect(states.map((state) => state?.digest)).toEqual(odd.map((_, i) => `${i}`));
    expect((await allUnits(world, 3)).map(({ unit }) => unit).sort()).toEqual([...odd].sort());
    for (const [i, unit] of odd.entries()) {
      expect(await foundBy(world, `word${i}`)).toEqual([unit]);
      expect(await index.unitsOf(generation, [unit])).toEqual([unit]);
    }
  },

  'knows the units with text of a record': async ({ index, generation }) => {
    const records = (...names: string[]) => ({ text: 'x', records: names });
    await index.replace(generation, [
      unitOf('thread/1', [records('message/1', 'message/2'), records('message/2', 'message/3')]),
      unitOf('thread/2', [records('message/3')]),
      unitOf('call/1', ['x']),
      unitOf('call/2', []),
    ]);
    const asked = async (...names: string[]) =>
      [...(await index.unitsOf(generation, names))].sort();
    expect(await asked('message/2')).toEqual(['thread/1']);
    expect(await asked('message/3')).toEqual(['thread/1', 'thread/2']);
    expect(await asked('message/1', 'message/3', 'call/1')).toEqual([
      'call/1',
      'thread/1',
      'thread/2',
    ]);
    expect(await asked('thread/1', 'call/2', 'absent')).toEqual([]);
    await index.replace(generation, [
      unitOf('thread/1', [records('message/2', 'thread/1')], { position: 2 }),
      unitOf('thread/2', [], { position: 2 }),
    ]);
    expect(await asked('message/1', 'message/3')).toEqual([]);
    expect(await asked('message/2')).toEqual(['thread/1']);
    expect(await asked('thread/1')).toEqual(['thread/1']);
  },

  'lists every unit once, those without passages too': async (world) => {
    const names = numbered('call', 25);
    await world.index.replace(
      world.generation,
      names.map((unit, i) => unitOf(unit, i % 3 === 0 ? [] : ['a', 'b'])),
    );
    const states = await allUnits(world, 4);
    expect(states.map(({ unit }) => unit).sort()).toEqual(names);
    const empty = states.filter(({ passages }) => passages === 0).map(({ unit }) => unit);
    expect(empty.sort()).toEqual(names.filter((_, i) => i % 3 === 0));
    expect((await allUnits(world, 25)).length).toBe(25);
    const { next } = await world.index.list(world.generation, { limit: 25 });
    expect(next).toBeUndefined();
  },

  'lists what nobody touches exactly once while others write': async (world) => {
    const { index, generation } = world;
    const still = numbered('still', 30);
    await index.replace(
      generation,
      still.map((unit) => unitOf(unit, ['a'])),
    );
    let round = 0;
    const disturb = async () => {
      round++;
      await index.replace(generation, [
        unitOf('moves', [`word${round}`], { position: round }),
        unitOf(`new/${round}`, ['a']),
        unitOf(`still/${String(round).padStart(5, '0')}/beside`, ['a']),
        unitOf(`new/${round - 1}`, [], { position: 2 }),
      ]);
    };
    const seen = (await allUnits(world, 4, disturb)).map(({ unit }) => unit);
    expect(seen.filter((unit) => still.includes(unit)).sort()).toEqual(still);
    expect(new Set(seen).size).toBe(seen.length);
    const again = (await allUnits(world, 7)).map(({ unit }) => unit);
    expect(again.filter((unit) => seen.includes(unit))).toEqual(seen);
  },

  'takes thousands of units at once, and a unit of hundreds of passages': async (world) => {
    const { index, generation } = world;
    const many = numbered('call', 2000);
    const outcomes = await index.replace(
      generation,
      many.map((unit) => unitOf(unit, ['wifi', 'code'])),
    );
    expect(outcomes).toEqual(many.map(() => 'written'));
    const turns = Array.from({ length: 700 }, (_, i) => ({ text: `turn${i} said`, path: `/${i}` }));
    await index.replace(generation, [unitOf('call/long', turns)]);
    expect(await index.statistics(generation, [])).toMatchObject({ passages: 4700 });
    expect(await index.find(generation, asking('turn699'))).toMatchObject([
      { unit: 'call/long', passage: { path: '/699' } },
    ]);
    expect(await index.states(generation, many)).toHaveLength(2000);
    await index.replace(generation, [unitOf('call/long', ['short'], { position: 2 })]);
    expect(await foundBy(world, 'turn699 said')).toEqual([]);
  },
};
