import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';
import {
  anyDirection,
  asking,
  cosineOf,
  nearestTo,
  numbered,
  unitOf,
  vectorFor,
} from '#suites/search-index';

import { IndexFile } from '../src/search-index/index-file.js';
import { IndexReader } from '../src/search-index/reader.js';
import { bytesOfVector } from '../src/search-index/vector-bytes.js';
import { IndexWriter } from '../src/search-index/writer.js';

const DIMENSION = 64;
const directionOf = (seed: number) => anyDirection(seed, DIMENSION);

describe('the vectors of the search index on SQLite', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'innkeeper-index-'));
    path = join(folder, 'index.db');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const bytes = (): Buffer => Buffer.concat(['', '-wal'].map((end) => readFileSync(path + end)));
  const isThere = (seed: number): boolean =>
    bytes().includes(Buffer.from(bytesOfVector(directionOf(seed))));

  const unitsFrom = (from: number, count: number, position = 1) =>
    numbered(`call/${from}`, count).map((unit, i) =>
      unitOf(unit, [{ text: `text ${from + i}`, vector: directionOf(from + i) }], { position }),
    );

  it('holds no byte of a vector that is gone once it was tidied, though others came and went', async () => {
    const index = await sqliteSearchIndex({ path });
    await index.begin(1, { dimension: DIMENSION });
    for (let from = 0; from < 1500; from += 100) await index.replace(1, unitsFrom(from, 100));
    await index.tidy();
    const [emptied, rewritten, changed, dropped] = [120, 730, 1444, 5_000];
    expect([emptied, rewritten, changed].map(isThere)).toEqual([true, true, true]);
    const names = [emptied, rewritten, changed].map(
      (seed) => unitsFrom(seed - (seed % 100), 100)[seed % 100],
    );
    const [one, two, three] = names.map((unit) => unit?.unit ?? '');
    await index.replace(1, [
      unitOf(one ?? '', [], { position: 2 }),
      unitOf(two ?? '', ['says something else'], { position: 2 }),
      unitOf(three ?? '', [{ text: `text ${changed}`, vector: directionOf(9_999) }], {
        position: 2,
      }),
    ]);
    await index.begin(2, { dimension: DIMENSION });
    await index.replace(2, unitsFrom(dropped, 40));
    await index.replace(1, unitsFrom(20_000, 300));
    await index.drop(2);
    await index.tidy();
    expect([emptied, rewritten, changed, dropped].map(isThere)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(isThere(20_000)).toBe(true);
    await index.close();
  });

  it('finds the nearest of many by signs, within every filter', async () => {
    const index = await sqliteSearchIndex({ path });
    await index.begin(1, { dimension: DIMENSION });
    const count = 7_000;
    const units = numbered('call', count).map((unit, i) =>
      unitOf(unit, [
        {
          vector: directionOf(i),
          audience: [i % 5 === 0 ? 'few' : 'all'],
          scope: [`part/${i % 2}`],
          ...(i % 3 === 0 && { from: 5, to: 9 }),
        },
      ]),
    );
    for (let from = 0; from < count; from += 1000)
      await index.replace(1, units.slice(from, from + 1000));
    const asked = directionOf(55_555);
    const best = (passes: (i: number) => boolean): number[] =>
      Array.from({ length: count }, (_, i) => i)
        .filter(passes)
        .map((i) => cosineOf(asked, directionOf(i)))
        .sort((a, b) => b - a)
        .slice(0, 20);
    const found = async (given: Parameters<typeof nearestTo>[1]) =>
      (await index.nearest(1, nearestTo(asked, { limit: 20, ...given }))).map(({ score }) => score);
    const expectBest = async (
      given: Parameters<typeof nearestTo>[1],
      passes: (i: number) => boolean,
    ): Promise<void> => {
      const [scores, wanted] = [await found(given), best(passes)];
      expect(scores).toHaveLength(20);
      const worst = wanted.at(-1) ?? 0;
      expect(scores.filter((score) => score > worst - 0.001).length).toBeGreaterThanOrEqual(19);
    };
    await expectBest({ audience: ['all', 'few'] }, () => true);
    await expectBest({}, (i) => i % 5 > 0);
    await expectBest({ audience: ['few'] }, (i) => i % 5 === 0);
    await expectBest({ scope: ['part/1'] }, (i) => i % 5 > 0 && i % 2 === 1);
    await expectBest({ from: 10 }, (i) => i % 5 > 0 && i % 3 > 0);
    await index.close();
  });

  it('follows what is written, also after it was away for thousands of transactions', () => {
    const writing = new IndexFile(path);
    const writer = new IndexWriter(writing);
    writer.begin(1, DIMENSION);
    const reader = new IndexReader(new IndexFile(path, { readOnly: true }));
    const unit = unitOf('call/1', [{ text: 'moving', vector: directionOf(0) }]);
    const near = (seed: number) => reader.nearest(1, nearestTo(directionOf(seed), { limit: 1 }));
    const put = (seed: number) =>
      writer.putVectors(
        1,
        unit.passages.map((passage) => vectorFor(passage, directionOf(seed))),
      );
    expect(near(0)).toEqual([]);
    writer.replace([{ generation: 1, units: [unit] }]);
    expect(near(0)).toMatchObject([{ unit: 'call/1', score: expect.closeTo(1, 3) }]);
    put(1);
    expect(near(1)).toMatchObject([{ score: expect.closeTo(1, 3) }]);
    for (let seed = 0; seed < 2_100; seed++) put(seed);
    writer.replace([{ generation: 1, units: unitsFrom(100, 3) }]);
    expect(near(2_099)).toMatchObject([{ unit: 'call/1', score: expect.closeTo(1, 3) }]);
    expect(near(102)).toMatchObject([{ score: expect.closeTo(1, 3) }]);
    writing.close();
  });

  it('takes a file of before there were vectors', async () => {
    const before = new IndexFile(path);
    new IndexWriter(before).replace([{ generation: 1, units: [unitOf('call/1', ['wifi'])] }]);
    before.exec(`
      ALTER TABLE generations DROP COLUMN dimension; ALTER TABLE units_1 DROP COLUMN bare;
      ALTER TABLE passages_1 DROP COLUMN slot; ALTER TABLE passages_1 DROP COLUMN facet;
    `);
    before.close();
    const index = await sqliteSearchIndex({ path });
    await index.replace(1, [unitOf('call/2', ['wifi'])]);
    expect(await index.find(1, asking('wifi'))).toHaveLength(2);
    expect(await index.nearest(1, nearestTo(directionOf(1)))).toEqual([]);
    await index.close();
  });
});
