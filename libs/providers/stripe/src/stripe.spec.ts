import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { signMessage } from '#libs/foreign';
import { Secret, utf8, webHash, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { providerContract } from '#suites/provider';

import { moneyOf } from './read-body.js';
import { stripe } from './stripe.js';

const folder = new URL('../../../../test/fixtures/stripe/', import.meta.url);
const samples = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject,
    ]),
);

providerContract('stripe', {
  provider: stripe,
  samples,
  personal: ['Zofia', 'Wójcik', 'zofia@example.com', 'insufficient funds.', '9995', '4242', 'Łódź'],
});

const said = (name: string): Normalised =>
  stripe.normalise({
    account: 'main',
    body: utf8(JSON.stringify(samples.get(name))),
    headers: {},
    receivedAt: 0,
  });

const PAYMENT = 'stripe.main.pi_3PzExampleIntent0001';
const GBP = (amount: number) => ({ amount, currency: 'GBP' });

describe('what Stripe says, in our words', () => {
  it.each([
    [
      'payment_intent.succeeded',
      {
        occurredAt: 1789377408000,
        data: {
          amount: GBP(59150),
          createdAt: 1789377401000,
          event: 'payment_intent.succeeded',
          normaliser: 1,
          paidAt: 1789377408000,
          payment: PAYMENT,
          rank: 50,
          step: 'received',
        },
      },
    ],
    [
      'payment_intent.payment_failed',
      {
        occurredAt: 1789377390000,
        data: {
          amount: GBP(59150),
          card: { brand: 'visa' },
          createdAt: 1789377301000,
          event: 'payment_intent.payment_failed',
          failureReason: 'insufficient_funds',
          normaliser: 1,
          payment: PAYMENT,
          rank: 30,
          step: 'failed',
        },
        personal: {
          cardLast4: '9995',
          explanation: 'Your card has insufficient funds.',
          name: 'Zofia Wójcik',
        },
      },
    ],
    [
      'charge.refunded',
      {
        occurredAt: 1789463808000,
        data: {
          amount: GBP(59150),
          card: { brand: 'visa' },
          createdAt: 1789377405000,
          event: 'charge.refunded',
          normaliser: 1,
          payment: PAYMENT,
          rank: 60,
          refundedAt: 1789463808000,
          refundedInAll: GBP(12000),
          step: 'refunded',
        },
        personal: { cardLast4: '4242', name: 'Zofia Wójcik' },
      },
    ],
    [
      'charge.dispute.created',
      {
        occurredAt: 1789550208000,
        data: {
          dispute: { amount: GBP(47150), case: 'du_3PzExampleDispute001', reason: 'fraudulent' },
          event: 'charge.dispute.created',
          normaliser: 1,
          payment: PAYMENT,
          rank: 70,
          step: 'disputed',
        },
      },
    ],
  ])('reads %s field by field', (name, observation) => {
    expect(said(name)).toEqual({
      understood: true,
      observations: [
        { type: 'intake.payment.observed.v1', stream: `payment/${PAYMENT}`, ...observation },
      ],
    });
  });

  it.each([
    [500, 'jpy', { amount: 500, currency: 'JPY' }],
    [500, 'isk', { amount: 5, currency: 'ISK' }],
    [500, 'mga', { amount: 50_000, currency: 'MGA' }],
    [90_071_992_547_410, 'mga', undefined],
    [1230, 'kwd', { amount: 1230, currency: 'KWD' }],
    [5.5, 'eur', undefined],
    [500, 'euro', undefined],
  ])('takes %s of %s for what it is', (amount, currency, money) => {
    expect(moneyOf(amount, currency)).toEqual(money);
  });
});

describe('what proves a delivery of Stripe', () => {
  const secret = new Secret('whsec_a-secret-of-the-spec-only');
  const NOW = 1_789_377_500_000;
  const signed = async () => {
    const { headers, body } = await stripe.sign(samples.get('charge.refunded') ?? {}, secret, NOW);
    return { source: 'stripe', headers, body, receivedAt: NOW };
  };
  const tools = { secrets: [secret], hash: webHash };

  it('is the secret as it stands, over the time and the raw body', async () => {
    const body = utf8('{"id":"evt_1","created":1789377408}').slice();
    const mac = createHmac('sha256', secret.reveal())
      .update(`${NOW / 1000}.`)
      .update(body)
      .digest('hex');
    const headers = { 'stripe-signature': `t=${NOW / 1000},v1=${'0'.repeat(64)},v1=${mac},v0=x` };
    expect(await stripe.prove({ source: 'stripe', headers, body, receivedAt: NOW }, tools)).toEqual(
      {
        proved: true,
        sourceTime: 1789377408000,
        messageId: 'evt_1',
      },
    );
  });

  it('is read its own way, though another provider read the same secret before', async () => {
    const shared = new Secret('whsec_c2hhcmVkLXNoYXJlZC1zaGFyZWQtc2hhcmVk');
    const message = { id: 'msg_1', body: utf8('{}').slice(), now: NOW };
    await signMessage(message, { secret: shared, hash: webHash });
    const { headers } = await stripe.sign({}, shared, NOW);
    const mac = createHmac('sha256', shared.reveal())
      .update(`${NOW / 1000}.{}`)
      .digest('hex');
    expect(headers['stripe-signature']).toBe(`t=${NOW / 1000},v1=${mac}`);
  });

  it('is good for five minutes, either way', async () => {
    const request = await signed();
    for (const off of [-301_000, 301_000])
      expect(await stripe.prove({ ...request, receivedAt: NOW + off }, tools)).toEqual({
        proved: false,
        code: 'INTAKE_SIGNATURE_EXPIRED',
      });
  });

  it('has one id however often it is sent', async () => {
    const later = await stripe.sign(samples.get('charge.refunded') ?? {}, secret, NOW + 60_000);
    const again = { source: 'stripe', ...later, receivedAt: NOW + 60_000 };
    const [first, second] = [
      await stripe.prove(await signed(), tools),
      await stripe.prove(again, tools),
    ];
    expect(first).toMatchObject({ proved: true, messageId: 'evt_3PzExampleRefunded001' });
    expect(second).toEqual(first);
  });
});
