import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { JSON_DEPTH_LIMIT, textOf, utf8 } from '#libs/kernel';

import { scanFields } from './scan-body.js';

/** The fields at the top as the scan tells them; nothing where it refuses the text. */
const scanned = (text: string): [key: unknown, value: unknown][] | undefined => {
  const bytes = utf8(text);
  const fields: [unknown, unknown][] = [];
  const parsed = (from: number, to: number): unknown =>
    JSON.parse(textOf(bytes.subarray(from, to)));
  const readable = scanFields(bytes, (key, value) => {
    fields.push([parsed(key.from, key.to), parsed(value.from, value.to)]);
  });
  return readable ? fields : undefined;
};

/** What a parser says of it: an object with fields, or nothing. */
const parsedObject = (text: string): object | undefined => {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
};

const asParsed = (text: string): void => {
  const fields = scanned(text);
  const expected = parsedObject(text);
  expect(fields && Object.fromEntries(fields)).toEqual(expected && { ...expected });
};

const noise = [...'{}[]:,"\\/ \t\n0123456789.+-eEtrufalsn\u0000\u001fé', '\\u00', '"a":', '{"x":'];

describe('the scan of a body', () => {
  it('takes what a parser takes, and tells the fields it would give', () => {
    const bodies = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));
    fc.assert(
      fc.property(bodies, fc.constantFrom(0, 1, '\t\n\r '), (body, space) =>
        asParsed(JSON.stringify(body, undefined, space)),
      ),
      { numRuns: 500 },
    );
  });

  it('refuses what a parser refuses, wherever a character is lost, changed or put in', () => {
    const bodies = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue({ maxDepth: 3 }));
    const change = fc.tuple(fc.nat(), fc.constantFrom(0, 1), fc.constantFrom('', ...noise));
    fc.assert(
      fc.property(bodies, fc.array(change, { minLength: 1, maxLength: 3 }), (body, changes) => {
        let text = JSON.stringify({ ...body, n: [-0.5e-7, 10, 0], t: '\\"\u0007' });
        for (const [place, lost, put] of changes) {
          const at = place % text.length;
          text = (text.slice(0, at) + put + text.slice(at + lost)).toWellFormed();
        }
        asParsed(text);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ...[
      '',
      ' ',
      '{',
      '{}',
      ' { } ',
      '[]',
      '"a"',
      'null',
      '{"a":1}x',
      '{"a":1,}',
      '{,"a":1}',
      '{a:1}',
    ],
    ...[
      '{"a":01}',
      '{"a":-}',
      '{"a":.5}',
      '{"a":1.}',
      '{"a":1e}',
      '{"a":+1}',
      '{"a":-0}',
      '{"a":1E+9}',
    ],
    ...[
      '{"a":tru}',
      '{"a":truE}',
      '{"a":nulll}',
      '{"a":[1,]}',
      '{"a":[,1]}',
      '{"a":[1 2]}',
      '{"a" "b"}',
    ],
    ...['{"a":"\\x"}', '{"a":"\\u12g4"}', '{"a":"\\u123"}', '{"a":"\\', '{"a":"\t"}', '{"a":NaN}'],
  ])('judges %j as a parser does', (text) => asParsed(text));

  it('shows both of two equal keys, and none that stands below the top', () => {
    expect(scanned('{"a":1,"b":{"c":[{"a":2}]},"a":3}')?.map(([key]) => key)).toEqual([
      ...['a', 'b', 'a'],
    ]);
  });

  it('refuses what is nested more deeply than anybody may be handed', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    expect(scanned(nested(JSON_DEPTH_LIMIT))).toBeDefined();
    expect(scanned(nested(JSON_DEPTH_LIMIT + 1))).toBeUndefined();
    expect(scanned(`{"a":${'{"a":'.repeat(200_000)}`)).toBeUndefined();
  });
});
