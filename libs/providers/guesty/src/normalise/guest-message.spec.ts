import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';

import { normalise } from './normalise.js';
import { normaliseAnswer } from './normalise-answer.js';

const folder = new URL('../../../../../test/fixtures/guesty/', import.meta.url);
interface Body extends Record<string, unknown> {
  readonly message: JsonObject;
  readonly conversation: JsonObject & { readonly thread: readonly JsonObject[] };
}
const sample = (name: string): Body =>
  JSON.parse(readFileSync(new URL(`reservation.${name}.json`, folder), 'utf8')) as Body;

const received = sample('messageReceived.airbnb');
const sent = sample('messageSent');

const told = (body: unknown) =>
  normalise({ account: 'main', headers: {}, body: utf8(JSON.stringify(body)), receivedAt: 0 });

const answered = (post: object) =>
  normaliseAnswer({
    account: 'main',
    headers: { 'innkeeper-entity': 'post', 'innkeeper-id': 'x', 'innkeeper-asked-at': '5' },
    body: utf8(JSON.stringify({ _id: '67100000000000000000a005', ...post })),
    receivedAt: 0,
  });

const [conversation, reservation] = ['66e4f5a6b7c8d9e0f1a2b3c4', '66d3e4f5a6b7c8d9e0f1a2b3'];

/** The first observation, of the message that the body is about. */
const main = (said: ReturnType<typeof told>) => {
  if (!said.understood || !('observations' in said)) throw new Error('not understood');
  const [first] = said.observations;
  if (!first) throw new Error('nothing observed');
  return first;
};

const withMessage = (change: object) => ({
  ...received,
  message: { ...received.message, ...change },
});

describe('a message', () => {
  it('is word for word the same fact in the thread of the next one', () => {
    const then = told(received);
    const later = told(sent);
    if (!then.understood || !('observations' in then)) throw new Error('not understood');
    const messages = then.observations.filter(({ type }) => type.includes('guest_message'));
    expect(messages).toHaveLength(3);
    for (const message of messages)
      expect(later).toMatchObject({ observations: expect.arrayContaining([message]) });
  });

  it.each([
    ['fromGuest', 'guest'],
    ['toHost', 'guest'],
    ['fromHost', 'host'],
    ['toGuest', 'host'],
    ['system', 'system'],
    ['fromThirdParty', 'other'],
    ['fromAutomation', 'automation'],
    ['carrierPigeon', 'other'],
  ])('of type %s was written by: %s', (type, kind) => {
    expect(main(told(withMessage({ type }))).data).toMatchObject({ author: { kind } });
  });

  it('is of nobody known where nothing says who wrote it', () => {
    expect(main(told(withMessage({ type: null }))).data).not.toHaveProperty('author');
  });

  it('names the colleague who sent it by id, and by name only in what is sealed', () => {
    const from = { type: 'user', _id: '64a1b1c1d1e1f1a1b1c1d1e1', fullName: 'Ines Carvalho' };
    const { data, personal } = main(answered({ sentBy: 'host', from, body: 'On my way.' }));
    expect(data).toMatchObject({
      author: { colleague: 'guesty.main.64a1b1c1d1e1f1a1b1c1d1e1', kind: 'host' },
    });
    expect(personal).toMatchObject({ authorName: 'Ines Carvalho' });
    expect(JSON.stringify(data)).not.toContain('Ines');
  });

  it('takes no guest for a colleague', () => {
    const from = { type: 'guest', _id: '66c2d3e4f5a6b7c8d9e0f1a2', fullName: 'Maya Osei' };
    expect(main(answered({ sentBy: 'guest', from })).data).toMatchObject({
      author: { kind: 'guest' },
    });
    expect(JSON.stringify(main(answered({ sentBy: 'guest', from })).data)).not.toContain('66c2');
  });

  it('was sent by an automation where the provider says so', () => {
    const said = main(answered({ sentBy: 'host', isAutomatic: true, body: 'Welcome!' }));
    expect(said.data).toMatchObject({ author: { kind: 'automation' } });
  });

  it.each([
    ['airbnb2', 'airbnb'],
    ['bookingCom', 'booking.com'],
    ['booking', 'booking.com'],
    ['homeaway', 'vrbo'],
    ['email', 'email'],
    ['sms', 'sms'],
    ['whatsapp', 'whatsapp'],
    ['TikTok2', 'tiktok2'],
  ])('by %s came by %s', (module, channel) => {
    expect(main(told(withMessage({ module }))).data).toMatchObject({ channel });
    expect(main(answered({ module: { type: module } })).data).toMatchObject({ channel });
  });

  it('is internal when it is a note', () => {
    expect(main(told(withMessage({ module: 'note' }))).data).toMatchObject({ internal: true });
  });

  it.each(['', ' \n', null, undefined, 7])('without a text (%j) is asked for', (body) => {
    const said = told(withMessage({ body }));
    expect(said).toMatchObject({ hints: [{ entity: 'conversation', id: conversation }] });
    expect(main(said).personal).not.toHaveProperty('text');
  });

  it('with a text is not asked for', () => {
    expect(told(received)).not.toHaveProperty('hints');
  });

  it('of which only the conversation is told is asked for', () => {
    const said = told({ ...received, message: {}, conversation: { _id: conversation } });
    expect(said).toMatchObject({
      observations: [{ type: 'intake.conversation.observed.v1' }],
      hints: [{ entity: 'conversation', id: conversation }],
    });
  });

  it('of nothing at all is not understood', () => {
    const said = told({ event: 'reservation.messageReceived', message: {}, conversation: {} });
    expect(said).toMatchObject({
      understood: false,
      reason: 'the field message.postId is missing',
    });
    expect(
      told({ event: 'reservation.messageReceived', message: { postId: 'maya' }, conversation: {} }),
    ).toMatchObject({
      understood: false,
      reason: 'the field message.postId has another form than expected',
    });
  });

  it('is about the reservation the body names, else about the only one there is', () => {
    const other = '66d3e4f5a6b7c8d9e0f1a2ff';
    const among = (...ids: string[]) => ({
      ...received,
      conversation: {
        ...received.conversation,
        meta: {
          reservations: ids.map((_id) => ({ _id, listing: { _id: `${_id.slice(0, 23)}1` } })),
        },
      },
    });
    const about = (body: object) => main(told(body)).data['reservation'];
    expect(about(among(other, reservation ?? ''))).toBe(`guesty.main.${reservation}`);
    expect(about({ ...among(other), reservationId: undefined })).toBe(`guesty.main.${other}`);
    expect(about({ ...among(other, reservation ?? ''), reservationId: null })).toBeUndefined();
    expect(main(told(among(other, reservation ?? ''))).data).toMatchObject({
      listing: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b1',
    });
  });

  it('of an owner is from nobody who is a guest', () => {
    const owners = { ...received.conversation, conversationWith: 'Owner' };
    const said = told({ ...received, conversation: owners, reservationId: null });
    expect(main(said).data).not.toHaveProperty('guest');
    expect(said).toMatchObject({
      observations: expect.arrayContaining([
        expect.objectContaining({ data: expect.objectContaining({ with: 'owner' }) }),
      ]),
    });
  });

  it('reads no more of a thread than its newest fifty', () => {
    const thread = Array.from({ length: 5000 }, (_, i) => ({
      ...received.message,
      postId: `67100000000000000000${(0xb000 + i).toString(16)}`,
    }));
    const said = told({ ...received, conversation: { ...received.conversation, thread } });
    if (!said.understood || !('observations' in said)) throw new Error('not understood');
    expect(said.observations).toHaveLength(52);
    expect(said.observations[1]?.stream).toContain((0xb000 + 4950).toString(16));
  });

  it('leaves out of a thread what has no time, no id, or was told already', () => {
    const thread = [
      received.message,
      received.message,
      { ...received.message, postId: '67100000000000000000b001', createdAt: null },
      { ...received.message, postId: null },
      null,
      'x',
    ];
    const said = told({ ...received, conversation: { ...received.conversation, thread } });
    expect(said).toMatchObject({ observations: { length: 2 } });
  });

  it('keeps files by their address, sealed, and says openly only how many', () => {
    const attachments = [{ url: 'https://files.example.com/a.jpg', name: 'a.jpg' }, 'https://b'];
    const { data, personal } = main(answered({ attachments }));
    expect(data).toMatchObject({ attachments: 2 });
    expect(personal).toEqual({
      attachments: [
        { name: 'a.jpg', url: 'https://files.example.com/a.jpg' },
        { url: 'https://b' },
      ],
    });
  });
});
