import { expect, it } from '@jest/globals';

import { goneFrom, sameCatalog } from './dump-catalog.js';
import type { DumpedCollection } from './dump-layout.js';

const collection = (name: string, uuid: string): DumpedCollection => ({
  ...{ database: 'd', name, uuid, type: 'collection', options: {} },
});
const [a, b] = [collection('a', '01'), collection('b', '02')];

it('finds what was dropped, renamed, or dropped and made again', () => {
  expect(goneFrom([a, b], [a, b])).toEqual([]);
  expect(goneFrom([a], [a, b])).toEqual([b]);
  expect(goneFrom([a, collection('c', '02')], [a, b])).toEqual([b]);
  expect(goneFrom([a, collection('b', '03')], [a, b])).toEqual([b]);
});

it('takes two lists for one only where nothing came, went or was made again', () => {
  expect(sameCatalog([a, b], [a, b])).toBe(true);
  expect(sameCatalog([a], [a, b])).toBe(false);
  expect(sameCatalog([a, b], [a, collection('b', '03')])).toBe(false);
});
