import { describe, expect, it } from '@jest/globals';
import { BSON } from 'mongodb';

import { LARGEST_DOCUMENT } from '#libs/ports/change-feed';

import { isShuffled, keyOfId, MOST_GROWTH, readOf, sameKey } from './feed-documents.js';

const answer = (document: BSON.Document): Uint8Array =>
  BSON.serialize({
    size: BSON.calculateObjectSize(document),
    key: { _id: document['_id'] as unknown },
    document,
  });

describe('a document of MongoDB as it is read', () => {
  it('has one key for whole numbers of each type', () => {
    const keys = ['{"$numberInt":"5"}', '{"$numberLong":"5"}', '{"$numberDouble":"5.0"}'];
    expect(keys.map(sameKey)).toEqual(keys.map(() => keyOfId(5)));
    expect(sameKey('"5"')).toBe('"5"');
    expect(readOf(answer({ _id: new BSON.Double(5) })).key).toBe(keyOfId(5));
    expect(readOf(answer({ _id: BSON.Long.fromNumber(5) })).key).toBe(keyOfId(5));
  });

  it('keeps the type of each value', () => {
    const { document } = readOf(answer({ _id: 'a', n: new BSON.Double(1) }));
    expect(document).toEqual({ _id: 'a', n: { $numberDouble: '1.0' } });
  });

  it('is set aside where its text is none, where it is too deep, and where its key would be another', () => {
    const bytes = answer({ _id: 'a', text: 'AAAA' });
    bytes.fill(0xff, bytes.lastIndexOf(0x41) - 3, bytes.lastIndexOf(0x41) + 1);
    expect(readOf(bytes)).toEqual({ key: '"a"', unreadable: true });
    let deep: BSON.Document = {};
    for (let level = 0; level < 90; level++) deep = { deep };
    expect(readOf(answer({ _id: 'a', deep }))).toEqual({ key: '"a"', unreadable: true });
    expect(readOf(answer({ _id: { b: 1, 1: 1 } })).unreadable).toBe(true);
    expect([isShuffled({ b: 1, 1: 1 }), isShuffled({ x: { 2: 1, 1: 1 } })]).toEqual([true, true]);
    expect([isShuffled({ 1: 1 }), isShuffled('1'), isShuffled(null)]).toEqual([
      false,
      false,
      false,
    ]);
  });

  it('is too large by its Extended JSON, or where the server kept it', () => {
    const text = 'x'.repeat(LARGEST_DOCUMENT);
    expect(readOf(answer({ _id: 'a', text })).tooLarge).toBeGreaterThan(LARGEST_DOCUMENT);
    const kept = BSON.serialize({ size: 7_000_000, key: { _id: 'a' } });
    expect(readOf(kept)).toEqual({ key: '"a"', tooLarge: 7_000_000 });
    const short = Array.from({ length: 50_000 }, () => 'x');
    expect(readOf(answer({ _id: 'a', short })).document).toBeDefined();
  });

  it.each([
    ['numbers', 7],
    ['doubles', -1.7976931348623157e308],
    ['long numbers', BSON.Long.MIN_VALUE],
    ['ends', new BSON.MinKey()],
    ['nothing', null],
    ['signs that are escaped', '\u0001'],
    ['patterns', new BSON.BSONRegExp('', '')],
    ['bytes', new BSON.Binary(new Uint8Array())],
    ['moments', new BSON.Timestamp({ t: 4_294_967_295, i: 4_294_967_295 })],
    ['lists', []],
  ])('grows no more than is counted with, of %s', (_, value) => {
    const growthOf = (document: BSON.Document) =>
      JSON.stringify(BSON.EJSON.serialize(document, { relaxed: false })).length /
      BSON.calculateObjectSize(document);
    expect(growthOf({ '': value })).toBeLessThan(MOST_GROWTH);
    expect(growthOf({ list: Array<unknown>(500).fill(value) })).toBeLessThan(MOST_GROWTH);
  });
});
