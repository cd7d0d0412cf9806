import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from '@jest/globals';

import { allNotes, readSettings } from './read-settings.js';
import { hasSample, sampleSecrets } from './sample-secrets.js';
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

const root = fileURLToPath(new URL('../../../../', import.meta.url));

const below = (folder: string, ending: string): string[] =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => `${folder}/${path}`);

/** Where a provider's bodies, answers and vectors carry the secret they are proved with. */
const IN_FIXTURES = /"(?:token|secret|previousSecret|key)": ?"([^"]{16,})"/g;
/** `NAME=value` of a secret, as a reader copies it; `…` and `<…>` are for them to fill in. */
const secretNames = allNotes().flatMap(({ name, secret }) => (secret ? [name] : []));
const IN_DOCUMENTS = new RegExp(`(?:${secretNames.join('|')})=([^\\s\`'"…<$]+)`, 'g');

const isUrlWithoutUser = (text: string): boolean => /^\w+(?:\+srv)?:\/\/[^@]*$/.test(text);

const shownIn = (paths: readonly string[], pattern: RegExp): string[] =>
  paths
    .flatMap((path) => [...readFileSync(`${root}${path}`, 'utf8').matchAll(pattern)])
    .flatMap(([, value = '']) => (isUrlWithoutUser(value) ? [] : value.split(',')));

describe('the list of samples', () => {
  it('has every secret that our fixtures and documents show', () => {
    const inFixtures = shownIn(below('test/fixtures', '.json'), IN_FIXTURES);
    const documents = ['README.md', '.env.example', ...below('docs', '.md')];
    const shown = new Set([...inFixtures, ...shownIn(documents, IN_DOCUMENTS)]);
    expect(shown.size).toBeGreaterThan(1);
    expect([...shown].filter((one) => !hasSample(one))).toEqual([]);
  });

  it('would miss none that a document gives to copy', () => {
    const line = 'INNKEEPER_MASTER_KEY=abcdef\nINNKEEPER_AIRCALL_TOKENS=one,two\n';
    expect([...line.matchAll(IN_DOCUMENTS)].map(([, value]) => value)).toEqual([
      'abcdef',
      'one,two',
    ]);
  });
});
