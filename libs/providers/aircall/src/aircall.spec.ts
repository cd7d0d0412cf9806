import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';
import { deliveredAnswer, providerContract, type SampleAnswer } from '#suites/provider';

import { aircall } from './aircall.js';
import { events } from './events.js';

const folder = new URL('../../../../test/fixtures/aircall/', import.meta.url);
const json = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
const isAnswer = (name: string): boolean => name.startsWith('rest.');
const samples = new Map(
  names.filter((name) => !isAnswer(name)).map((name) => [name, json(`${name}.json`)]),
);

const CALL = '4190001001';
/** What was asked for when each of the API's bodies came. */
const asked: Readonly<Record<string, readonly [entity: string, id: string]>> = {
  'rest.action_items.get': ['action_item', CALL],
  'rest.call.get': ['call', CALL],
  'rest.calls.list.page1': ['call', '1'],
  'rest.calls.list.page2': ['call', '1'],
  'rest.contacts.list': ['contact', '1'],
  'rest.error.400-10k': ['call', '1'],
  'rest.sentiments.get': ['sentiment', CALL],
  'rest.summary.get': ['summary', CALL],
  'rest.topics.get': ['topics', CALL],
  'rest.transcription.get': ['transcription', CALL],
  'rest.users.v2.list': ['user', '1'],
  'rest.webhooks.create.response': ['webhook', '3d1f7d0e-7f8b-4a1e-9f4b-7e1f2a3b4c5d'],
};
const answers = new Map(
  names.filter(isAnswer).map((name): [string, SampleAnswer] => {
    const [entity, id] = asked[name] ?? ['nobody asked', ''];
    return [name, { entity, id, body: json(`${name}.json`) }];
  }),
);

providerContract('aircall', {
  provider: aircall,
  samples,
  answers,
  personal: [
    ...['Maya', 'Osei', 'Ines', 'Carvalho', 'Tom', 'Aldridge', 'Guest line UK', 'Owner line PT'],
    ...['Quay Loft', 'key safe', 'Guest care', 'Check-in help', 'example.com', 'harbourstays'],
    ...['447700900123', '7700 900123', '2079460018', '20 7946 0018', '351912000321', '912 000 321'],
    ...['1614960345', '161 496 0345', 'https://', '.mp3'],
    ...['key safe', 'New code', 'Olá', 'We both land', 'keysafe.jpg', '900456', 'Let me check'],
    ...['Night desk', 'Caller asked', 'HMXQ2P9T4R', 'booking_reference', '5b1e7c90'],
    ...['Key safe', 'Replace', 'Harbour Stays', 'issued a new code'],
  ],
});

const normalise = (payload: unknown) =>
  aircall.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
  });

const sampleOf: Readonly<Record<string, string>> = {
  call: 'call.answered',
  contact: 'contact.updated',
  colleague: 'user.closed.v2',
  line: 'number.closed',
  message: 'message.received.sms',
  insight: 'summary.created',
  'voice agent': 'ai_voice_agent.ended',
  utterances: 'realtime_transcription.utterances_received',
  integration: 'integration.deleted',
  nothing: 'summary.created',
};

describe('what Aircall says, in our words', () => {
  it.each([...samples.keys()])('reads %s field by field as reviewed', (name) => {
    expect(normalise(samples.get(name))).toEqual(json(`golden/${name}.json`));
  });

  it('understands every sample that the provider sends', () => {
    const puzzling = [...samples].filter(([, sample]) => !normalise(sample).understood);
    expect(puzzling.map(([name]) => name)).toEqual([]);
  });

  it.each([...events.keys()])('understands %s', (event) => {
    const { about } = events.get(event) ?? {};
    const name = Object.entries(sampleOf).find(([of]) => of === about)?.[1];
    const sample = samples.get(name ?? '');
    expect(normalise({ ...sample, event })).toMatchObject({ understood: true });
  });

  it.each([
    ['an event nobody announced', { event: 'call.teleported' }, 'the event is not known'],
    ['an event without a time', { timestamp: null }, 'the field timestamp is missing'],
    [
      'a time that is text',
      { timestamp: '1789377408' },
      'the field timestamp has another form than expected',
    ],
    ['an event about nothing', { data: {} }, 'the field data is missing'],
    ['a thing without an id', { data: { status: 'done' } }, 'the field data.id is missing'],
    [
      'an id JSON has rounded',
      { data: { id: 1e300 } },
      'the field data.id has another form than expected',
    ],
  ])('says of %s what is missing', (_, change, reason) => {
    const said = normalise({ ...samples.get('call.ended.answered'), ...change });
    expect(said).toMatchObject({ understood: false, reason });
  });

  it('says nothing of a number that JSON can write and nobody can hold', () => {
    const text = JSON.stringify(samples.get('call.ended.answered')).replace(
      '"duration":254',
      '"duration":1e400',
    );
    const said = aircall.normalise({
      account: 'main',
      headers: {},
      body: utf8(text),
      receivedAt: 0,
    });
    expect(said).toMatchObject({ understood: false, reason: 'a number in data is not finite' });
  });

  it.each([
    ['summary.created', { call_id: null }, 'the field data.call_id is missing'],
    ['ai_voice_agent.ended', { call_id: null, id: 'x' }, 'the field data.call_id has another'],
    ['realtime_transcription.utterances_received', { call: {} }, 'the field data.call.id'],
    [
      'integration.deleted',
      { integration_id: 'Maya' },
      'the field data.integration_id has another',
    ],
    ['message.received.sms', { id: 'Maya Osei' }, 'the field data.id has another'],
  ])('says of %s which id is missing or odd', (name, change, reason) => {
    const { data, ...envelope } = samples.get(name) as { data: JsonObject };
    expect(normalise({ ...envelope, data: { ...data, ...change } })).toMatchObject({
      understood: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('reads what a line in proxy mode calls back, by its own names', () => {
    const callback = samples.get('callback.message.received.proxy-mode');
    const updated = { ...callback, event_name: 'message.updated' };
    expect(normalise(updated)).toMatchObject({ observations: [{ data: { rank: 30 } }] });
    expect(normalise({ ...updated, event_name: 'call.ended' })).toMatchObject({
      understood: false,
      event: 'call.ended',
    });
    expect(events.has('message.updated')).toBe(false);
  });

  it('reads the time of a callback in milliseconds, and of nothing else', () => {
    const callback = samples.get('callback.message.received.proxy-mode');
    expect(normalise({ ...callback, timestamp: 1789377611 })).toMatchObject({
      observations: [{ occurredAt: 1789377611 }],
    });
    expect(normalise({ ...callback, timestamp: 1.5 })).toMatchObject({ understood: false });
    const delivery = { ...samples.get('message.received.sms'), timestamp: 1789377611000 };
    expect(normalise(delivery)).toMatchObject({ understood: false });
  });

  it('takes absent, null and empty relations for the same', () => {
    const sample = samples.get('call.created.anonymous') as { data: JsonObject };
    const withData = (data: JsonObject) =>
      normalise({ ...sample, data: { ...sample.data, ...data } });
    const nothing = withData({});
    expect(withData({ user: null, contact: null, assigned_to: null })).toEqual(nothing);
    expect(withData({ user: {}, contact: {}, transferred_to: {} })).toEqual(nothing);
  });

  it('does not call the one whose phone rang the one who spoke', () => {
    const said = normalise(samples.get('call.agent_declined'));
    expect(said).toMatchObject({
      observations: [{ data: { offered: { outcome: 'declined', to: 'aircall.main.910212' } } }],
    });
    expect(said).not.toMatchObject({ observations: [{ data: { colleague: expect.anything() } }] });
  });
});

describe('what Aircall’s API answers, in our words', () => {
  const NOON = Date.UTC(2026, 8, 14, 23, 53, 20, 123);
  const answer = (sample: SampleAnswer, headers = {}) => {
    const input = deliveredAnswer(sample, NOON);
    return aircall.api?.normalise({ ...input, headers: { ...input.headers, ...headers } });
  };
  const call: SampleAnswer = { entity: 'call', id: CALL, body: json('rest.call.get.json') };

  it.each([...answers])('reads %s field by field as reviewed', (name, sample) => {
    expect(answer(sample)).toEqual(json(`golden/${name}.json`));
  });

  it('takes an error for no answer, and understands all others', () => {
    const puzzling = [...answers].filter(([, sample]) => !answer(sample)?.understood);
    expect(puzzling.map(([name]) => name)).toEqual(['rest.error.400-10k']);
  });

  it('says the same of a thing alone, in its own object and in a list', () => {
    const alone = (call.body as { call: JsonObject }).call;
    expect(answer({ ...call, body: alone })).toEqual(answer(call));
    expect(answer({ ...call, id: '1', body: { calls: [alone] } })).toEqual(answer(call));
  });

  it('is of the second in which was asked, below every event of that second', () => {
    const said = answer(call);
    expect(said).toMatchObject({ observations: [{ occurredAt: Math.floor(NOON / 1000) * 1000 }] });
    const ranks = [...events.values()].map(({ about, rank }) => (about === 'nothing' ? 99 : rank));
    expect(Math.min(...ranks)).toBeGreaterThan(5);
    expect(said).toMatchObject({ observations: [{ data: { rank: 5 } }] });
  });

  it.each([
    ['an entity nobody knows', { 'innkeeper-entity': 'fax' }, 'the entity is not known'],
    ['an entity with a tricky name', { 'innkeeper-entity': '__proto__' }, 'the entity'],
    ['no time', { 'innkeeper-asked-at': '' }, 'the header innkeeper-asked-at is missing'],
    ['a time nobody lives to', { 'innkeeper-asked-at': '9e15' }, 'the header innkeeper-asked-at'],
  ])('is not read with %s', (_, headers, reason) => {
    expect(answer(call, headers)).toMatchObject({
      understood: false,
      reason: expect.stringContaining(reason),
    });
  });

  it('says two hours of talk in what one fact may hold', () => {
    const utterances = Array.from({ length: 2400 }, (_, i) => ({
      start_time: i * 3 + 0.123,
      end_time: i * 3 + 2.987,
      text: 'so that is what we will do about the key safe then',
      ...(i % 2
        ? { participant_type: 'internal', user_id: 910211 }
        : { participant_type: 'external', phone_number: '+44 7700 900123' }),
    }));
    const transcription = { call_id: Number(CALL), content: { language: 'en', utterances } };
    const said = answer({ entity: 'transcription', id: CALL, body: { transcription } });
    expect(said).toMatchObject({ observations: [{ data: { speakers: { length: 2 } } }] });
    expect(JSON.stringify(said).length).toBeLessThan(256 * 1024);
  });

  it('calls a colleague and a line deleted that are gone, and nothing else', () => {
    const gone = (entity: string) =>
      answer({ entity, id: '7', body: {} }, { 'innkeeper-gone': 'true' });
    expect(gone('user')).toMatchObject({
      observations: [{ stream: 'colleague/aircall.main.7', data: { deleted: true, rank: 90 } }],
    });
    expect(gone('number')).toMatchObject({
      observations: [{ stream: 'phone_number/aircall.main.7', data: { deleted: true } }],
    });
    for (const entity of ['call', 'contact', 'summary', 'webhook'])
      expect(gone(entity)).toEqual({ understood: true, observations: [] });
  });
});
