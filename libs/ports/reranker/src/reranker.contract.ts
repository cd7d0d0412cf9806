import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { asFault, type Fault } from '#libs/kernel';

import type { Reranker } from './reranker.port.js';

export type RerankerTrouble = 'away' | 'refuses' | 'answers_oddly' | 'falls_silent';

export interface RerankerHarness {
  readonly reranker: Reranker;
  trouble(what: RerankerTrouble | undefined): void;
  dispose(): Promise<void>;
}

export type RerankerBehaviour = (harness: RerankerHarness) => Promise<void>;

const QUESTION = 'Where is the password of the wifi?';
const TEXTS = [
  'The pool closes at nine.',
  'The password of the wifi is where the fridge is.',
  'Ask where the keys are.',
];

const never = (): AbortSignal => new AbortController().signal;
const failureOf = async (asked: Promise<unknown>): Promise<Fault> => {
  const failure = await asked.then(() => undefined, asFault);
  if (!failure) throw new Error('it answered');
  return failure;
};

const scoresInOrder: RerankerBehaviour = async ({ reranker }) => {
  const scores = await reranker.rerank(QUESTION, TEXTS, never());
  expect(scores).toHaveLength(TEXTS.length);
  expect(scores.indexOf(Math.max(...scores))).toBe(1);
  expect(scores.indexOf(Math.min(...scores))).toBe(0);
  const turned = await reranker.rerank(QUESTION, TEXTS.toReversed(), never());
  for (const [i, score] of turned.entries()) expect(score).toBeCloseTo(scores[2 - i] ?? NaN);
  expect(await reranker.rerank(QUESTION, [], never())).toEqual([]);
};

const takesManyAndOdd: RerankerBehaviour = async ({ reranker }) => {
  const texts = ['', '\ud83d', '🛎', 'x'.repeat(10_000), ...Array<string>(96).fill(TEXTS[1] ?? '')];
  const scores = await reranker.rerank(QUESTION, texts, never());
  expect(scores).toHaveLength(100);
  expect(scores.every(Number.isFinite)).toBe(true);
  expect(new Set(scores.slice(4).map((score) => score.toFixed(3))).size).toBe(1);
  expect(await reranker.rerank('', TEXTS, never())).toHaveLength(3);
};

const saysThatItIsAway: RerankerBehaviour = async ({ reranker, trouble }) => {
  for (const what of ['away', 'refuses', 'answers_oddly'] as const) {
    trouble(what);
    const failure = await failureOf(reranker.rerank('Maya', ['Maya Chen'], never()));
    expect([what, failure.code]).toEqual([what, 'RERANKER_UNAVAILABLE']);
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('Maya');
    trouble(undefined);
    expect(await reranker.rerank(QUESTION, TEXTS, never())).toHaveLength(3);
  }
};

const stopsWhenTold: RerankerBehaviour = async ({ reranker, trouble }) => {
  const stopped = AbortSignal.abort(new Error('enough'));
  expect((await failureOf(reranker.rerank(QUESTION, TEXTS, stopped))).code).toBe(
    'RERANKER_UNAVAILABLE',
  );
  trouble('falls_silent');
  const stop = new AbortController();
  const asked = reranker.rerank(QUESTION, TEXTS, stop.signal);
  stop.abort(new Error('enough'));
  expect((await failureOf(asked)).code).toBe('RERANKER_UNAVAILABLE');
};

export const rerankerBehaviours: Readonly<Record<string, RerankerBehaviour>> = {
  'scores each text, in order, higher where it answers better': scoresInOrder,
  'takes a hundred texts, and odd ones': takesManyAndOdd,
  'says that it is away, for any reason, and no word of a text': saysThatItIsAway,
  'is away where it is not done when the signal says to stop': stopsWhenTold,
};

export const rerankerContract = (adapter: string, make: () => Promise<RerankerHarness>): void => {
  describe(`reranker on ${adapter}`, () => {
    it.each(Object.entries(rerankerBehaviours))('%s', async (_title, behaviour) => {
      const harness = await make();
      try {
        await behaviour(harness);
      } finally {
        await harness.dispose();
      }
    });
  });
};
