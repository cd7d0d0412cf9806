import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { sqliteSearchIndex, type SqliteSearchIndex } from '#libs/adapters/sqlite';

import { atMost, median, percentile, type Bench, type Figure, type Measured } from './figure.js';
import { BareIndex, bareRowsOf } from './index/bare-index.js';
import { questionOfZipf, unitsOfZipf, ZipfWords } from './index/zipf-passages.js';
import { inScratchFolder } from './scratch-folder.js';

const PASSAGES = 200_000;
const BATCH = 1000;
const ASKERS = 20;
const EACH_MS = 10_000;
const ASKING_MS = 40_000;
const PAIRS = 40;

interface Beside {
  readonly ours: SqliteSearchIndex;
  readonly bare: BareIndex;
}

const elapsed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const fill = async ({ ours, bare }: Beside): Promise<void> => {
  for (let from = 0; from < PASSAGES / 2; from += BATCH) {
    const units = unitsOfZipf(from, BATCH);
    bare.upsert(bareRowsOf(units, 2 * from + 1));
    await ours.replace(1, units);
  }
};

/** The same questions, one after the other, first to one and then to the other. */
const compared = async ({ ours, bare }: Beside, scoped: boolean) => {
  const pairs: { readonly ours: number; readonly limit: number }[] = [];
  for (let i = 0; i < PAIRS; i++) {
    const question = questionOfZipf(i, scoped);
    const limit = await elapsed(() => bare.find(question));
    pairs.push({ ours: await elapsed(() => ours.find(1, question)), limit });
  }
  return {
    value: median(pairs.map((pair) => pair.ours)),
    limit: median(pairs.map((pair) => pair.limit)),
    ratio: median(pairs.map((pair) => pair.ours / pair.limit)),
  };
};

/** Each asks at a moment of their own and waits for nobody: so a slow answer makes a queue. */
const asked = async (ours: SqliteSearchIndex, scoped: boolean, forMs: number) => {
  const random = new ZipfWords(scoped ? 3 : 4);
  const count = (ASKERS * forMs) / EACH_MS;
  const moments = Array.from({ length: count }, () => random.number(forMs));
  let failed = 0;
  const times = await Promise.all(
    moments.map(async (moment, i) => {
      await delay(moment);
      const time = elapsed(() => ours.find(1, questionOfZipf(1000 + i, scoped)));
      return time.catch(() => (failed++, Number.POSITIVE_INFINITY));
    }),
  );
  return { times, failed };
};

const againstBare = (
  name: string,
  { value, limit, ratio }: Awaited<ReturnType<typeof compared>>,
) => ({
  ...{ name, value, unit: 'ms', limit, ratio },
  goal: '≤ 1.5 × of limit',
  met: ratio <= 1.5,
});

/** A generation is built beside, and the last one goes, while people ask. */
const whileRebuilding = async ({ ours }: Beside): Promise<Figure[]> => {
  let isOver = false;
  const building = (async () => {
    for (let from = 0; !isOver; from += BATCH / 4)
      await ours.replace(2, unitsOfZipf(from % (PASSAGES / 2), BATCH / 4));
  })();
  const scoped = await asked(ours, true, ASKING_MS);
  isOver = true;
  await building;
  const dropping = ours.drop(2);
  const dropped = await asked(ours, true, 5_000);
  await dropping;
  const failed = scoped.failed + dropped.failed;
  return [
    atMost(
      'question about one home, p95, while a generation is built',
      percentile(scoped.times, 0.95),
      'ms',
      150,
    ),
    atMost('questions that failed while one was built and dropped', failed, 'questions', 0),
  ];
};

const measured = async (both: Beside, progress: (text: string) => void): Promise<Measured> => {
  progress('filling both with 200,000 passages');
  await fill(both);
  progress('asking one after the other');
  const figures: Figure[] = [
    againstBare('question about one home, median, against bare FTS5', await compared(both, true)),
    againstBare('question about anything, median, against bare FTS5', await compared(both, false)),
  ];
  progress(`${ASKERS} people ask`);
  const scoped = await asked(both.ours, true, ASKING_MS);
  const unscoped = await asked(both.ours, false, ASKING_MS);
  figures.push(
    atMost('question about one home, p95, 20 askers', percentile(scoped.times, 0.95), 'ms', 150),
    atMost('question about anything, p95, 20 askers', percentile(unscoped.times, 0.95), 'ms', 500),
  );
  progress('a generation is built and dropped beside');
  return [...figures, ...(await whileRebuilding(both))];
};

export const retrieval: Bench = {
  name: 'retrieval',
  means: 'questions to 200,000 passages, against bare FTS5 over the same rows',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      const ours = await sqliteSearchIndex({ path: join(folder, 'index.db') });
      const bare = new BareIndex(join(folder, 'bare.db'));
      try {
        return await measured({ ours, bare }, progress);
      } finally {
        await ours.close();
        bare.close();
      }
    }),
};
