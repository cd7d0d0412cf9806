import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { beside, median, type Bench } from './figure.js';
import { BareLog } from './log/bare-log.js';
import { BATCH, batchesOf } from './log/observations.js';
import { openLog } from './log/our-log.js';
import { inScratchFolder } from './scratch-folder.js';

const PAIRS = 5;
const FACTS = 40 * BATCH;

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

const figure = (name: string, pairs: readonly Pair[]) =>
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

export const log: Bench = {
  name: 'log',
  means:
    'append and tail of the embedded log against bare loops over the same rows, hash and cipher',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      mkdirSync(join(folder, 'ours'));
      const ours = openLog(join(folder, 'ours'));
      const bare = new BareLog(join(folder, 'bare.db'));
      const appends: Pair[] = [];
      // The first pair warms up.
      for (let pair = 0; pair <= PAIRS; pair++) {
        const batches = batchesOf(pair * FACTS, FACTS);
        const measured = {
          ours: await perSecond(FACTS, async () => {
            for (const batch of batches) await ours.append(batch);
          }),
          limit: await perSecond(FACTS, () => {
            for (const batch of batches) bare.append(batch);
          }),
        };
        if (pair > 0) appends.push(measured);
      }
      progress('tailing');
      const tails: Pair[] = [];
      const stored = (PAIRS + 1) * FACTS;
      for (let pair = 0; pair <= PAIRS; pair++) {
        const measured = {
          ours: await perSecond(stored, () => ours.tail(BATCH)),
          limit: await perSecond(stored, () => bare.scan(BATCH)),
        };
        if (pair > 0) tails.push(measured);
      }
      await ours.close();
      bare.close();
      return [
        figure('log append, SQLite, batches of 256', appends),
        figure('log tail, SQLite, opened', tails),
      ];
    }),
};
