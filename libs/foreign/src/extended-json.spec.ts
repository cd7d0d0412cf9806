import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson } from '#libs/kernel';

import { plainOfExtended } from './extended-json.js';

describe('Extended JSON as people read it', () => {
  it.each([
    ['a date', { $date: { $numberLong: '1793693561318' } }, '2026-11-03T08:12:41.318Z'],
    ['a relaxed date', { $date: '2026-11-03T08:12:41.318Z' }, '2026-11-03T08:12:41.318Z'],
    [
      'a date of no calendar',
      { $date: { $numberLong: '9223372036854775807' } },
      '9223372036854775807',
    ],
    ['a date before 1970', { $date: { $numberLong: '-1' } }, '1969-12-31T23:59:59.999Z'],
    ['an ObjectId', { $oid: '6a1f0c9b2d3e4f5061728394' }, '6a1f0c9b2d3e4f5061728394'],
    ['a number', { $numberInt: '-7' }, -7],
    ['a long number', { $numberLong: '9007199254740991' }, 9007199254740991],
    ['one that would be rounded', { $numberLong: '9007199254740993' }, '9007199254740993'],
    ['a fraction', { $numberDouble: '0.1' }, 0.1],
    ['a number without end', { $numberDouble: 'Infinity' }, 'Infinity'],
    ['an amount', { $numberDecimal: '12.50' }, 12.5],
    ['a longer amount', { $numberDecimal: '1234567890.12345678' }, '1234567890.12345678'],
    ['bytes', { $binary: { base64: 'SGVsbG8=', subType: '00' } }, '5 bytes'],
    [
      'a moment of the database',
      { $timestamp: { t: 1793693561, i: 3 } },
      '2026-11-03T08:12:41.000Z',
    ],
    ['a pattern', { $regularExpression: { pattern: '^a', options: 'i' } }, '/^a/i'],
    ['a script', { $code: 'x()', $scope: {} }, 'x()'],
    ['the least of all', { $minKey: 1 }, null],
    [
      'a reference',
      { $ref: 'rooms', $id: { $oid: '6a1f0c9b2d3e4f5061728394' } },
      { $ref: 'rooms', $id: '6a1f0c9b2d3e4f5061728394' },
    ],
    ['half a character', 'a\ud800', 'a\ufffd'],
  ])('shows %s', (_, extended, plain) => {
    expect(plainOfExtended(extended)).toEqual(plain);
  });

  it.each<object>([
    { $date: 'soon' },
    { $date: { $numberLong: 'soon' } },
    { $oid: 'no id' },
    { $gt: 5 },
    { $numberInt: 7 },
    { $date: '2026-11-03T08:12:41.318Z', other: 1 },
    { toString: 1, constructor: 2 },
    { $constructor: 1 },
  ])('leaves alone what only looks like a wrapper: %j', (document) => {
    expect(plainOfExtended(document)).toEqual(document);
  });

  it('reaches through no prototype and makes none', () => {
    const document = JSON.parse(
      '{"__proto__":{"$oid":"x","polluted":1},"a":{"__proto__":2}}',
    ) as object;
    const plain = plainOfExtended(document);
    expect(canonicalJson(plain)).toBe(canonicalJson(document));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('gives of anything at all what can be stored', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (value) => {
        expect(() => canonicalJson(plainOfExtended(value))).not.toThrow();
      }),
    );
  });
});
