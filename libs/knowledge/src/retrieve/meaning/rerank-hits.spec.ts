import { fault } from '#libs/kernel';
import type { Reranker } from '#libs/ports/reranker';
import { expect, test } from '@jest/globals';

import type { RankedHit } from '../retrieval.js';
import { rerankHits } from './rerank-hits.js';

const hits: readonly RankedHit[] = Array.from({ length: 40 }, (_, i) => ({
  passage: {
    ...{ id: `p${String(i).padStart(2, '0')}`, title: 'T', text: `text ${i}` },
    ...{ unit: i === 1 ? 'payment/1' : `note/${i}`, records: [], scope: [] },
  } as never,
  ...{ score: 1 - i / 100, coverage: 1, because: { lexical: 1 } },
}));
const unembeddedKinds = new Set(['payment']);

const order = async (reranker: Reranker | undefined, withinMs?: number) =>
  (await rerankHits({ reranker, unembeddedKinds }, withinMs)('question', hits))
    .slice(0, 4)
    .map(({ passage }) => passage.text);

const asTheyWere = ['text 0', 'text 1', 'text 2', 'text 3'];

test('the best thirty stand in the order of the reranker, without texts that may not leave', async () => {
  const sent: string[] = [];
  const reranker: Reranker = {
    rerank: (_, texts) => {
      sent.push(...texts);
      return Promise.resolve(texts.map((text) => (text.endsWith(' 29') ? 9 : -1 - text.length)));
    },
  };
  expect((await order(reranker))[0]).toBe('text 29');
  expect(sent).toHaveLength(29);
  expect(sent.join()).not.toContain('text 1,');
  expect(sent.join()).not.toContain('text 30');
});

test('nothing changes without one, or where it is slow, away, or answers another number', async () => {
  expect(await order(undefined)).toEqual(asTheyWere);
  expect(await order({ rerank: () => new Promise(() => undefined) }, 10)).toEqual(asTheyWere);
  const away: Reranker = { rerank: () => Promise.reject(fault('RERANKER_UNAVAILABLE')) };
  expect(await order(away)).toEqual(asTheyWere);
  expect(await order({ rerank: () => Promise.resolve([1]) })).toEqual(asTheyWere);
});

test('scores keep falling, and a hit says what it had before', async () => {
  const reranker: Reranker = { rerank: (_, texts) => Promise.resolve(texts.map((_text, i) => i)) };
  const reranked = await rerankHits({ reranker, unembeddedKinds })('question', hits);
  const scores = reranked.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  expect(new Set(reranked.map(({ passage }) => passage.id)).size).toBe(hits.length);
  expect(reranked[0]?.because).toMatchObject({ lexical: 1, fused: 0.71, rerank: 28 });
});
