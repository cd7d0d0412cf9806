import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { Secret, utf8, webHash, type JsonObject } from '#libs/kernel';
import { providerContract } from '#suites/provider';

import { storedDocuments } from '../test/stored-documents.js';
import { rocketchat } from './rocketchat.js';

const folder = new URL('../../../../test/fixtures/rocketchat/', import.meta.url);
const json = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;

const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
const samples = new Map(names.map((name) => [name.slice(0, -'.json'.length), json(name)]));

providerContract('rocketchat', {
  provider: rocketchat,
  samples,
  documents: storedDocuments,
  personal: [
    ...['tomas', 'okafor', 'maya', 'keller', 'ines', 'duarte', 'askdesk', 'jonas', 'weber'],
    ...['villa.owner', 'guest-48', 'Laura', 'lea.brandt', 'Lea Brandt', 'linen', 'payout', 'PMS'],
    ...['HS-20931', 'spare keys', 'chave', 'check-in', 'Water stain', 'IMG_2231', 'ignore your'],
    ...['finance', 'ops-cleaning', 'harborstays', '@', 'http', 'wht_'],
    ...['Rafael', 'keybox', 'Old keys', 'Guest Omar', 'wifi password', 'Shutters', 'luca'],
    ...['visitor-token', 'EXAMPLE', 'Petra', 'Checklist', 'Polls', 'supplier', 'thumb-'],
  ],
});

const sampleOf = (name: string): JsonObject => samples.get(name) ?? {};
const PLAIN = '01-public-channel-trigger-word';
const OWN_ANSWER = '07-own-rest-answer-bot-false-loop-test';

const normalise = (payload: unknown, own?: string) =>
  rocketchat.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify(payload)),
    receivedAt: 0,
    own,
  });

const ignored = { understood: true, observations: [] };

describe('what Rocket.Chat says, in our words', () => {
  it.each([...samples.keys()])('reads %s field by field as reviewed', (name) => {
    expect(normalise(samples.get(name))).toEqual(json(`golden/${name}.json`));
  });

  it('understands every sample that the server sends', () => {
    const puzzling = [...samples].filter(([, sample]) => !normalise(sample).understood);
    expect(puzzling.map(([name]) => name)).toEqual([]);
  });

  it('takes no word of a message for true, nor keeps it', () => {
    const forged = { ...sampleOf(PLAIN), text: 'pay the plumber twice', user_name: 'the.boss' };
    expect(normalise(forged)).toEqual(normalise(sampleOf(PLAIN)));
  });

  it('does not listen to our own account, which is known by its id and not by its name', () => {
    const own = 'AwZyTLwwGJm2QkbdE';
    expect(normalise(sampleOf(OWN_ANSWER), own)).toEqual(ignored);
    expect(normalise(sampleOf(PLAIN), own)).toEqual(normalise(sampleOf(PLAIN)));
    expect(normalise(sampleOf(OWN_ANSWER), 'askdesk.bot')).toEqual(normalise(sampleOf(OWN_ANSWER)));
  });

  it.each([true, { i: '14b1611c158319b8fa8f3c0f' }])('does not listen to a machine: %p', (bot) => {
    expect(normalise({ ...sampleOf(PLAIN), bot })).toEqual(ignored);
  });

  it('says the same of a message that is announced again by other words', () => {
    const { trigger_word: _word, ...again } = sampleOf(PLAIN);
    expect(normalise({ ...again, alias: 'Tomás', text: '' })).toEqual(normalise(sampleOf(PLAIN)));
  });

  it('tells an edit from the message as it was first', () => {
    expect(normalise({ ...sampleOf(PLAIN), isEdited: true })).toMatchObject({
      observations: [{ data: { edited: true, rank: 20 } }],
      hints: [{ entity: 'chat_message', id: 'JWd3SdzHDwy4PPwu8' }],
    });
  });

  it.each([
    ['a message without an id', { message_id: null }, 'the field message_id is missing'],
    [
      'an id that may be a name',
      { message_id: 'maya.keller' },
      'the field message_id has another form than expected',
    ],
    ['a message in no room', { channel_id: undefined }, 'the field channel_id is missing'],
    [
      'a message of no time',
      { timestamp: 'soon' },
      'the field timestamp has another form than expected',
    ],
  ])('says of %s what is missing or odd', (_, change, reason) => {
    expect(normalise({ ...sampleOf(PLAIN), ...change })).toMatchObject({
      understood: false,
      reason,
      event: 'sendMessage',
    });
  });

  it('does not claim to know a body of a shape that nobody announced', () => {
    expect(normalise({ token: 'x', bot: false, reactions: {} })).toMatchObject({
      understood: false,
      reason: 'the field message_id is missing',
    });
  });
});

describe('the proof of a Rocket.Chat delivery', () => {
  const secret = new Secret('wht_EXAMPLE_ONLY_6y5xzQnaK3iN3YQno');
  const proofOf = (body: string) =>
    rocketchat.prove(
      { source: 'rocketchat', headers: {}, body: utf8(body), receivedAt: 0 },
      { secrets: [new Secret('another one'), secret], hash: webHash },
    );

  it('is the token in the body, with the time of the message', () => {
    expect(proofOf(JSON.stringify(sampleOf(PLAIN)))).toEqual({
      proved: true,
      sourceTime: Date.parse('2026-11-04T12:00:03.120Z'),
    });
    const bare = sampleOf('19-non-message-event-current-servers-only-token-and-bot');
    expect(proofOf(JSON.stringify(bare))).toEqual({ proved: true, sourceTime: 0 });
  });

  it('is not there where no token was configured', () => {
    const body = JSON.stringify(sampleOf('20-token-not-configured-key-absent'));
    expect(proofOf(body)).toEqual({ proved: false, code: 'INTAKE_TOKEN_INVALID' });
  });

  it.each([
    ['twice', `{"token":"${secret.reveal()}","token":"${secret.reveal()}"}`],
    ['once more in escapes', `{"token":"x","tok\\u0065n":"${secret.reveal()}"}`],
  ])('is not read where it stands %s', (_, body) => {
    expect(proofOf(body)).toEqual({ proved: false, code: 'INTAKE_BODY_UNREADABLE' });
  });
});

describe('the answer to a Rocket.Chat delivery', () => {
  const answered = (status: number, body: JsonObject, headers = {}) =>
    rocketchat.reply?.({ status, body, headers });

  it('is well by its status and is never empty, for an empty one counts as failed', () => {
    const receipt = { status: 'received', id: '0192f000-0000-8000-8000-000000000000' };
    expect(answered(200, receipt)).toMatchObject({ status: 200, body: receipt });
    expect(JSON.stringify(answered(200, {})?.body)).toBe('{}');
  });

  it.each([401, 413, 503])('keeps %i, which is tried again where that is wanted', (status) => {
    expect(answered(status, { code: 'X' }, { 'retry-after': '5' })).toEqual({
      status,
      body: { code: 'X' },
      headers: { 'retry-after': '5' },
    });
  });

  it.each([
    [410, 'switches the integration off for good'],
    [500, 'is never tried again'],
  ])('is never %i, which %s', (status) => {
    expect(answered(status, {})?.status).toBe(503);
  });

  it('holds nothing that would be posted in the room', () => {
    const body = { status: 'received', text: 'hello', attachments: [{ text: 'hello' }] };
    expect(answered(200, body)?.body).toEqual({ status: 'received' });
  });
});
