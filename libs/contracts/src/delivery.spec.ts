import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { decodeDelivery, encodeDelivery, type Delivery } from './index.js';
import { joinBytes, utf8 } from '#libs/kernel';

const malformed = expect.objectContaining({ code: 'INTAKE_DELIVERY_MALFORMED' });

const name = fc.string({ unit: 'binary' }).filter((text) => text !== '__proto__');

const deliveries: fc.Arbitrary<Delivery> = fc.record(
  {
    id: fc.uuid(),
    source: fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/),
    receivedAt: fc.nat(Number.MAX_SAFE_INTEGER),
    sourceTime: fc.nat(Number.MAX_SAFE_INTEGER),
    headers: fc.dictionary(name, fc.string({ unit: 'binary' })),
    traceparent: fc.string(),
    body: fc.uint8Array({ maxLength: 5000 }),
  },
  { requiredKeys: ['id', 'source', 'receivedAt', 'sourceTime', 'headers', 'body'] },
);

const delivery: Delivery = {
  id: '018f0000-0000-8000-8000-000000000001',
  source: 'aircall',
  receivedAt: 1_700_000_000_001,
  sourceTime: 1_700_000_000_000,
  headers: { 'content-type': 'application/json' },
  body: utf8('{"event":"call.ended"}'),
};

describe('a delivery on the bus', () => {
  it('comes back byte for byte, whatever its body and headers', () => {
    fc.assert(
      fc.property(deliveries, (sent) => {
        const { body, ...head } = decodeDelivery(encodeDelivery(sent));
        expect(Buffer.compare(body, sent.body)).toBe(0);
        const { body: _, ...sentHead } = sent;
        expect(head).toEqual(sentHead);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['no bytes', new Uint8Array(0)],
    ['line breaks', utf8('\n\n{\n}\n')],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
    ['no UTF-8', Uint8Array.of(0xff, 0xfe, 0x00, 0x0a, 0x80)],
  ])('keeps a body of %s as it is', (_, body) => {
    expect(decodeDelivery(encodeDelivery({ ...delivery, body })).body).toEqual(body);
  });

  it('holds the body once and unchanged, after one line', () => {
    const bytes = Buffer.from(encodeDelivery(delivery));
    expect(bytes.subarray(bytes.indexOf('\n') + 1).equals(delivery.body)).toBe(true);
  });

  it('keeps every header but one named __proto__, which no sender means well', () => {
    const headers = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    expect(Object.keys(headers)).toEqual(['__proto__', 'constructor']);
    const decoded = decodeDelivery(encodeDelivery({ ...delivery, headers }));
    expect(Object.entries(decoded.headers)).toEqual([['constructor', 'y']]);
  });

  it('gives headers no other prototype, whatever the bytes say', () => {
    const line = Buffer.from(encodeDelivery({ ...delivery, headers: {} })).toString();
    const bytes = utf8(line.replace('"headers":{}', '"headers":{"__proto__":{"admin":"yes"}}'));
    const { headers } = decodeDelivery(bytes);
    expect(Object.getPrototypeOf(headers)).toBe(Object.getPrototypeOf({}));
    expect(headers['admin']).toBeUndefined();
  });

  it.each([
    ['empty', utf8('')],
    ['without a line', utf8('{"id":"x"}')],
    ['with an empty line', utf8('\nbody')],
    ['not JSON', utf8('hello\nbody')],
    ['not an object', utf8('7\nbody')],
    ['null', utf8('null\nbody')],
    ['without its fields', utf8('{"id":"x","source":"aircall"}\nbody')],
    ['with a field of another type', encodeDelivery({ ...delivery, receivedAt: 'now' as never })],
    ['with a header that is no text', encodeDelivery({ ...delivery, headers: { a: 1 as never } })],
    ['cut in its line', encodeDelivery(delivery).subarray(0, 20)],
    ['with bytes before it', joinBytes(Uint8Array.of(0xff), encodeDelivery(delivery))],
  ])('is refused when it is %s', (_, bytes) => {
    expect(() => decodeDelivery(bytes)).toThrow(malformed);
  });
});
