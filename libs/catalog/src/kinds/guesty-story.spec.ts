import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { Fact } from '#libs/contracts';
import { utf8, type JsonObject } from '#libs/kernel';
import { guesty } from '#libs/providers/guesty';

import { foldAll } from '../../test/folding.js';
import { factsIn } from '../../test/histories.js';
import { stateOf } from '../merge/record-state.js';
import { recordKinds, type KindName } from './index.js';

const folder = new URL('../../../../test/fixtures/guesty/', import.meta.url);
const json = (name: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as JsonObject;

const told = (payload: string | object, headers: Record<string, string> = {}): Fact[] => {
  const body = utf8(JSON.stringify(typeof payload === 'string' ? json(payload) : payload));
  const input = { account: 'main', headers, body, receivedAt: 0 };
  const answers = headers['innkeeper-entity'] !== undefined;
  return factsIn(answers ? guesty.api?.normalise(input) : guesty.normalise(input), 'guesty/main');
};

const answered = (entity: string, item: object, askedAt = 1789999999000): Fact[] =>
  told(item, { 'innkeeper-entity': entity, 'innkeeper-asked-at': String(askedAt) });

const itemsIn = (name: string, list?: string): JsonObject[] => {
  const { data } = json(`api/${name}`);
  return (list === undefined ? data : (data as JsonObject)[list]) as JsonObject[];
};

const after = (kind: KindName, id: string, ...facts: Fact[][]): JsonObject => {
  const state = stateOf(foldAll(facts.flat()).get(`${kind}/guesty.main.${id}`));
  return recordKinds[kind].view(state);
};

describe('a message', () => {
  const ID = '67100000000000000000a003';

  it('reads as a person would tell it', () => {
    expect(after('guest_message', ID, told('reservation.messageReceived.airbnb'))).toEqual({
      author: 'guest',
      authorName: 'Maya Osei',
      channel: 'airbnb',
      conversation: 'guesty.main.66e4f5a6b7c8d9e0f1a2b3c4',
      deleted: false,
      displayName: 'The key safe will not open 😕',
      event: 'reservation.messageReceived',
      guest: 'guesty.main.66c2d3e4f5a6b7c8d9e0f1a2',
      id: `guesty.main.${ID}`,
      kind: 'guest_message',
      reservation: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3',
      sentAt: '2026-09-14T09:05:10.000Z',
      source: 'guesty',
      text: 'The key safe will not open 😕',
      updatedAt: '2026-09-14T09:05:10.000Z',
    });
  });

  it('gets its text from the API when the webhook had none, whichever comes first', () => {
    const lean = told('reservation.messageReceived.empty-body');
    const full = answered('post', {
      _id: '67100000000000000000a004',
      body: 'And it is raining.',
      createdAt: '2026-09-14T09:05:40.000Z',
    });
    for (const facts of [
      [lean, full],
      [full, lean],
    ])
      expect(after('guest_message', '67100000000000000000a004', ...facts)).toMatchObject({
        author: 'guest',
        reservation: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3',
        text: 'And it is raining.',
      });
  });

  it('from a colleague who is named makes that colleague known', () => {
    const colleague = '64a1b1c1d1e1f1a1b1c1d1e1';
    const from = { _id: colleague, type: 'user', fullName: 'Ines Carvalho' };
    const facts = answered('post', { _id: ID, sentBy: 'host', from, body: 'On my way.' });
    expect(after('colleague', colleague, facts)).toMatchObject({ displayName: 'Ines Carvalho' });
    expect(after('guest_message', ID, facts)).toMatchObject({
      colleague: { id: `guesty.main.${colleague}`, name: 'Ines Carvalho' },
    });
  });

  it('can be listed by who wrote it, how, and what it is about', () => {
    const facts = told('reservation.messageReceived.airbnb');
    const fields = recordKinds.guest_message.fieldsOf(
      stateOf(foldAll(facts).get(`guest_message/guesty.main.${ID}`)),
    );
    expect(recordKinds.guest_message.fields).toEqual(expect.arrayContaining(Object.keys(fields)));
    expect(fields).toMatchObject({ author: 'guest', channel: 'airbnb', deleted: 0 });
    expect(fields).toHaveProperty('conversation');
    expect(fields).toHaveProperty('reservation');
  });

  it('that is long is shown in a list by its beginning, with no half characters', () => {
    const body = `${'a'.repeat(78)}😕😕 and so on`;
    const facts = answered('post', { _id: ID, body });
    expect(after('guest_message', ID, facts)['displayName']).toBe(`${'a'.repeat(78)}…`);
  });
});

describe('a conversation', () => {
  it('is what webhooks and the API say together', () => {
    const [item = {}] = itemsIn('rest.conversations.list', 'conversations');
    const facts = [told('reservation.messageSent'), answered('conversation', item)];
    expect(after('conversation', '66e4f5a6b7c8d9e0f1a2b3c4', ...facts)).toMatchObject({
      channel: 'airbnb',
      displayName: 'Maya Osei',
      guestMail: 'maya.osei@example.com',
      listings: ['guesty.main.65b1c2d3e4f5a6b7c8d9e0f1'],
      read: false,
      receptionist: 'Ines Carvalho',
      status: 'open',
      subject: 'Reservation HMXQ2P9T4R',
    });
  });
});

describe('a payment', () => {
  const ID = '66f0000000000000000000a1';
  const steps = ['failed', 'received', 'refunded', 'disputes'].map((step) => `payments.${step}`);

  it('goes on, and never back when a failure is told late', () => {
    const [failed = '', received = '', refunded = '', disputed = ''] = steps;
    const late = { ...json(failed), payment: { ...(json(failed).payment as JsonObject) } };
    Object.assign(late.payment, { updatedAt: '2026-12-01T00:00:00Z' });
    const status = (...names: string[]) =>
      after('payment', ID, ...names.map((name) => told(name)), told(late))['status'];
    expect(status()).toBe('failed');
    expect(status(received)).toBe('received');
    expect(status(received, refunded)).toBe('refunded');
    expect(status(disputed, received)).toBe('disputed');
  });

  it('of which no event came is known from its reservation, which never outvotes one', () => {
    const listed = (status: string) =>
      answered('reservation', {
        _id: '66d3e4f5a6b7c8d9e0f1a2b3',
        lastUpdatedAt: '2026-12-01T00:00:00Z',
        guestId: '66c2d3e4f5a6b7c8d9e0f1a2',
        money: { currency: 'GBP', payments: [{ _id: ID, amount: 591.5, currency: 'GBP', status }] },
      });
    expect(after('payment', ID, listed('SUCCEEDED'))).toMatchObject({
      amount: { text: '591.50 GBP' },
      guest: 'guesty.main.66c2d3e4f5a6b7c8d9e0f1a2',
      reservation: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3',
      status: 'received',
    });
    const [failed = '', received = '', refunded = ''] = steps;
    expect(after('payment', ID, told(failed), listed('SUCCEEDED'))).toMatchObject({
      failureReason: 'insufficient_funds',
      status: 'received',
    });
    for (const word of ['PENDING', 'FAILED', 'SOMETHING_NEW'])
      expect(after('payment', ID, listed(word), told(received))['status']).toBe('received');
    expect(after('payment', ID, told(refunded), listed('SUCCEEDED'))['status']).toBe('refunded');
  });

  it('reads as a person would tell it', () => {
    expect(after('payment', ID, ...steps.map((step) => told(step)))).toMatchObject({
      amount: { amount: 59150, currency: 'GBP', text: '591.50 GBP' },
      card: { brand: 'visa', last4: '4242' },
      displayName: 'Maya Osei',
      dispute: { amount: { text: '591.50 GBP' }, case: 'dp_example_01', type: 'chargeback' },
      failureReason: 'insufficient_funds',
      paidAt: '2026-09-15T12:00:00.000Z',
      refund: { text: '100.00 GBP' },
      status: 'disputed',
      steps: expect.arrayContaining([{ at: '2026-09-15T12:00:00.000Z', step: 'received' }]),
    });
  });
});

describe('a task', () => {
  const ID = '672aa0000000000000000001';

  it('stays gone when something older is told of it, also by the API', () => {
    const facts = [told('task.deleted'), answered('task', json('api/rest.task.get'))];
    expect(after('task', ID, ...facts)).toMatchObject({ deleted: true });
    expect(
      recordKinds.task.isGone(stateOf(foldAll(facts.flat()).get(`task/guesty.main.${ID}`))),
    ).toBe(true);
  });

  it('keeps its comments, of which each body may carry one', () => {
    const comment = (_id: string, text: string, date: string) =>
      told({ event: 'task.updated', task: { _id: ID, comment: { _id, text, date } } });
    expect(
      after(
        'task',
        ID,
        comment('672aa00000000000000000d2', 'Done', '2026-09-14T12:00:00Z'),
        comment('672aa00000000000000000d1', 'On my way', '2026-09-14T11:00:00Z'),
      ),
    ).toMatchObject({ comments: [{ text: 'On my way' }, { text: 'Done' }] });
  });
});

describe('a review', () => {
  it('reads as a person would tell it, and can be compared across channels', () => {
    const [item = {}] = itemsIn('rest.reviews.list');
    expect(after('review', '68000000000000000000c001', answered('review', item))).toMatchObject({
      displayName: 'Great stay by the water.',
      rating: '5 of 5',
      ratingPercent: 100,
      replies: [{ at: '2026-09-21T09:00:00.000Z', status: 'completed', text: 'Thank you, Maya!' }],
    });
    const booking = {
      _id: ID,
      channelId: 'bookingCom',
      rawReview: { scoring: { review_score: 9.25 } },
    };
    expect(after('review', ID, answered('review', booking))).toMatchObject({
      rating: '9.25 of 10',
      ratingPercent: 93,
    });
  });

  const ID = '68000000000000000000c002';
});
