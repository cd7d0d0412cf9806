import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { factOf, sample } from '../../test/histories.js';
import { fold, stateOf, type RecordState } from '../merge/record-state.js';
import { changesOf, recordKinds, type KindName } from './index.js';

const CALL = 'aircall.main.4190001001';
const CONTACT = 'aircall.main.77120045';
const TOM = 'aircall.main.910212';

/** What people read of one record after these bodies, in this order. */
const after = (kind: KindName, id: string, ...payloads: (string | JsonObject)[]): JsonObject =>
  recordKinds[kind].view(stateAfter(kind, id, payloads));

const stateAfter = (
  kind: KindName,
  id: string,
  payloads: readonly (string | JsonObject)[],
): RecordState =>
  payloads
    .map((payload) => factOf(typeof payload === 'string' ? sample(payload) : payload))
    .flatMap(changesOf)
    .filter((change) => change.kind === kind && change.id === id)
    .reduce(fold, stateOf(undefined));

const changed = (name: string, envelope: JsonObject, data: JsonObject = {}): JsonObject => {
  const of = sample(name) as { data: JsonObject };
  return { ...of, ...envelope, data: { ...of.data, ...data } };
};

describe('a call', () => {
  it('reads as a person would tell it', () => {
    const story = ['call.created.inbound', 'call.ringing_on_agent', 'call.answered'];
    expect(after('call', CALL, ...story, 'call.ended.answered', 'call.commented')).toMatchObject({
      answeredAt: '2026-09-14T09:12:13.000Z',
      colleague: { id: 'aircall.main.910211', name: 'Ines Carvalho' },
      comments: [
        {
          by: { id: 'aircall.main.910211', name: 'Ines Carvalho' },
          id: '24999001',
          text: 'Guest could not open the key safe.\nSent a new code by SMS.',
        },
      ],
      contact: { id: CONTACT, name: 'Maya Osei' },
      displayName: 'Maya Osei',
      durationSeconds: 254,
      line: { id: 'aircall.main.550101', name: 'Guest line UK', phone: '+442079460018' },
      missed: false,
      phone: '+447700900123',
      status: 'ended',
      tags: [{ id: '60711', name: 'Check-in issue' }],
      talkSeconds: 245,
    });
  });

  it('does not ring again when the ringing is told late', () => {
    const late = changed('call.created.inbound', { timestamp: 1789379999 });
    expect(after('call', CALL, 'call.ended.answered', late)).toMatchObject({
      status: 'ended',
      answeredAt: '2026-09-14T09:12:13.000Z',
      durationSeconds: 254,
    });
  });

  it('is missed when it ended and nobody had answered, reason or not', () => {
    expect(after('call', 'aircall.main.4190001777', 'call.ended.abandoned_outbound')).toMatchObject(
      { missed: true, status: 'ended' },
    );
    expect(after('call', 'aircall.main.4190001002', 'call.ended.missed')).toMatchObject({
      missed: true,
      missedReason: 'out_of_opening_hours',
    });
    expect(after('call', CALL, 'call.answered').missed).toBeUndefined();
  });

  it('loses a tag that was taken off, also when its being set is told later', () => {
    expect(after('call', CALL, 'call.tagged', 'call.untagged').tags).toBeUndefined();
    expect(after('call', CALL, 'call.untagged', 'call.tagged').tags).toBeUndefined();
  });

  it('keeps a tag that was set after another was taken off', () => {
    const later = changed('call.tagged', { timestamp: 1789377600 });
    expect(after('call', CALL, later, 'call.untagged')).toMatchObject({ tags: [{ id: '60711' }] });
  });

  it('keeps a comment that a later body does not repeat', () => {
    expect(after('call', CALL, 'call.commented', 'call.archived')).toMatchObject({
      archived: true,
      comments: [{ id: '24999001' }],
    });
  });

  it('is from nobody known when the number is withheld', () => {
    const view = after('call', 'aircall.main.4190001900', 'call.created.anonymous');
    expect(view).toMatchObject({ anonymous: true, displayName: 'anonymous' });
    expect(view).not.toHaveProperty('phone');
  });

  it('is about its caller, by a hash of the number only', () => {
    const state = stateAfter('call', CALL, ['call.ended.answered']);
    const hashOf = (phone: string) => (phone === '+447700900123' ? 'a1b2' : undefined);
    expect(recordKinds.call.scopeOf(state, hashOf)).toEqual(['phone:a1b2']);
    expect(recordKinds.call.scopeOf(state, () => undefined)).toEqual([]);
  });

  it('can be listed by what it is about', () => {
    const state = stateAfter('call', CALL, ['call.ended.answered']);
    const fields = recordKinds.call.fieldsOf(state);
    const ofOneParty = recordKinds.call.fields.filter((field) => field !== 'participant');
    expect(Object.keys(fields).sort()).toEqual([...ofOneParty].sort());
    expect(fields).toMatchObject({ contact: CONTACT, source: 'aircall', status: 'ended' });
  });
});

describe('a contact', () => {
  it('is what its newest change says, whenever a call mentions an older one', () => {
    expect(
      after('contact', CONTACT, 'contact.updated', 'call.ended.answered', 'call.archived'),
    ).toMatchObject({ information: 'Guest at Quay Loft, arriving 14 Sep' });
  });

  it('is known from a call alone', () => {
    expect(after('contact', CONTACT, 'call.created.inbound')).toMatchObject({
      displayName: 'Maya Osei',
      phones: [{ e164: '+447700900123', label: 'Mobile' }],
    });
  });

  it('stays deleted, whatever is told afterwards', () => {
    for (const late of ['contact.updated', 'call.archived']) {
      const state = stateAfter('contact', CONTACT, ['contact.created', 'contact.deleted', late]);
      expect(recordKinds.contact.isGone(state)).toBe(true);
      expect(recordKinds.contact.view(state)).toMatchObject({
        deletedAt: '2026-10-02T08:00:00.000Z',
        mails: [],
      });
    }
  });
});

describe('a colleague', () => {
  it('is what the newest word says, v1 and v2 alike', () => {
    const story = ['user.created.v1-deprecated', 'user.connected.v2', 'user.closed.v2'];
    expect(after('colleague', TOM, ...story, 'call.transferred')).toMatchObject({
      available: false,
      connected: true,
      displayName: 'Tom Aldridge',
      extension: '012',
      substatus: 'out_for_lunch',
    });
  });
});

describe('a phone number', () => {
  it('is a line of ours, with those whom it rings', () => {
    expect(
      after('phone_number', 'aircall.main.550101', 'call.answered', 'number.closed'),
    ).toMatchObject({
      availability: 'closed',
      colleagues: ['aircall.main.910211', TOM],
      displayName: 'Guest line UK',
      open: false,
      phone: '+442079460018',
    });
  });
});

describe('facts that are about no record', () => {
  it('change none, and a type nobody knows is refused', () => {
    const fact = factOf(sample('call.answered'));
    const canary = { ...fact, type: 'operations.canary.observed.v1', personal: undefined };
    expect(changesOf({ ...canary, data: { door: 'aircall', sentAt: 1 } })).toEqual([]);
    expect(() => changesOf({ ...fact, type: 'intake.fax.observed.v1' })).toThrow();
  });
});
