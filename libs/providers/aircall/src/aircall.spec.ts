import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';
import { providerContract } from '#suites/provider';

import { aircall } from './aircall.js';
import { events } from './events.js';

const folder = new URL('../../../../test/fixtures/aircall/', import.meta.url);
const json = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;

const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const samples = new Map(names.map((name) => [name.slice(0, -'.json'.length), json(name)]));

providerContract('aircall', {
  provider: aircall,
  samples,
  personal: [
    ...['Maya', 'Osei', 'Ines', 'Carvalho', 'Tom', 'Aldridge', 'Guest line UK', 'Owner line PT'],
    ...['Quay Loft', 'key safe', 'Guest care', 'Check-in help', 'example.com', 'harbourstays'],
    ...['447700900123', '7700 900123', '2079460018', '20 7946 0018', '351912000321', '912 000 321'],
    ...['1614960345', '161 496 0345', 'https://', '.mp3'],
  ],
});

const normalise = (payload: unknown) =>
  aircall.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
  });

describe('what Aircall says, in our words', () => {
  it.each([...samples.keys()])('reads %s field by field as reviewed', (name) => {
    expect(normalise(samples.get(name))).toEqual(json(`golden/${name}.json`));
  });

  it.each([...events.keys()])('understands %s', (event) => {
    const [about] = event.split('.');
    const sample = samples.get(
      { call: 'call.answered', contact: 'contact.updated', user: 'user.closed.v2' }[`${about}`] ??
        'number.closed',
    );
    expect(normalise({ ...sample, event })).toMatchObject({ understood: true });
  });

  it.each([
    ['an event nobody announced', { event: 'call.teleported' }, 'the event is not known'],
    ['an event without a time', { timestamp: null }, 'the field timestamp is missing'],
    ['a time that is text', { timestamp: '1789377408' }, 'the field timestamp is missing'],
    ['an event about nothing', { data: {} }, 'the field data is missing'],
    ['a thing without an id', { data: { status: 'done' } }, 'the field data.id is missing'],
    ['an id JSON has rounded', { data: { id: 1e300 } }, 'the field data.id is missing'],
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
