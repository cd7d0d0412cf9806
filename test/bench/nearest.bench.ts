import { join } from 'node:path';

import { sqliteSearchIndex, type SqliteSearchIndex } from '#libs/adapters/sqlite';

import { atLeast, atMost, median, percentile, type Bench, type Figure } from './figure.js';
import { BareVectors } from './index/bare-vectors.js';
import { unitsOfZipf } from './index/zipf-passages.js';
import {
  DIMENSION,
  nearQuestion,
  vectorOfZipf,
  withVectors,
  type NearQuestion,
} from './index/zipf-vectors.js';
import { inScratchFolder } from './scratch-folder.js';

const PASSAGES = 200_000;
const BATCH = 1000;
const QUESTIONS = 60;
const LIMIT = 100;

interface Beside {
  readonly ours: SqliteSearchIndex;
  readonly bare: BareVectors;
}

const elapsed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const fill = async ({ ours, bare }: Beside): Promise<void> => {
  await ours.begin(1, { dimension: DIMENSION });
  for (let from = 0; from < PASSAGES / 2; from += BATCH) {
    const units = withVectors(unitsOfZipf(from, BATCH), 2 * from + 1);
    bare.fill(units, 2 * from + 1);
    await ours.replace(1, units);
  }
};

const asked = (
  { ours }: Pick<Beside, 'ours'>,
  { vector, listing }: NearQuestion,
  scoped: boolean,
) =>
  ours.nearest(1, {
    vector,
    limit: LIMIT,
    audience: ['staff'],
    ...(scoped && { scope: [`listing/guesty.${listing}`] }),
  });

/** The same questions, one after the other, first to one and then to the other. */
const compared = async (both: Beside, scoped: boolean, count: number) => {
  const pairs: { readonly ours: number; readonly limit: number }[] = [];
  for (let i = 0; i < count; i++) {
    const question = nearQuestion(i, PASSAGES);
    const home = scoped ? question.listing : undefined;
    const limit = await elapsed(() => both.bare.nearest(question.vector, LIMIT, home));
    pairs.push({ ours: await elapsed(() => asked(both, question, scoped)), limit });
  }
  return pairs;
};

const againstBare = (name: string, pairs: Awaited<ReturnType<typeof compared>>): Figure => {
  const ratio = median(pairs.map(({ ours, limit }) => ours / limit));
  return {
    ...{ name, unit: 'ms', ratio },
    value: median(pairs.map(({ ours }) => ours)),
    limit: median(pairs.map(({ limit }) => limit)),
    goal: '≤ 1.5 × of limit',
    met: ratio <= 1.5,
  };
};

/** How many of the ten that are really nearest are among the first ten. */
const recalled = async (both: Beside): Promise<number> => {
  const questions = Array.from({ length: 10 }, (_, i) => nearQuestion(i, PASSAGES));
  const nearest = questions.map(() => new Array<number>(10).fill(-2));
  for (let number = 1; number <= PASSAGES; number++) {
    const vector = vectorOfZipf(number);
    questions.forEach((question, i) => {
      let cosine = 0;
      for (let j = 0; j < DIMENSION; j++) cosine += (question.vector[j] ?? 0) * (vector[j] ?? 0);
      const best = nearest[i] ?? [];
      if (cosine > (best[9] ?? 0)) best.splice(9, 1, cosine);
      best.sort((a, b) => b - a);
    });
  }
  let found = 0;
  for (const [i, question] of questions.entries()) {
    const hits = (await asked(both, question, false)).slice(0, 10);
    found += hits.filter(({ score }) => score >= (nearest[i]?.[9] ?? 2) - 0.0005).length;
  }
  return found / (10 * questions.length);
};

const measured = async (both: Beside, progress: (text: string) => void): Promise<Figure[]> => {
  progress('filling both with 200,000 vectors');
  await fill(both);
  progress('asking one after the other');
  await compared(both, true, 10);
  const scoped = await compared(both, true, QUESTIONS);
  const unscoped = await compared(both, false, QUESTIONS / 2);
  progress('looking at every vector for some of them');
  return [
    againstBare('nearest about one home, median, against bare sqlite-vec', scoped),
    atMost(
      'nearest about one home, p95',
      percentile(
        scoped.map(({ ours }) => ours),
        0.95,
      ),
      'ms',
      150,
    ),
    againstBare('nearest about anything, median, against bare sqlite-vec', unscoped),
    atMost(
      'nearest about anything, p95',
      percentile(
        unscoped.map(({ ours }) => ours),
        0.95,
      ),
      'ms',
      150,
    ),
    atLeast('of the ten nearest about anything, found', await recalled(both), 'share', 0.95),
  ];
};

export const nearest: Bench = {
  name: 'nearest',
  means: 'what is near among 200,000 vectors, against bare sqlite-vec over the same',
  run: ({ progress }) =>
    inScratchFolder(async (folder) => {
      const ours = await sqliteSearchIndex({ path: join(folder, 'index.db') });
      const bare = new BareVectors(join(folder, 'bare.db'), DIMENSION);
      try {
        return await measured({ ours, bare }, progress);
      } finally {
        await ours.close();
        bare.close();
      }
    }),
};
