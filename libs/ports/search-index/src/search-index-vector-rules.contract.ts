import { expect } from '@jest/globals';

import {
  allWithoutVectors,
  anyDirection,
  at,
  begun,
  DIMENSION,
  nearBy,
  nearestTo,
  vectorFor,
} from './search-index-directions.contract.js';
import {
  expectFault,
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

const given = (text: string, degrees = 0) => ({ text, vector: at(degrees) });

/** What a generation takes, what it finds, and what is still to be done in it. */
export const vectorRules: SearchIndexBehaviours = {
  'begins a generation once, for one dimension': async ({ index, generation }) => {
    await index.begin(generation, { dimension: DIMENSION });
    await index.replace(generation, [unitOf('call/1', [given('wifi')])]);
    await index.begin(generation, { dimension: DIMENSION });
    expect(await nearBy({ index, generation }, at(0))).toEqual(['call/1']);
    await expectFault(index.begin(generation, { dimension: 9 }), 'SEARCH_INDEX_DIMENSION');
    for (const dimension of [0, -1, 1.5, Number.NaN])
      await expectFault(index.begin(generation, { dimension }), 'DEFECT_UNKNOWN');
    expect(await nearBy({ index, generation }, at(0))).toEqual(['call/1']);
  },

  'begins with another dimension what was dropped': async (world) => {
    const { index, generation } = await begun(world);
    await index.replace(generation, [unitOf('call/1', [given('wifi')])]);
    await index.drop(generation);
    await index.begin(generation, { dimension: 3 });
    await index.replace(generation, [unitOf('call/2', [{ vector: at(0, 3) }])]);
    expect(await nearBy(world, at(0, 3))).toEqual(['call/2']);
  },

  'keeps vectors of generations apart, each of its own dimension': async (world) => {
    const { index, generation } = await begun(world);
    const other = await begun({ ...world, generation: world.another() }, 5);
    const first = unitOf('call/1', [given('wifi')]);
    await index.replace(generation, [first]);
    await index.replace(other.generation, [
      { ...first, passages: first.passages.map((each) => ({ ...each, vector: at(90, 5) })) },
    ]);
    const [passage] = first.passages.map(({ id }) => id);
    expect(await index.nearness(generation, at(0), [passage ?? ''])).toEqual([
      expect.closeTo(1, 2),
    ]);
    expect(await index.nearness(other.generation, at(90, 5), [passage ?? ''])).toEqual([
      expect.closeTo(1, 2),
    ]);
    await index.drop(generation);
    expect(await nearBy(world, at(0))).toEqual([]);
    expect(await nearBy(other, at(0, 5))).toEqual(['call/1']);
  },

  'refuses vectors of another dimension': async (world) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', [given('wifi')]);
    await index.replace(generation, [unit]);
    const long = at(0, DIMENSION + 1);
    const put = unit.passages.map((each) => vectorFor(each, long));
    const refused = [
      () => index.putVectors(generation, put),
      () => index.replace(generation, [unitOf('call/2', [{ vector: long }])]),
      () => index.nearest(generation, nearestTo(long)),
      () => index.nearness(generation, long, []),
    ];
    for (const ask of refused) await expectFault(ask(), 'SEARCH_INDEX_DIMENSION');
    expect(await nearBy(world, at(0))).toEqual(['call/1']);
  },

  'refuses vectors that are not of length 1': async (world) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', [given('wifi')]);
    await index.replace(generation, [unit]);
    const odd = [Number.NaN, Number.POSITIVE_INFINITY, 0, 0.5, 2].map((each) =>
      Float32Array.from(at(0), (value) => value * each),
    );
    for (const vector of odd) {
      const put = unit.passages.map((each) => vectorFor(each, vector));
      await expectFault(index.putVectors(generation, put), 'DEFECT_UNKNOWN');
      const written = index.replace(generation, [unitOf('call/2', [{ vector }])]);
      await expectFault(written, 'DEFECT_UNKNOWN');
      await expectFault(index.nearest(generation, nearestTo(vector)), 'DEFECT_UNKNOWN');
      await expectFault(index.nearness(generation, vector, []), 'DEFECT_UNKNOWN');
    }
    expect(await nearBy(world, at(0))).toEqual(['call/1']);
  },

  'has nothing near in a generation without a dimension, and takes no vector there': async (
    world,
  ) => {
    const { index, generation } = world;
    expect(await nearBy(world, at(0))).toEqual([]);
    expect(await index.withoutVectors(generation, { limit: 9 })).toEqual([]);
    const unit = unitOf('call/1', ['wifi']);
    await index.replace(generation, [unit]);
    expect(await nearBy(world, at(0))).toEqual([]);
    const ids = unit.passages.map(({ id }) => id);
    expect(await index.nearness(generation, at(0), ids)).toEqual([undefined]);
    expect(await index.withoutVectors(generation, { limit: 9 })).toEqual([]);
    const put = unit.passages.map((each) => vectorFor(each, at(0)));
    await expectFault(index.putVectors(generation, put), 'SEARCH_INDEX_DIMENSION');
    const withVector = unitOf('call/2', [given('wifi')]);
    await expectFault(index.replace(generation, [withVector]), 'SEARCH_INDEX_DIMENSION');
    await expectFault(index.begin(generation, { dimension: 8 }), 'SEARCH_INDEX_DIMENSION');
    expect(await foundBy(world, 'wifi')).toEqual(['call/1']);
  },

  'finds near only what passes every filter': async (world) => {
    const { index, generation } = await begun(world);
    await index.replace(generation, [
      unitOf('call/1', [{ ...given('one'), scope: ['x', 'y'], audience: ['a', 'b'] }]),
      unitOf('call/2', [{ ...given('two', 1), scope: ['y'], audience: ['b'], from: 5, to: 7 }]),
      unitOf('note/3', [{ ...given('three', 2), audience: ['a'] }], { kind: 'note' }),
      unitOf('note/4', [{ ...given('four', 3), audience: [] }], { kind: 'note' }),
    ]);
    const found = (query: Parameters<typeof nearBy>[2]) => nearBy(world, at(0), query);
    expect(await found({ audience: ['a'] })).toEqual(['call/1', 'note/3']);
    expect(await found({ audience: ['b', 'a'] })).toEqual(['call/1', 'call/2', 'note/3']);
    expect(await found({ audience: [] })).toEqual([]);
    expect(await found({ audience: ['b'], scope: ['x'] })).toEqual(['call/1']);
    expect(await found({ audience: ['b'], scope: ['z', 'y'] })).toEqual(['call/1', 'call/2']);
    expect(await found({ audience: ['b'], scope: [] })).toEqual([]);
    expect(await found({ audience: ['a'], kinds: ['note', 'no'] })).toEqual(['note/3']);
    expect(await found({ audience: ['a'], kinds: [] })).toEqual([]);
    expect(await found({ audience: ['a', 'b'], from: 8 })).toEqual(['call/1', 'note/3']);
    expect(await found({ audience: ['b'], from: 7, to: 7 })).toEqual(['call/1', 'call/2']);
    expect(await found({ audience: ['b'], to: 4 })).toEqual(['call/1']);
  },

  'counts towards the limit of the nearest only what passes every filter': async (world) => {
    const { index, generation } = await begun(world);
    const mine = { ...given('mine', 80), scope: ['mine'], audience: ['me'], from: 9, to: 9 };
    const nearer = { ...mine, vector: at(1) };
    const others = [
      { ...nearer, audience: ['you'] },
      { ...nearer, scope: ['yours'] },
      { ...nearer, from: 1, to: 1 },
    ];
    const louder = numbered('loud', 120).flatMap((unit, i) => [
      unitOf(`call/${unit}`, [others[i % others.length] ?? mine]),
      unitOf(`note/${unit}`, [nearer], { kind: 'note' }),
    ]);
    await index.replace(generation, [...louder, unitOf('call/mine', [mine])]);
    const query = { audience: ['me'], scope: ['mine'], kinds: ['call'], from: 5, to: 9 };
    expect(await nearBy(world, at(0), { ...query, limit: 1 })).toEqual(['call/mine']);
    for (const one of ['scope', 'kinds', 'from'] as const) {
      const { [one]: _left, ...fewer } = query;
      const found = await nearBy(world, at(0), { ...fewer, limit: 121 });
      expect(found.at(-1)).toBe('call/mine');
    }
  },

  'filters the nearest by the newest kind, scope, audience and time': async (world) => {
    const { index, generation } = await begun(world);
    const { id } = unitOf('call/1', ['wifi']).passages[0] ?? { id: '' };
    const before = { id, ...given('wifi'), scope: ['a'], audience: ['a'], from: 1, to: 1 };
    const after = { id, text: 'wifi', scope: ['b'], audience: ['b'], from: 2, to: 2 };
    await index.replace(generation, [unitOf('call/1', [before], { kind: 'a' })]);
    await index.replace(generation, [unitOf('call/1', [after], { kind: 'b', position: 2 })]);
    const all = { audience: ['a', 'b'] };
    expect(await nearBy(world, at(0), { audience: ['a'] })).toEqual([]);
    expect(await nearBy(world, at(0), { ...all, scope: ['a'] })).toEqual([]);
    expect(await nearBy(world, at(0), { ...all, kinds: ['a'] })).toEqual([]);
    expect(await nearBy(world, at(0), { ...all, to: 1 })).toEqual([]);
    const now = { audience: ['b'], scope: ['b'], kinds: ['b'], from: 2 };
    expect(await nearBy(world, at(0), now)).toEqual(['call/1']);
  },

  'lists the units that lack a vector, in an order that stays': async (world) => {
    const { index, generation } = await begun(world);
    const whole = unitOf('call/whole', [given('one'), given('two')]);
    const lacking = unitOf('call/lacking', [given('one'), 'two']);
    const others = numbered('call', 7).map((unit) => unitOf(unit, ['wifi']));
    await index.replace(generation, [whole, lacking, unitOf('call/empty', []), ...others]);
    const all = await allWithoutVectors(world, 3);
    expect([...all].sort()).toEqual(['call/lacking', ...numbered('call', 7)].sort());
    expect(await allWithoutVectors(world, 100)).toEqual(all);
    await index.putVectors(
      generation,
      [lacking, ...others.slice(2)].flatMap(({ passages }) =>
        passages.map((passage) => vectorFor(passage, at(5))),
      ),
    );
    expect([...(await allWithoutVectors(world, 1))].sort()).toEqual(numbered('call', 2));
    await index.replace(generation, [unitOf('call/00000', [], { position: 2 })]);
    expect(await allWithoutVectors(world, 1)).toEqual(['call/00001']);
  },

  'lists each unit that lacks a vector once, while others write': async (world) => {
    const { index, generation } = await begun(world);
    const still = numbered('still', 60).map((unit) => unitOf(unit, ['wifi']));
    const moving = numbered('moving', 60).map((unit) => unitOf(unit, ['wifi']));
    await index.replace(generation, [...still, ...moving]);
    let turn = 0;
    const listed = await allWithoutVectors(world, 7, async () => {
      const [one, other] = [moving[turn], moving[59 - turn]];
      turn++;
      const put = (one?.passages ?? []).map((each) => vectorFor(each, at(turn)));
      await index.putVectors(generation, put);
      await index.replace(generation, [
        unitOf(other?.unit ?? '', [], { position: 2 }),
        unitOf(`new/${turn}`, ['wifi']),
      ]);
    });
    const names = still.map(({ unit }) => unit);
    expect(listed.filter((unit) => names.includes(unit)).sort()).toEqual(names);
    expect(new Set(listed).size).toBe(listed.length);
  },

  'answers what is near while the next generation is built and the last one goes': async (
    world,
  ) => {
    const { index } = await begun(world);
    const fill = async (generation: number): Promise<void> => {
      await index.begin(generation, { dimension: DIMENSION });
      for (let from = 0; from < 300; from += 60) {
        const units = numbered(`call/${from}`, 60).map((unit, i) =>
          unitOf(unit, [{ vector: anyDirection(from + i) }]),
        );
        await index.replace(generation, units);
      }
    };
    let live = world.generation;
    await fill(live);
    const [asked, limit] = [anyDirection(3), 25];
    let [isOver, answers] = [false, 0];
    const asking = async (): Promise<void> => {
      while (!isOver) {
        const generation = live;
        const hits = await index.nearest(generation, nearestTo(asked, { limit }));
        // A drop may come between the look at the pointer and the question.
        if (generation === live) expect(hits).toHaveLength(limit);
        answers++;
      }
    };
    const askers = [asking(), asking(), asking()];
    for (let round = 0; round < 3; round++) {
      const next = world.another();
      await fill(next);
      const last = live;
      live = next;
      await index.drop(last);
    }
    isOver = true;
    await Promise.all(askers);
    expect(answers).toBeGreaterThan(10);
  },
};
