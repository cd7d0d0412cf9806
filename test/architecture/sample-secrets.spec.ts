import { expect, it } from '@jest/globals';

import { allNotes } from '../../libs/platform/src/settings/read-settings.js';
import { sampleSecrets } from '../../libs/platform/src/settings/sample-secrets.js';
import { filesIn, textOfFile } from './house.js';

/** Where a provider's bodies, answers and vectors carry the secret they are proved with. */
const IN_FIXTURES = /"(?:token|secret|previousSecret|key)": ?"([^"]{16,})"/g;
/** `NAME=value` of a secret, as a reader copies it; `…` and `<…>` are for them to fill in. */
const secretNames = allNotes().flatMap(({ name, secret }) => (secret ? [name] : []));
const inDocuments = new RegExp(`(?:${secretNames.join('|')})=([^\\s\`'"…<$]+)`, 'g');

const isUrlWithoutUser = (text: string): boolean => /^\w+(?:\+srv)?:\/\/[^@]*$/.test(text);

const found = (paths: readonly string[], pattern: RegExp): string[] =>
  paths
    .flatMap((path) => [...textOfFile(path).matchAll(pattern)])
    .flatMap(([, value = '']) => (isUrlWithoutUser(value) ? [] : value.split(',')));

const samples = [
  ...found(
    filesIn('test/fixtures').filter((path) => path.endsWith('.json')),
    IN_FIXTURES,
  ),
  ...found(
    ['README.md', '.env.example', ...filesIn('docs').filter((path) => path.endsWith('.md'))],
    inDocuments,
  ),
];

it('refuses, outside a laptop, every secret that our fixtures and documents show', () => {
  expect(samples.length).toBeGreaterThan(10);
  expect([...new Set(samples)].filter((one) => !sampleSecrets.includes(one))).toEqual([]);
});
