import { describe, expect, it } from '@jest/globals';

import { manifestIn, manifestText, noManifest } from './index.js';

const manifest = { ...noManifest('chat', 'mongodb'), counts: { a: 1 }, checksums: { a: 'ab' } };

describe('a manifest', () => {
  it('is read as it was written', () => {
    expect(manifestIn(manifestText(manifest))).toEqual(manifest);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['of a later format', manifestText({ ...manifest, format: 2 as 1 })],
    ['without a name', JSON.stringify({ ...manifest, source: undefined })],
    ['without counts', JSON.stringify({ ...manifest, counts: null })],
    ['with counts that are none', JSON.stringify({ ...manifest, counts: { a: '1' } })],
    ['with a list for checksums', JSON.stringify({ ...manifest, checksums: ['ab'] })],
  ])('is none where it is %s', (_, text) => {
    expect(manifestIn(text)).toBeUndefined();
  });
});
