import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { fromCloudEvent, toCloudEvent, type FactEnvelope } from './index.js';
import { canonicalJson, textOf, utf8 } from '#libs/kernel';

const invalid = expect.objectContaining({ code: 'FACT_ENVELOPE_INVALID' });

const fact: FactEnvelope = {
  id: '018f0000-0000-8000-8000-000000000001',
  type: 'intake.call.observed.v1',
  source: 'aircall/main',
  stream: 'aircall/main/call/4190001001',
  version: 17,
  position: 17,
  era: 1_700_000_000_000,
  occurredAt: Date.UTC(2026, 2, 1, 12, 30, 15, 42),
  recordedAt: Date.UTC(2026, 2, 1, 12, 30, 16),
  correlationId: '018f0000-0000-8000-8000-000000000002',
  causationId: '018f0000-0000-8000-8000-000000000003',
  data: '{"status":"ended"}',
};

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const time = fc.integer({ min: Date.UTC(1970), max: Date.UTC(9999, 11, 31) });
const envelopes: fc.Arbitrary<FactEnvelope> = fc.record(
  {
    id: fc.uuid(),
    type: fc.constantFrom('intake.call.observed.v1', 'log.era.began.v1'),
    source: text,
    stream: fc.stringMatching(/^[A-Za-z0-9._~:/-]{1,512}$/),
    version: fc.nat(Number.MAX_SAFE_INTEGER),
    position: fc.nat(Number.MAX_SAFE_INTEGER),
    era: fc.nat(Number.MAX_SAFE_INTEGER),
    occurredAt: fc.oneof(time, fc.maxSafeInteger()),
    recordedAt: time,
    correlationId: fc.uuid(),
    causationId: fc.uuid(),
    actor: text,
    traceparent: fc.constant('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
    backfilled: fc.constant(true as const),
    data: fc.jsonValue().map(canonicalJson),
  },
  {
    requiredKeys: [
      'id',
      'type',
      'source',
      'stream',
      'version',
      'position',
      'era',
      'occurredAt',
      'recordedAt',
      'correlationId',
      'causationId',
      'data',
    ],
  },
);

describe('a fact as a CloudEvent', () => {
  it('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(envelopes, (envelope) => {
        expect(fromCloudEvent(toCloudEvent(envelope))).toEqual(envelope);
      }),
      { numRuns: 500 },
    );
  });

  it('has the attributes of CloudEvents 1.0 in binary mode, and ours as extensions', () => {
    const { data, attributes } = toCloudEvent({ ...fact, actor: 'user:7' });
    expect(attributes).toEqual({
      'content-type': 'application/json',
      'ce-specversion': '1.0',
      'ce-id': '018f0000-0000-8000-8000-000000000001',
      'ce-type': 'intake.call.observed.v1',
      'ce-source': 'aircall/main',
      'ce-subject': 'aircall/main/call/4190001001',
      'ce-time': '2026-03-01T12:30:15.042Z',
      'ce-position': '17',
      'ce-era': '1700000000000',
      'ce-streamversion': '17',
      'ce-recordedtime': '2026-03-01T12:30:16.000Z',
      'ce-correlationid': '018f0000-0000-8000-8000-000000000002',
      'ce-causationid': '018f0000-0000-8000-8000-000000000003',
      'ce-actor': 'user:7',
    });
    expect(textOf(data)).toBe('{"status":"ended"}');
  });

  it('names its attributes as CloudEvents demands: lower case letters and digits', () => {
    const { attributes } = toCloudEvent({
      ...fact,
      actor: 'a',
      traceparent: 'b',
      occurredAt: -9e15,
    });
    const names = Object.keys(attributes).filter((name) => name !== 'content-type');
    expect(names.filter((name) => !/^ce-[a-z0-9]{1,20}$/.test(name))).toEqual([]);
  });

  it('carries nothing of a personal part, sealed or clear', () => {
    const wide = { ...fact, personal: { name: 'Grace Hopper' }, sealed: utf8('Grace Hopper') };
    const { data, attributes } = toCloudEvent(wide);
    expect(textOf(data) + JSON.stringify(attributes)).not.toContain('Grace');
  });

  it('holds values of at most 1,024 bytes and refuses a longer one', () => {
    const longest = 'é'.repeat(512);
    expect(toCloudEvent({ ...fact, actor: longest }).attributes['ce-actor']).toBe(longest);
    expect(() => toCloudEvent({ ...fact, actor: `${longest}e` })).toThrow(
      expect.objectContaining({
        code: 'BUS_MESSAGE_TOO_LARGE',
        details: { attribute: 'ce-actor' },
      }),
    );
  });

  it('is read past attributes that a bus or a tracer has added', () => {
    const { data, attributes } = toCloudEvent(fact);
    const more = { ...attributes, googclient_traceparent: 'x', redrive: 'y' };
    expect(fromCloudEvent({ data, attributes: more })).toEqual(fact);
  });

  it.each([
    'ce-specversion',
    'ce-id',
    'ce-type',
    'ce-source',
    'ce-subject',
    'ce-time',
    'ce-position',
    'ce-era',
    'ce-streamversion',
    'ce-recordedtime',
    'ce-correlationid',
    'ce-causationid',
  ])('is refused without %s', (name) => {
    const { data, attributes } = toCloudEvent(fact);
    const { [name]: _left, ...rest } = attributes;
    expect(() => fromCloudEvent({ data, attributes: rest })).toThrow(invalid);
  });

  it.each([
    ['ce-specversion', '0.3'],
    ['ce-position', '1e3'],
    ['ce-position', '-1'],
    ['ce-era', ''],
    ['ce-streamversion', '01'],
    ['ce-time', 'yesterday'],
    ['ce-recordedtime', '1700000000000'],
  ])('is refused with %s %p', (name, value) => {
    const { data, attributes } = toCloudEvent(fact);
    expect(() => fromCloudEvent({ data, attributes: { ...attributes, [name]: value } })).toThrow(
      invalid,
    );
  });

  it('is refused when its data is not UTF-8', () => {
    const { attributes } = toCloudEvent(fact);
    expect(() => fromCloudEvent({ data: Uint8Array.of(0x22, 0xff, 0x22), attributes })).toThrow(
      invalid,
    );
  });
});
