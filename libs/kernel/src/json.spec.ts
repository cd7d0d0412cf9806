import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { canonicalJson, JSON_DEPTH_LIMIT, Secret } from './index.js';

const codeOf = (value: unknown): unknown => {
  try {
    return canonicalJson(value);
  } catch (thrown) {
    return (thrown as { code?: string }).code;
  }
};

/** The same value with every object's keys put in another order. */
const shuffled = (value: unknown, random: () => number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, random));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => ({
    key,
    item: shuffled(item, random),
    at: random(),
  }));
  return Object.fromEntries(
    entries.sort((a, b) => a.at - b.at).map(({ key, item }) => [key, item]),
  );
};

const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 6 });
/** UTF-16 units at random: surrogates stand alone as often as not. */
const brokenText = fc
  .array(fc.oneof(fc.integer({ min: 0xd7f0, max: 0xe010 }), fc.nat(0xffff)), { maxLength: 6 })
  .map((units) => String.fromCharCode(...units));
const withBrokenText = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    brokenText,
    fc.integer(),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(brokenText, tie('value'), { maxKeys: 4 }),
  ),
})).value;

describe('canonical JSON', () => {
  it('is one text for one value, in whatever order its keys were written', () => {
    fc.assert(
      fc.property(
        anyJson,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        (value, s) => {
          const random = (): number => Number(s.next().value);
          expect(canonicalJson(shuffled(value, random))).toBe(canonicalJson(value));
        },
      ),
    );
  });

  it('reads back as the value it was written from', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('is its own canonical form, also with broken text in values and keys', () => {
    fc.assert(
      fc.property(withBrokenText, (value) => {
        const text = canonicalJson(value);
        expect(text.isWellFormed()).toBe(true);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('is what JSON.stringify writes of an object built in order', () => {
    const built = { answeredAt: 1, call: '4190001001', tags: [{ by: 'x', id: 'y' }], z: null };
    expect(canonicalJson(built)).toBe(JSON.stringify(built));
  });

  it.each([
    [
      'keys by code unit',
      { b: 1, a: 2, B: 3, é: 4, '😀': 5, '\uffee': 6 },
      '{"B":3,"a":2,"b":1,"é":4,"😀":5,"\uffee":6}',
    ],
    ['keys that look like numbers as text', { 9: 1, 10: 2 }, '{"10":2,"9":1}'],
    ['a missing value not at all', { a: undefined, b: 1 }, '{"b":1}'],
    ['a missing item as null', [undefined, 1], '[null,1]'],
    ['minus zero as zero', -0, '0'],
    ['control characters escaped', 'a\n\u0000', '"a\\n\\u0000"'],
    ['a lone surrogate as U+FFFD', 'a\ud800b', '"a\ufffdb"'],
    ['keys that break to one text as one key', { '\ud800': 1, '\udfff': 2 }, '{"\ufffd":2}'],
    [
      'a key named __proto__ as any other',
      JSON.parse('{"__proto__":{"a":1}}'),
      '{"__proto__":{"a":1}}',
    ],
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ])('writes %s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([NaN, Infinity, -Infinity, [1, NaN], { a: { b: Infinity } }])('refuses %p', (value) => {
    expect(codeOf(value)).toBe('JSON_NUMBER_INVALID');
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
    ['a bigint', { a: 1n }],
    ['a date', { at: new Date(0) }],
    ['a map', new Map([['a', 1]])],
    ['bytes', { body: new Uint8Array(2) }],
    ['a secret', { token: new Secret('x') }],
  ])('refuses %s rather than lose it', (_, value) => {
    expect(codeOf(value)).toBe('JSON_VALUE_INVALID');
  });

  it('goes to its depth and no deeper, also for a value without end', () => {
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: [nested(depth - 1)] });
    expect(codeOf(nested(JSON_DEPTH_LIMIT / 2))).toContain('"a"');
    expect(codeOf([nested(JSON_DEPTH_LIMIT / 2)])).toBe('JSON_TOO_DEEP');
    const endless: { self?: unknown } = {};
    endless.self = endless;
    expect(codeOf(endless)).toBe('JSON_TOO_DEEP');
  });
});
