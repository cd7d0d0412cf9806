import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { sqliteSearchIndex } from '#libs/adapters/sqlite';

import { beside, median, type Bench, type Figure } from './figure.js';
import { BareIndex, bareRowsOf } from './index/bare-index.js';
import { figuresOnQdrant } from './index/on-qdrant.js';
import { unitsOfZipf } from './index/zipf-passages.js';
import { DIMENSION, withVectors } from './index/zipf-vectors.js';
import { inScratchFolder } from './scratch-folder.js';

const PAIRS = 5;
const BATCH = 256;
const BATCHES = 12;

interface Pair {
  readonly ours: number;
  readonly limit: number;
}

const perSecond = async (count: number, work: () => unknown): Promise<number> => {
  globalThis.gc?.();
  const began = performance.now();
  await work();
  return (count / (performance.now() - began)) * 1000;
};

const figure = (name: string, pairs: readonly Pair[]): Figure =>
  beside(
    name,
    '/s',
    {
      value: median(pairs.map(({ ours }) => ours)),
      limit: median(pairs.map(({ limit }) => limit)),
      ratio: median(pairs.map(({ ours, limit }) => ours / limit)),
    },
    0.6,
  );

/** Batches of units, and the rows of their passages under numbers of their own. */
const batchesOf = (from: number, position: number, vectors: boolean) =>
  Array.from({ length: BATCHES }, (_, i) => {
    const first = 2 * (from + i * BATCH) + 1;
    const plain = unitsOfZipf(from + i * BATCH, BATCH, position);
    const units = vectors ? withVectors(plain, first) : plain;
    return { units, rows: bareRowsOf(units, first) };
  });

export const indexing: Bench = {
  name: 'index',
  means: 'passages into the index, terms given, against bare upserts of the same rows',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      mkdirSync(join(folder, 'ours'));
      const ours = await sqliteSearchIndex({ path: join(folder, 'ours/index.db') });
      const bare = new BareIndex(join(folder, 'bare.db'));
      await ours.begin(2, { dimension: DIMENSION });
      const measured = async (generation: number, position: number): Promise<Pair[]> => {
        const pairs: Pair[] = [];
        // The first pair warms up.
        for (let pair = 0; pair <= PAIRS; pair++) {
          const batches = batchesOf(pair * BATCH * BATCHES, position, generation === 2);
          const passages = 2 * BATCH * BATCHES;
          const both = {
            ours: await perSecond(passages, async () => {
              for (const { units } of batches) await ours.replace(generation, units);
            }),
            limit: await perSecond(passages, () => {
              for (const { rows } of batches) bare.upsert(rows);
            }),
          };
          if (pair > 0) pairs.push(both);
        }
        return pairs;
      };
      const added = await measured(1, 1);
      progress('replacing');
      const replaced = await measured(1, 2);
      progress('with vectors');
      bare.clear();
      const addedWithVectors = await measured(2, 1);
      const replacedWithVectors = await measured(2, 2);
      await ours.close();
      bare.close();
      return [
        figure(`passages indexed, ${BATCH} units a batch`, added),
        figure(`passages replaced, ${BATCH} units a batch`, replaced),
        figure(`passages with vectors indexed, ${BATCH} units a batch`, addedWithVectors),
        figure(`passages with vectors replaced, ${BATCH} units a batch`, replacedWithVectors),
        ...(await figuresOnQdrant(progress)),
      ];
    }),
};
