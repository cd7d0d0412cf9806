import { describe, expect, it } from '@jest/globals';

import { readSettings } from '../settings/read-settings.js';
import { leavingText, whatLeaves } from './what-leaves.js';

const leavingOf = (env: Readonly<Record<string, string>>) =>
  whatLeaves(readSettings(env, () => ''));

describe('what leaves the house', () => {
  it('is nothing where all is local', () => {
    expect(leavingOf({})).toEqual([]);
    expect(
      leavingOf({ INNKEEPER_EMBEDDER_KIND: 'local', INNKEEPER_EMBEDDER_MODEL: 'Xenova/use' }),
    ).toEqual([]);
  });

  it('names each server, which text it gets and which it never gets', () => {
    const leaving = leavingOf({
      INNKEEPER_EMBEDDER_KIND: 'openai',
      INNKEEPER_EMBEDDER_URL: 'http://10.0.0.7:8080/v1',
      INNKEEPER_EMBEDDER_MODEL: 'use',
      INNKEEPER_EMBEDDER_EXCLUDED_KINDS: 'call,payment',
      INNKEEPER_RERANKER_URL: 'https://rerank.example',
      INNKEEPER_CHAT_MODEL_KIND: 'groq',
      INNKEEPER_GROQ_API_KEY: 'gsk_of_a_test',
      INNKEEPER_MODEL_STAND_INS: 'on',
      INNKEEPER_MODEL_EXCLUDED_KINDS: 'payment',
    });
    expect(leaving.map(leavingText)).toEqual([
      'passages and questions go to 10.0.0.7:8080 (use), without call, payment',
      'questions and the best passages go to rerank.example, without call, payment',
      'questions and what is found for them go to api.groq.com (openai/gpt-oss-120b), without payment, personal values as stand-ins',
    ]);
    expect(leaving.map(({ isOwn }) => isOwn)).toEqual([true, false, false]);
  });
});
