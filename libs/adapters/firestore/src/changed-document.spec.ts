import { describe, expect, it } from '@jest/globals';
import protobuf from 'protobufjs';

import { changedDocument } from './changed-document.js';

const ROOT = 'projects/p/databases/(default)/documents';

const message = (...fields: readonly (readonly [number, Uint8Array])[]): Uint8Array => {
  const writer = protobuf.Writer.create();
  for (const [field, bytes] of fields) writer.uint32((field << 3) | 2).bytes(bytes);
  return writer.finish();
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const documentBytes = (name: string, id?: string): Uint8Array =>
  message(
    [1, utf8(name)],
    [2, message([1, utf8('kind')], [2, message([17, utf8('call')])])],
    ...(id === undefined
      ? []
      : [[2, message([1, utf8('id')], [2, message([17, utf8(id)])])] as const]),
  );

const eventOf = (messages: Readonly<Record<number, Uint8Array>>): Uint8Array =>
  message(...Object.entries(messages).map(([field, bytes]) => [Number(field), bytes] as const));

const ofCall = documentBytes(
  `${ROOT}/collections/records_call_3/documents/aircall%2E1`,
  'aircall.1',
);

describe('a change event of Firestore', () => {
  it.each([
    ['a document that was made', { 1: ofCall }],
    ['one that was changed', { 1: ofCall, 2: ofCall, 3: Uint8Array.of() }],
    ['one that was removed', { 2: ofCall }],
  ])('names %s', (_name, messages) => {
    expect(changedDocument(eventOf(messages))).toEqual({
      collection: 'records_call_3',
      id: 'aircall.1',
    });
  });

  it.each([
    ['nothing', {}],
    ['a document of somebody else', { 1: documentBytes(`${ROOT}/orders/1`, '1') }],
    ['a document without our fields', { 1: documentBytes(`${ROOT}/collections/a/documents/1`) }],
  ])('is of no document of ours: %s', (_name, messages) => {
    expect(changedDocument(eventOf(messages))).toBeUndefined();
  });

  it('fails on bytes that are no event', () => {
    expect(() => changedDocument(Uint8Array.of(10, 200, 1))).toThrow();
  });
});
