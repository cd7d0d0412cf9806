import { describe, expect, it } from '@jest/globals';

import { readSettings } from '../settings/read-settings.js';
import { meaningText } from './summary.js';

const embedderOf = (env: Readonly<Record<string, string>>) => readSettings(env, () => '').embedder;
const none = embedderOf({});
const elsewhere = embedderOf({
  INNKEEPER_EMBEDDER_KIND: 'openai',
  INNKEEPER_EMBEDDER_URL: 'https://embed.example/v1',
  INNKEEPER_EMBEDDER_MODEL: 'use',
});
const local = embedderOf({
  INNKEEPER_EMBEDDER_KIND: 'local',
  INNKEEPER_EMBEDDER_MODEL: 'Xenova/use',
});
const vectors = { model: 'use-v3', dimension: 512, passages: 1_000, lacking: 0, behindMs: 0 };

describe('the line about meaning', () => {
  it.each([
    ['off: set INNKEEPER_EMBEDDER_KIND', none, undefined],
    ['use: no vectors yet', elsewhere, undefined],
    ['use: no vectors yet', elsewhere, { ...vectors, passages: 0 }],
    ['use-v3, 512 dimensions, 100 % of passages have a vector', elsewhere, vectors],
    [
      'use-v3, 512 dimensions, 99 % of passages have a vector',
      elsewhere,
      { ...vectors, lacking: 1 },
    ],
    [
      'use-v3, made here, 512 dimensions, 0 % of passages have a vector',
      local,
      { ...vectors, lacking: 1_000 },
    ],
  ])('is: %s', (text, embedder, known) => {
    expect(meaningText(embedder, known)).toBe(text);
  });
});
