import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { factOf, sample } from '../../test/histories.js';
import { fold, stateOf, type RecordState } from '../merge/record-state.js';
import { changesOf, recordKinds } from './index.js';

const kind = recordKinds.phone_message;
const SENT = 'aircall.main.1789377719001wxyzab12cd34ef56';
const GROUP = 'aircall.main.0c3d1c1a-6d4d-4f3a-9d21-5b0a7e3f9911';

const stateAfter = (id: string, ...payloads: (string | JsonObject)[]): RecordState =>
  payloads
    .map((payload) => factOf(typeof payload === 'string' ? sample(payload) : payload))
    .flatMap(changesOf)
    .filter((change) => change.kind === 'phone_message' && change.id === id)
    .reduce(fold, stateOf(undefined));

const changed = (name: string, envelope: JsonObject, data: JsonObject = {}): JsonObject => {
  const of = sample(name) as { data: JsonObject };
  return { ...of, ...envelope, data: { ...of.data, ...data } };
};

describe('a text message over a line', () => {
  it('reads as who wrote what to whom, and how far it came', () => {
    expect(kind.view(stateAfter(SENT, 'message.sent.sms', 'message.status_updated.sms'))).toEqual({
      channel: 'sms',
      colleague: { id: 'aircall.main.910211', name: 'Ines Carvalho' },
      contact: { id: 'aircall.main.77120045', name: 'Maya Osei' },
      createdAt: '2026-09-14T09:21:59.000Z',
      deleted: false,
      direction: 'outbound',
      displayName: 'Sorry about that. New code: 4417.',
      event: 'message.status_updated',
      id: SENT,
      kind: 'phone_message',
      line: { id: 'aircall.main.550101', name: 'Guest line UK', phone: '+442079460018' },
      phone: '+447700900123',
      sentAt: '2026-09-14T09:21:59.000Z',
      source: 'aircall',
      status: 'delivered',
      text: 'Sorry about that. New code: 4417.',
      updatedAt: '2026-09-14T09:22:05.000Z',
    });
  });

  it('is not on its way again when that is told late', () => {
    const late = changed('message.sent.sms', { timestamp: 1789379999 });
    expect(kind.view(stateAfter(SENT, 'message.status_updated.sms', late)).status).toBe(
      'delivered',
    );
    const odd = changed('message.sent.sms', { timestamp: 1789379999 }, { status: 'mislaid' });
    expect(kind.view(stateAfter(SENT, odd, 'message.sent.sms')).status).toBe('mislaid');
    expect(kind.view(stateAfter(SENT, odd, 'message.status_updated.sms')).status).toBe('delivered');
  });

  it('may be a picture and nothing else', () => {
    const view = kind.view(
      stateAfter('aircall.main.1789378260555mmsab12cd34ef56gh', 'message.received.mms'),
    );
    expect(view).toMatchObject({
      displayName: 'Maya Osei',
      media: [{ name: 'keysafe.jpg', type: 'image/jpeg' }],
    });
    expect(view).not.toHaveProperty('text');
  });

  it('is about everybody in its conversation, each by a hash of the number only', () => {
    const state = stateAfter(GROUP, 'group_message.received');
    expect(kind.view(state)).toMatchObject({
      group: 'aircall.main.b1a2c3d4-5566-4778-899a-abbccddeeff0',
      participants: ['+447700900123', '+447700900456'],
    });
    expect(kind.scopeOf(state, (phone) => phone.slice(-3))).toEqual(['phone:123', 'phone:456']);
  });

  it('can be listed by what it is about', () => {
    const fields = kind.fieldsOf(stateAfter(SENT, 'message.sent.sms'));
    expect(fields).toMatchObject({ channel: 'sms', direction: 'outbound', status: 'pending' });
    const declared = new Set(kind.fields);
    expect(Object.keys(fields).filter((name) => !declared.has(name))).toEqual([]);
  });

  it('tells in passing of those in it', () => {
    const kinds = changesOf(factOf(sample('message.sent.sms'))).map((change) => change.kind);
    expect(kinds).toEqual(['phone_message', 'colleague', 'contact', 'phone_number']);
  });
});
