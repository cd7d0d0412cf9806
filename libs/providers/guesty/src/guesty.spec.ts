import { readdirSync, readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { signMessage } from '#libs/foreign';
import { Secret, utf8, webHash, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';
import { deliveredAnswer, providerContract, type SampleAnswer } from '#suites/provider';

import { events } from './events.js';
import { guesty } from './guesty.js';

const folder = new URL('../../../../test/fixtures/guesty/', import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const json = (name: string): JsonObject => JSON.parse(text(`${name}.json`)) as JsonObject;

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length));
const samples = new Map(names.map((name) => [name, json(name)]));

const ASKED_AT = 1789900000000;
const RESERVATION = '66d3e4f5a6b7c8d9e0f1a2b3';
const LISTING = '65b1c2d3e4f5a6b7c8d9e0f1';
const firstOf = (value: unknown): JsonObject => (value as JsonObject[])[0] ?? {};
const idIn = ({ _id: id }: JsonObject): string => (typeof id === 'string' ? id : '');
const answer = (entity: string, body: JsonObject, id = idIn(body)): SampleAnswer => ({
  ...{ entity, id, body },
});

const answers = new Map<string, SampleAnswer>([
  ['reservation.1', answer('reservation', firstOf(json('api/rest.reservations.list')['results']))],
  [
    'reservation.2',
    answer('reservation', json('reservation.updated.legacy.canceled')['reservation'] as JsonObject),
  ],
  ['reservation.3', answer('reservation', firstOf(json('api/rest.reservations-v3.by-ids')))],
  ['guest.1', answer('guest', firstOf(json('api/rest.guests-crud.list')['results']))],
  ['listing.1', answer('listing', firstOf(json('api/rest.listings.list')['results']))],
  [
    'calendar.1',
    answer('calendar', json('api/rest.calendar.listing'), `${LISTING}/2026-09-13/2026-09-14`),
  ],
]);

providerContract('guesty', {
  provider: guesty,
  samples,
  answers,
  personal: [
    ...['Maya', 'Osei', 'Ines', 'Carvalho', 'Novak', 'Leeds', 'Quay', 'QUAY', 'Bristol', 'BS1'],
    ...['key safe', 'dogs', 'late arrival', 'late check-out', 'battery', '7700900123', '4242'],
    ...['@', 'https://', 'example.com', 'example.org', '51.4494', 'Cleaning fee'],
  ],
});

const normaliseText = (body: string): Normalised =>
  guesty.normalise({ account: 'main', headers: {}, body: utf8(body), receivedAt: 0 });
const normalise = (payload: unknown): Normalised => normaliseText(JSON.stringify(payload));
const answered = (asked: SampleAnswer, headers: Record<string, string> = {}) => {
  const input = deliveredAnswer(asked, ASKED_AT);
  return guesty.api?.normalise({ ...input, headers: { ...input.headers, ...headers } });
};

describe('what Guesty says, in our words', () => {
  it.each(names)('reads %s field by field as reviewed', (name) => {
    expect(normalise(samples.get(name))).toEqual(json(`golden/${name}`));
  });

  it.each([...answers])('reads the answer %s field by field as reviewed', (name, asked) => {
    expect(answered(asked)).toEqual(json(`golden/api/${name}`));
  });

  const sampleOf = (event: string): JsonObject | undefined =>
    [...samples.values()].find(
      (one) => events.get(String(one['event'] as string))?.about === events.get(event)?.about,
    );

  it.each([...events.keys()])('understands %s', (event) => {
    expect(normalise({ ...sampleOf(event), event })).toMatchObject({ understood: true });
  });

  it.each(
    [...events.keys()].filter((event) =>
      /^(reservation\.(new|c|u)|guest|listing|calendar)/.test(event),
    ),
  )('takes %s for a hint, as it may be older than what is', (event) => {
    expect(normalise({ ...sampleOf(event), event })).toMatchObject({
      hints: [{ entity: events.get(event)?.about, id: expect.any(String) }],
    });
  });

  it('keeps languages and emoji as they are', () => {
    const fullName = 'Zoë 王小明 👩‍👩‍👧 עדה';
    const guest = { ...(json('guest.created')['guest'] as JsonObject), fullName };
    expect(normalise({ event: 'guest.created', guest })).toMatchObject({
      observations: [{ personal: { fullName } }],
    });
  });

  it.each([
    ['447700900123', '+447700900123'],
    ['+44 7700 900123', '+447700900123'],
    [{ number: '351912000321' }, '+351912000321'],
  ])('reads the phone number %p', (phone, e164) => {
    const guest = { _id: '66c2d3e4f5a6b7c8d9e0f1a2', phone };
    expect(normalise({ event: 'guest.updated', guest })).toMatchObject({
      observations: [{ personal: { phones: [{ e164 }] } }],
    });
  });

  it('does not guess the country of a number that leaves it out', () => {
    const guest = { _id: '66c2d3e4f5a6b7c8d9e0f1a2', phone: '07700 900123' };
    expect(normalise({ event: 'guest.updated', guest })).toMatchObject({
      observations: [{ personal: { phones: [{ raw: '07700 900123' }] } }],
    });
  });

  it.each([
    { start: '2026-09-14', end: '2026-09-18' },
    { startDate: '2026-09-14T00:00:00.000Z', endDate: '2026-09-18' },
  ])('knows which days to look up from %p', (dateRange) => {
    expect(normalise({ event: 'calendar.updated.v2', listingId: LISTING, dateRange })).toEqual({
      understood: true,
      observations: [],
      hints: [{ entity: 'calendar', id: `${LISTING}/2026-09-14/2026-09-18` }],
    });
  });

  it.each([
    ['JPY', 12000, 12000],
    ['KWD', 12.345, 12345],
    ['EUR', 0.1 + 0.2, 30],
    ['GBP', '591.50', 59150],
  ])('counts %s in its smallest unit', (currency, value, hostPayout) => {
    const reservation = { _id: RESERVATION, money: { currency, hostPayout: value } };
    expect(normalise({ event: 'reservation.new', reservation })).toMatchObject({
      observations: [{ data: { money: { currency, hostPayout } } }],
    });
  });
});

describe('what Guesty does not say', () => {
  it.each([
    ['an event nobody announced', { event: 'reservation.teleported' }, 'the event is not known'],
    ['no event', { reservation: {} }, 'the field event is missing'],
    [
      'a guest without an id',
      { event: 'guest.created', guest: {} },
      'the id of the guest is missing',
    ],
    [
      'an id that could be a name',
      { event: 'guest.created', guest: { _id: 'Maya Osei' } },
      'the id of the guest has another form than expected',
    ],
    ['a listing without an id', { event: 'listing.new' }, 'the id of the listing is missing'],
    [
      'nothing',
      { event: 'reservation.created.v2', data: {} },
      'the id of the reservation is missing',
    ],
    ['no day', { event: 'calendar.updated.v2' }, 'the days of the calendar are missing'],
    ['a canary without a time', { event: 'innkeeper.canary' }, 'the field data.sentAt is missing'],
  ])('is said of %s, in names of fields', (_title, payload, reason) => {
    expect(normalise(payload)).toMatchObject({ understood: false, reason });
  });

  it.each([
    ['a byte order mark', `\ufeff${text('guest.created.json')}`],
    ['a nesting that never ends', `{"event":"guest.created","guest":${'['.repeat(400_000)}`],
    ['a number without a value', '{"event":"guest.created","guest":{"_id":NaN}}'],
  ])('is no JSON with %s', (_title, body) => {
    expect(normaliseText(body)).toEqual({
      understood: false,
      reason: 'the body is not a JSON object',
    });
  });

  it('is not found in prototypes, and nothing gets into them', () => {
    const id = '"_id":"66c2d3e4f5a6b7c8d9e0f1a2"';
    const odd = `{"__proto__":{"firstName":"Eve"},"constructor":{"x":1},${id}}`;
    const said = normaliseText(
      `{"event":"guest.created","data":{"guest":${odd}},"__proto__":${odd}}`,
    );
    expect(said).toMatchObject({ understood: true });
    expect(JSON.stringify(said)).not.toContain('Eve');
    expect(({} as Record<string, unknown>)['firstName']).toBeUndefined();
  });

  it('is a number that nobody can hold; of a field that is there twice the last counts', () => {
    const body =
      '{"event":"reservation.new","reservation":{"_id":"66d3e4f5a6b7c8d9e0f1a2b3","nightsCount":1e400,' +
      '"status":"inquiry","status":"confirmed","money":{"currency":"GBP","hostPayout":1e400}}}';
    expect(normaliseText(body)).toMatchObject({
      observations: [{ data: { money: { currency: 'GBP' }, status: 'confirmed' } }],
    });
  });

  it('is half a character', () => {
    const body = `{"event":"guest.created","guest":{"_id":"66c2d3e4f5a6b7c8d9e0f1a2","notes":"a\\ud83d"}}`;
    expect(normaliseText(body)).toMatchObject({
      observations: [{ personal: { notes: 'a\ufffd' } }],
    });
  });
});

describe('an answer of the API', () => {
  it.each(['reservation', 'guest', 'listing'])('that a %s is no more is a fact', (entity) => {
    expect(answered({ entity, id: RESERVATION, body: {} }, { 'innkeeper-gone': 'true' })).toEqual({
      understood: true,
      observations: [
        {
          type: `intake.${entity}.observed.v1`,
          stream: `${entity}/guesty.main.${RESERVATION}`,
          occurredAt: ASKED_AT,
          data: {
            deleted: true,
            event: `api.${entity}.gone`,
            [entity]: `guesty.main.${RESERVATION}`,
            normaliser: 1,
            rank: 90,
          },
        },
      ],
    });
  });

  it('is not known of an entity that this API does not have', () => {
    for (const entity of ['toString', 'fax', ''])
      expect(answered({ entity, id: '1', body: {} })).toMatchObject({ understood: false });
  });

  it('asks for nothing more', () => {
    for (const asked of answers.values()) {
      expect(answered(asked)).toMatchObject({ understood: true });
      expect(answered(asked)).not.toHaveProperty('hints');
    }
  });
});

describe('the proof of a delivery of Guesty', () => {
  const vector = json('signature/signed-request.vector') as unknown as {
    readonly secret: string;
    readonly headers: Record<string, string>;
    readonly rawBody: string;
  };
  const secrets = [new Secret(vector.secret)];
  const receivedAt = Number(vector.headers['svix-timestamp']) * 1000;
  const prove = (change: { body?: string; headers?: Record<string, string> } = {}) =>
    guesty.prove(
      {
        source: 'guesty',
        headers: { ...vector.headers, ...change.headers },
        body: utf8(change.body ?? vector.rawBody),
        receivedAt,
      },
      { secrets, hash: webHash },
    );

  it('is the signature over the raw bytes, and gives the message’s own id', async () => {
    expect(await prove()).toEqual({
      proved: true,
      messageId: 'msg_2Ex4mPleGu3styW3bh00kDel1v3',
      // The guest's id says when it was made; the body says nothing of when it was told.
      sourceTime: Date.UTC(2024, 7, 19, 5, 11),
    });
  });

  it('is broken by reading and writing the JSON again', async () => {
    const body = JSON.stringify(JSON.parse(vector.rawBody), null, 1);
    expect(await prove({ body })).toEqual({ proved: false, code: 'INTAKE_SIGNATURE_INVALID' });
  });

  it('holds for bytes that are no JSON, which are then not understood', async () => {
    const body = utf8('half a bo');
    const [secret = new Secret('')] = secrets;
    const sender = { secret, hash: webHash };
    const headers = await signMessage({ id: 'msg_1', body, now: receivedAt }, sender, 'svix');
    const request = { source: 'guesty', headers, body, receivedAt };
    expect(await guesty.prove(request, { secrets, hash: webHash })).toEqual({
      proved: true,
      messageId: 'msg_1',
      sourceTime: 0,
    });
    expect(normaliseText('half a bo')).toMatchObject({ understood: false });
  });

  it('gives a payload that is sent again the same id', async () => {
    const idOf = async (payload: JsonObject, now: number) =>
      (await guesty.sign(payload, new Secret(vector.secret), now)).headers['svix-id'];
    expect(await idOf({ a: 1 }, 1000)).toBe(await idOf({ a: 1 }, 900_000));
    expect(await idOf({ a: 1 }, 1000)).not.toBe(await idOf({ a: 2 }, 1000));
  });

  it.each([vector.secret, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])(
    'takes the secret %s in the settings',
    (secret) => {
      expect(secret).toMatch(guesty.secrets.fits);
      expect(secret.replace('whsec_', '')).toMatch(guesty.secrets.fits);
    },
  );

  it.each(['whsec_', 'secret', 'whsec_not base64!!', 'whpk_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'])(
    'does not take %s for a secret',
    (secret) => {
      expect(secret).not.toMatch(guesty.secrets.fits);
    },
  );
});
