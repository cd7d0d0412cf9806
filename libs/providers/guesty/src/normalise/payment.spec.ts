import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { utf8, type JsonObject } from '#libs/kernel';

import { paymentSteps } from '../payment-steps.js';
import { normalise } from './normalise.js';

const folder = new URL('../../../../../test/fixtures/guesty/', import.meta.url);
const { payment: received } = JSON.parse(
  readFileSync(new URL('payments.received.json', folder), 'utf8'),
) as { payment: JsonObject };

const told = (event: string, payment: object, headers: Record<string, string> = {}) =>
  normalise({
    account: 'main',
    headers,
    body: utf8(JSON.stringify({ event, payment: { ...received, ...payment } })),
    receivedAt: 0,
  });

const main = (event: string, payment: object, headers?: Record<string, string>) => {
  const said = told(event, payment, headers);
  if (!said.understood || !('observations' in said)) throw new Error('not understood');
  const [first] = said.observations;
  if (!first) throw new Error('nothing observed');
  return first;
};

describe('a payment', () => {
  it.each([...paymentSteps])(
    'of %s is understood, and its reservation looked up',
    (event, known) => {
      expect(told(event, {})).toMatchObject({
        observations: [{ data: { event, step: known.step, rank: known.rank } }],
        hints: [{ entity: 'reservation', id: '66d3e4f5a6b7c8d9e0f1a2b3' }],
      });
    },
  );

  it.each([
    [591.5, 'GBP', 59150],
    ['591.50', 'GBP', 59150],
    [1128.4999999999998, 'EUR', 112850],
    [12000, 'JPY', 12000],
    [12.345, 'KWD', 12345],
    [0, 'EUR', 0],
  ])('of %j %s is %i of the smallest unit', (amount, currency, minor) => {
    expect(main('payments.received', { amount, currency }).data).toMatchObject({
      amount: { amount: minor, currency },
    });
  });

  it.each([
    ['without a currency', { currency: null }],
    ['that is no number', { amount: 'a lot' }],
    ['that no number holds', { amount: 1e300 }],
  ])('has no amount %s', (_, change) => {
    expect(main('payments.received', change).data).not.toHaveProperty('amount');
  });

  it('keeps what is disputed and what was given back apart from what it is', () => {
    const disputed = main('payments.disputes', { amount: 12, reason: 'The flat was not clean' });
    expect(disputed.data).not.toHaveProperty('amount');
    expect(disputed.data).toMatchObject({ dispute: { amount: { amount: 1200 } } });
    expect(disputed.data['dispute']).not.toHaveProperty('reason');
    expect(disputed.personal).toMatchObject({ explanation: 'The flat was not clean' });
    expect(main('payments.refunded', { refundedAmount: 5, totalRefunded: 7.5 }).data).toMatchObject(
      {
        refund: { amount: 500, currency: 'GBP' },
        refundedInAll: { amount: 750, currency: 'GBP' },
      },
    );
  });

  it('tells why a card was not taken: the code openly, the sentence sealed', () => {
    const processorError = { code: 'card_declined', message: 'Your card was declined.' };
    const invalidCreditCard = { brand: 'Visa', last4: '4242', processorError };
    const blank = { brand: null, last4: null, name: null, address: null };
    const said = main('payments.invalidBcomCard', { ...blank, invalidCreditCard });
    expect(said.data).toMatchObject({ card: { brand: 'visa' }, failureReason: 'card_declined' });
    expect(said.personal).toEqual({ cardLast4: '4242', explanation: 'Your card was declined.' });
  });

  it('that only a reservation is named for has the name of the reservation', () => {
    const { data, stream } = main('payments.method.received', { paymentId: null });
    expect(data).toMatchObject({ payment: 'guesty.main.66d3e4f5a6b7c8d9e0f1a2b3' });
    expect(stream).toBe('payment/guesty.main.66d3e4f5a6b7c8d9e0f1a2b3');
    expect(told('payments.overdue', { paymentId: null, reservationId: 'Maya' })).toMatchObject({
      understood: false,
      reason: 'the field payment.paymentId is missing',
    });
  });

  it('is as old as the money moved; what only happened, as its message', () => {
    const headers = {
      'svix-id': 'msg_0ujtsYcgvSTl8PAuAdqWYSMnLOv',
      'svix-timestamp': '1507608100',
    };
    expect(main('payments.received', {}, headers).occurredAt).toBe(
      Date.parse('2026-09-15T12:00:00.000Z'),
    );
    expect(main('payments.failed', {}, headers).occurredAt).toBe(1507608047000);
    // The payment itself was made then; nothing is known of the failure but that it came later.
    expect(main('payments.failed', {}).occurredAt).toBe(0x66f00000 * 1000);
  });
});
