import { describe, expect, it } from '@jest/globals';

import { readSettings } from './read-settings.js';
import { sampleSecrets } from './sample-secrets.js';
import { SettingsError } from './settings-error.js';

const [sample = ''] = sampleSecrets;

const linesFor = (env: Record<string, string>, readText = (): string => ''): readonly string[] => {
  try {
    readSettings(env, readText);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.lines;
    throw error;
  }
};

const REFUSED = 'INNKEEPER_AIRCALL_TOKENS: expected a secret of your own, not one from our samples';

describe('a secret that stands in our samples', () => {
  it('is refused by a deployment with a name of its own, also as one of two, and is not repeated', () => {
    const named = { INNKEEPER_ENVIRONMENT: 'prod' };
    expect(linesFor({ ...named, INNKEEPER_AIRCALL_TOKENS: sample })).toEqual([REFUSED]);
    expect(linesFor({ ...named, INNKEEPER_AIRCALL_TOKENS: `our-own-one, ${sample}` })).toEqual([
      REFUSED,
    ]);
    expect(linesFor({ ...named, INNKEEPER_AIRCALL_TOKENS: 'our-own-one' })).toEqual([]);
  });

  it('is refused from a file too', () => {
    const env = { INNKEEPER_ENVIRONMENT: 'prod', INNKEEPER_AIRCALL_TOKENS_FILE: 'f' };
    expect(linesFor(env, () => `${sample}\n`)).toEqual([REFUSED]);
  });

  it('is taken on a laptop', () => {
    expect(linesFor({ INNKEEPER_AIRCALL_TOKENS: sample })).toEqual([]);
  });
});
