import { expect } from '@jest/globals';

import {
  begun,
  at,
  nearBy,
  nearestTo,
  vectorFor,
  anyDirection,
  cosineOf,
} from './search-index-directions.contract.js';
import {
  foundBy,
  numbered,
  unitOf,
  type SearchIndexBehaviours,
} from './search-index-world.contract.js';

/** What "to two digits" allows. */
const CLOSE = 0.005;

const only = <T>(items: readonly T[]): T => {
  expect(items).toHaveLength(1);
  return items[0] as T;
};

/** When a vector stands beside a passage, and when it goes. */
export const vectors: SearchIndexBehaviours = {
  'finds the nearest first, and says how near': async (world) => {
    const { index, generation } = await begun(world);
    const degrees = [180, 20, 100, 0, 60];
    await index.replace(
      generation,
      degrees.map((each) => unitOf(`call/${each}`, [{ text: 'wifi', vector: at(each) }])),
    );
    const hits = await index.nearest(generation, nearestTo(at(0)));
    expect(hits.map(({ unit }) => unit)).toEqual([
      'call/0',
      'call/20',
      'call/60',
      'call/100',
      'call/180',
    ]);
    for (const { unit, score } of hits) {
      const cosine = Math.cos((Number(unit.slice(5)) / 180) * Math.PI);
      expect(Math.abs(score - cosine)).toBeLessThan(CLOSE);
    }
    expect(await nearBy(world, at(70), { limit: 2 })).toEqual(['call/60', 'call/100']);
    expect(await nearBy(world, at(70), { limit: 0 })).toEqual([]);
  },

  'gives back all of what is near but terms, audience and vector': async (world) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', [
      { text: 'wifi', vector: at(0), from: 5, to: 6, scope: ['listing/1'], records: ['note/1'] },
    ]);
    await index.replace(generation, [unit]);
    const hit = only(await index.nearest(generation, nearestTo(at(0))));
    const { terms: _terms, audience: _audience, vector: _vector, ...rest } = only(unit.passages);
    expect(hit).toEqual({ unit: 'call/1', kind: 'call', passage: rest, score: expect.anything() });
  },

  'says how near each passage is, in order': async (world) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', [
      { text: 'near', vector: at(10) },
      { text: 'none' },
      { text: 'far', vector: at(170) },
    ]);
    await index.replace(generation, [unit]);
    const [near, none, far] = unit.passages.map(({ id }) => id);
    const elsewhere = '00000000-0000-8000-8000-999999999999';
    const asked = [far, elsewhere, near, none, near].map((id) => id ?? elsewhere);
    const answers = await index.nearness(generation, at(0), asked);
    const said = answers.map((each) => each?.toFixed(2));
    expect(said).toEqual(['-0.98', undefined, '0.98', undefined, '0.98']);
    expect(await index.nearness(generation, at(0), [])).toEqual([]);
  },

  'puts a vector beside a passage that says what it was made from, and nowhere else': async (
    world,
  ) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', ['wifi', 'code']);
    await index.replace(generation, [unit]);
    expect(await nearBy(world, at(0))).toEqual([]);
    const [wifi, code] = unit.passages;
    const outcomes = await index.putVectors(generation, [
      vectorFor({ id: wifi?.id ?? '', hash: wifi?.hash ?? '' }, at(0)),
      vectorFor({ id: code?.id ?? '', hash: 'hash of another text' }, at(0)),
      vectorFor({ id: '00000000-0000-8000-8000-999999999999', hash: wifi?.hash ?? '' }, at(0)),
    ]);
    expect(outcomes).toEqual(['written', 'stale', 'stale']);
    const hit = only(await index.nearest(generation, nearestTo(at(0))));
    expect(hit.passage).toMatchObject({ hash: 'hash of wifi' });
    expect(await index.putVectors(generation, [])).toEqual([]);
  },

  'puts the last of several vectors for one passage': async (world) => {
    const { index, generation } = await begun(world);
    const unit = unitOf('call/1', [{ text: 'wifi', vector: at(90) }]);
    await index.replace(generation, [unit]);
    const passage = only(unit.passages);
    const several = [40, 20, 60].map((degrees) => vectorFor(passage, at(degrees)));
    expect(await index.putVectors(generation, several)).toEqual(['written', 'written', 'written']);
    const hits = await index.nearest(generation, nearestTo(at(60)));
    expect(only(hits).score).toBeCloseTo(1, 2);
  },

  'keeps the vector of a passage that says the same, and lets go of one that says something else':
    async (world) => {
      const { index, generation } = await begun(world);
      const [same, other] = ['same', 'other'].map((text) => ({
        ...only(unitOf('call/1', [text]).passages),
      }));
      const saying = (text: string, id = '') => ({ text, id, hash: `hash of ${text}` });
      const first = [saying('same', same?.id), saying('before', other?.id)].map((each, i) => ({
        ...each,
        vector: at(i * 10),
      }));
      await index.replace(generation, [unitOf('call/1', first)]);
      expect(await nearBy(world, at(0))).toEqual(['call/1', 'call/1']);
      const second = [
        { ...saying('same', same?.id), scope: ['listing/1'] },
        saying('after', other?.id),
      ];
      await index.replace(generation, [unitOf('call/1', second, { position: 2 })]);
      const hit = only(await index.nearest(generation, nearestTo(at(0))));
      expect(hit.passage).toMatchObject({ hash: 'hash of same', scope: ['listing/1'] });
      expect(await index.withoutVectors(generation, { limit: 9 })).toEqual(['call/1']);
      const late = vectorFor({ id: other?.id ?? '', hash: 'hash of before' }, at(10));
      expect(await index.putVectors(generation, [late])).toEqual(['stale']);
    },

  'takes the vector that comes with a passage before the one that stood there': async (world) => {
    const { index, generation } = await begun(world);
    const { id } = only(unitOf('call/1', ['wifi']).passages);
    const unit = (degrees: number, position: number) =>
      unitOf('call/1', [{ id, text: 'wifi', vector: at(degrees) }], { position });
    await index.replace(generation, [unit(0, 1), unit(50, 2), unit(90, 3)]);
    expect(only(await index.nearest(generation, nearestTo(at(90)))).score).toBeCloseTo(1, 2);
  },

  'leaves vectors as they are when a late writer is refused': async (world) => {
    const { index, generation } = await begun(world);
    await index.replace(generation, [
      unitOf('call/1', [{ text: 'wifi', vector: at(0) }], { position: 5 }),
    ]);
    const late = unitOf('call/1', [{ text: 'old', vector: at(90) }], { position: 4 });
    expect(await index.replace(generation, [late])).toEqual(['stale']);
    expect(only(await index.nearest(generation, nearestTo(at(0)))).score).toBeCloseTo(1, 2);
    const old = vectorFor(only(late.passages), at(90));
    expect(await index.putVectors(generation, [old])).toEqual(['stale']);
  },

  'lets go of a vector with its passage': async (world) => {
    const { index, generation } = await begun(world);
    const given = (text: string) => ({ text, vector: at(0) });
    const gone = unitOf('call/1', [given('one'), given('two')]);
    const emptied = unitOf('call/2', [given('three')]);
    await index.replace(generation, [gone, emptied, unitOf('call/3', [given('four')])]);
    await index.replace(generation, [
      unitOf('call/1', ['five'], { position: 2 }),
      unitOf('call/2', [], { position: 2 }),
    ]);
    expect(await nearBy(world, at(0))).toEqual(['call/3']);
    const ids = [...gone.passages, ...emptied.passages].map(({ id }) => id);
    expect(await index.nearness(generation, at(0), ids)).toEqual(ids.map(() => undefined));
    await index.replace(generation, [unitOf('call/2', ['three'], { position: 3 })]);
    expect(await nearBy(world, at(0))).toEqual(['call/3']);
  },

  'takes vectors of units that come several times in one batch': async (world) => {
    const { index, generation } = await begun(world);
    const batch = [2, 1, 3].map((position) =>
      unitOf('call/1', [{ text: `at ${position}`, vector: at(position) }], { position }),
    );
    expect(await index.replace(generation, batch)).toEqual(['written', 'stale', 'written']);
    const hit = only(await index.nearest(generation, nearestTo(at(0))));
    expect(hit.passage).toMatchObject({ hash: 'hash of at 3' });
  },

  'takes thousands of vectors, with their passages and after them': async (world) => {
    const { index, generation } = await begun(world, 32);
    const units = numbered('call', 2500).map((name, i) =>
      unitOf(name, [i % 2 === 0 ? { vector: anyDirection(i, 32) } : {}]),
    );
    await index.replace(generation, units);
    const later = units.flatMap(({ passages }, i) =>
      i % 2 === 1 ? [vectorFor(only(passages), anyDirection(i, 32))] : [],
    );
    expect(new Set(await index.putVectors(generation, later))).toEqual(new Set(['written']));
    expect(await index.withoutVectors(generation, { limit: 1 })).toEqual([]);
    const asked = anyDirection(7_777, 32);
    const nearness = units.map(({ unit }, i) => ({
      unit,
      near: cosineOf(asked, anyDirection(i, 32)),
    }));
    const best = nearness.sort((a, b) => b.near - a.near).slice(0, 10);
    const hits = await index.nearest(generation, nearestTo(asked, { limit: 10 }));
    expect(hits).toHaveLength(10);
    // Whose nearness differs by less than what is promised may change places.
    hits.forEach(({ score }, i) =>
      expect(Math.abs(score - (best[i]?.near ?? 2))).toBeLessThan(CLOSE),
    );
    expect(hits[0]?.unit).toBe(best[0]?.unit);
    expect(await foundBy(world, 'plain', { limit: 1 })).toHaveLength(1);
  },
};
