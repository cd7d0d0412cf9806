import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { describePeer } from '#libs/testing';

import { DemoPlatform } from '../eval/demo-platform.js';
import { readCases } from '../eval/eval-case.js';

const HANG_MS = 1_800_000;
const GOAL = 0.9;
/** Each sixth question: all groups and languages are among them. */
const EVERY = 6;

interface RankedPassages {
  readonly items: readonly { readonly records: readonly string[]; readonly text: string }[];
}

const topTen = async (platform: DemoPlatform, text: string): Promise<ReadonlySet<string>> => {
  const path = `/api/search?limit=10&text=${encodeURIComponent(text)}`;
  const { items } = await platform.ask<RankedPassages>(path);
  return new Set(items.map(({ records, text: passage }) => JSON.stringify([records, passage])));
};

/** Of the longer list, the share that both have; two that are empty are the same. */
const overlapOf = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  one.size + other.size === 0
    ? 1
    : [...one].filter((each) => other.has(each)).length / Math.max(one.size, other.size);

describePeer('qdrant', 'the demo company on Qdrant beside SQLite', (peer) => {
  let onSqlite: DemoPlatform;
  let onQdrant: DemoPlatform;

  beforeAll(async () => {
    const qdrant = await peer.shared();
    onSqlite = await DemoPlatform.start(() => undefined);
    onQdrant = await DemoPlatform.start(() => undefined, {
      INNKEEPER_SEARCH_INDEX_KIND: 'qdrant',
      INNKEEPER_QDRANT_URL: `http://${qdrant.host}`,
      INNKEEPER_ENVIRONMENT: `demo-${process.pid}`,
    });
  }, HANG_MS);

  afterAll(async () => {
    await onSqlite.stop();
    await onQdrant.stop();
  }, HANG_MS);

  it(
    'finds the same ten passages, but for one in ten',
    async () => {
      const overlaps: number[] = [];
      for (const { text } of readCases().filter((_, i) => i % EVERY === 0))
        overlaps.push(overlapOf(await topTen(onSqlite, text), await topTen(onQdrant, text)));
      const mean = overlaps.reduce((sum, each) => sum + each, 0) / overlaps.length;
      expect(overlaps.length).toBeGreaterThan(30);
      expect(mean).toBeGreaterThanOrEqual(GOAL);
    },
    HANG_MS,
  );
});
