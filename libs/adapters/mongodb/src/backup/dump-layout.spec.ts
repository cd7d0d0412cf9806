import { expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { fileNameOf, filesOf, metadataOf, metadataText } from './dump-layout.js';

it.each([
  ['messages', 'messages'],
  ['a/b', 'a%2Fb'],
  ['100% é', '100%25%20%C3%A9'],
  ['$&+=:@-_.~', '$&+=:@-_.~'],
  ["!'()*;,?", '%21%27%28%29%2A%3B%2C%3F'],
])('calls the file of %s as mongodump does', (collection, file) => {
  expect(fileNameOf(collection)).toBe(file);
});

it('cuts a name that is too long for a file, and keeps two such names apart', () => {
  const [one, other] = ['x', 'y'].map((end) => fileNameOf(`${'n'.repeat(250)}${end}`));
  expect(one).toMatch(/^n{208}%24[\w-]{27}$/);
  expect(one).not.toBe(other);
});

it('keeps time series in the file of their buckets, under the metadata of their name', () => {
  expect(filesOf('/copy', { database: 'd', name: 'readings', type: 'timeseries' })).toEqual({
    documents: '/copy/dump/d/system.buckets.readings.bson',
    metadata: '/copy/dump/d/readings.metadata.json',
  });
});

it('gives options and indexes back with the number types that they had', () => {
  const text = metadataText(
    { database: 'd', name: 'c', type: 'collection', options: { size: BSON.Long.fromNumber(9) } },
    [{ name: 'i', key: { a: new BSON.Double(1) }, v: new BSON.Int32(2) }],
  );
  const { options, indexes } = metadataOf(text);
  expect(BSON.serialize(options)).toEqual(BSON.serialize({ size: BSON.Long.fromNumber(9) }));
  expect(indexes[0]?.['key']).toEqual({ a: new BSON.Double(1) });
});

it.each(['', '[]', '{}', 'null', '{"collectionName":"c","indexes":1}'])(
  'takes %j for no metadata',
  (text) => {
    expect(() => metadataOf(text)).toThrow();
  },
);
