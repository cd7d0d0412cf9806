import { join } from 'node:path';

import { describePeer, type Emulator } from '#libs/testing';
import { beforeAll, expect, it } from '@jest/globals';

import { processOutside } from '../src/process-outside.js';
import { runWith } from './fake-outside.js';

const fixtures = join(import.meta.dirname, '../../../test/fixtures');

type Figures = Readonly<Record<'ndcg@10' | 'r@1' | 'recall@10', number>>;

describePeer('embedder-use', 'eval with a real model', (peer) => {
  let server: Emulator;
  beforeAll(async () => void (server = await peer.shared()));

  const figuresOf = async (collection: string, settings: Readonly<Record<string, string>>) => {
    const words = ['eval', join(fixtures, collection), '--json'];
    const { code, documents } = await runWith(words, (io) => processOutside(settings, io));
    expect(code).toBe(0);
    return documents[0] as Figures;
  };
  const byMeaning = (collection: string) =>
    figuresOf(collection, {
      INNKEEPER_EMBEDDER_KIND: 'openai',
      INNKEEPER_EMBEDDER_URL: `http://${server.host}/v1`,
      INNKEEPER_EMBEDDER_MODEL: 'use-multilingual-v3',
    });

  it('finds what was written in another language than the question, among the first ten', async () => {
    const words = await figuresOf('eval-languages', {});
    const meaning = await byMeaning('eval-languages');
    expect(meaning['recall@10']).toBeGreaterThanOrEqual(0.9);
    expect(meaning['recall@10']).toBeGreaterThan(words['recall@10'] + 0.2);
    expect(meaning['r@1']).toBeGreaterThan(words['r@1'] + 0.1);
  });

  it('finds no worse than by words alone where words are enough', async () => {
    const words = await figuresOf('eval', {});
    const meaning = await byMeaning('eval');
    expect(meaning['ndcg@10']).toBeGreaterThanOrEqual(words['ndcg@10'] - 0.005);
    expect(meaning['recall@10']).toBeGreaterThanOrEqual(words['recall@10']);
  });
});
