import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { textOf, utf8 } from '#libs/kernel';

import { bodyOfPiece, pieceAt, piecesAt } from './json-pieces.js';

const textsAt = (text: string, ...path: string[]) =>
  piecesAt(utf8(text), path)?.map((piece) => piece.text);

describe('the pieces of a JSON text', () => {
  it('keep every sign of theirs', () => {
    const items = [
      '{ "id" : 12345678901234567890, "1": 1.0, "b": 1e400 }',
      '"a, \\"b\\" ] }"',
      '[ [ ], {} ]',
      '-0.50',
      'null',
      '{"b":2,"a":1,"a":3}',
    ];
    expect(textsAt(`  [ ${items.join(' ,\n ')} ]  `)).toEqual(items);
  });

  it('are found deep inside, by the last of two equal keys', () => {
    const text =
      '{"x":"]}","data":{"posts":[9]},"d\\u0061ta":{"no":[1],"posts":[ 1, {"posts":[2]} ]}}';
    expect(textsAt(text, 'data', 'posts')).toEqual(['1', '{"posts":[2]}']);
  });

  it('are none of what is nested without end', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(textsAt(`{"a":${deep}}`, 'a')).toBeUndefined();
  });

  it('are none of what holds no list', () => {
    for (const text of ['', '[1', '{"a":1}', '{"a":{"b":[]}}', 'null', '"[1]"'])
      expect(textsAt(text, 'a')).toBeUndefined();
    expect(textsAt('{}', '__proto__')).toBeUndefined();
    expect(textsAt('{"a":[]}', 'a')).toEqual([]);
  });

  it('read as what a parser reads, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.string(), fc.nat(3), (items, key, indent) => {
        const text = JSON.stringify({ before: '[', [key]: items, after: 1 }, null, indent);
        const pieces = piecesAt(utf8(text), [key]) ?? [];
        const plain: unknown = JSON.parse(JSON.stringify(items));
        expect(pieces.map((piece) => JSON.parse(piece.text) as unknown)).toEqual(plain);
        expect(pieces.map((piece) => piece.value)).toEqual(plain);
      }),
    );
  });

  it('may be anything', () => {
    const text = utf8(' {"data": {"one": { "n": 1.0 } , "two": -1e9}} ');
    expect(pieceAt(text, ['data', 'one'])).toEqual({ text: '{ "n": 1.0 }', value: { n: 1 } });
    expect(pieceAt(text, ['data', 'two'])?.text).toBe('-1e9');
    expect(pieceAt(text, [])?.text).toBe('{"data": {"one": { "n": 1.0 } , "two": -1e9}}');
    expect(pieceAt(text, ['data', 'three'])).toBeUndefined();
  });

  it('become bodies of their own', () => {
    const [piece = { text: '', value: 0 }] = piecesAt(utf8('[{"id": 1.0}]'), []) ?? [];
    expect(textOf(bodyOfPiece(piece))).toBe('{"id": 1.0}');
    expect(textOf(bodyOfPiece(piece, 'call'))).toBe('{"call":{"id": 1.0}}');
  });
});
