import fc from 'fast-check';

import type { Fact } from '#libs/contracts';
import { utf8, type JsonObject } from '#libs/kernel';
import { guesty } from '#libs/providers/guesty';

import { factsIn } from './histories.js';

/** One reservation through its life, each state told in every way that Guesty has for it. */
export const RESERVATION = '66d3e4f5a6b7c8d9e0f1a2b3';
export const GUEST = '66c2d3e4f5a6b7c8d9e0f1a2';
const LISTINGS = ['65b1c2d3e4f5a6b7c8d9e0f1', '65b1c2d3e4f5a6b7c8d9e0f2'];
const START = Date.UTC(2026, 8, 1, 10);

export const told = (payload: JsonObject): Fact[] =>
  factsIn(
    guesty.normalise({
      account: 'main',
      headers: {},
      body: utf8(JSON.stringify(payload)),
      receivedAt: 0,
    }),
    'guesty/main',
  );

export const answered = (
  entity: string,
  body: JsonObject | undefined,
  { id, askedAt }: { readonly id: string; readonly askedAt: number },
): Fact[] =>
  factsIn(
    guesty.api?.normalise({
      account: 'main',
      headers: {
        'innkeeper-entity': entity,
        'innkeeper-id': id,
        'innkeeper-asked-at': String(askedAt),
        ...(body === undefined && { 'innkeeper-gone': 'true' }),
      },
      body: utf8(body === undefined ? '' : JSON.stringify(body)),
      receivedAt: 0,
    }),
    'guesty-api/main',
  );

export interface State {
  /** `lastUpdatedAt`, and a while later the time of publishing. */
  readonly changedAt: number;
  readonly publishedAt: number;
  readonly whole: JsonObject;
  readonly lean: JsonObject;
}

const day = fc.integer({ min: 10, max: 28 }).map((of) => `2026-09-${of}`);
const some = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);

const content = fc.record({
  status: fc.constantFrom('inquiry', 'reserved', 'confirmed', 'canceled'),
  listingId: fc.constantFrom(...LISTINGS),
  checkInDateLocalized: day,
  checkOutDateLocalized: day,
  guestsCount: fc.integer({ min: 1, max: 6 }),
  confirmationCode: fc.constantFrom('HMXQ2P9T4R', 'HMXQ2P9T4S'),
});

/** What only the old envelope and the answers tell. */
const more = fc.record({
  plannedArrival: some(fc.constantFrom('15:00', '21:30')),
  canceledAt: some(fc.constant('2026-09-11T17:05:01.511Z')),
  note: some(fc.constantFrom('Late arrival 🌙', 'Zwei Hunde')),
  numberOfGuests: some(fc.record({ numberOfAdults: fc.nat(4), numberOfChildren: fc.nat(2) })),
  guest: fc.constantFrom('Maya Osei', 'Maya Osei-Bonsu').map((fullName) => ({ fullName })),
  money: fc.record({
    currency: fc.constantFrom('GBP', 'JPY', 'KWD'),
    hostPayout: fc.constantFrom(591.5, 0, 1128.4999999999998),
    totalPaid: some(fc.constantFrom(100, 0.1)),
  }),
});

/** `apart`: at least so long between two changes; `late`: at most so long until one is published, in ms. */
export const lives = ({
  apart,
  late,
}: {
  readonly apart: number;
  readonly late: number;
}): fc.Arbitrary<State[]> =>
  fc
    .array(fc.tuple(content, more, fc.integer({ min: apart, max: apart * 3 }), fc.nat(late)), {
      minLength: 1,
      maxLength: 5,
    })
    .map((drafts) => {
      let changedAt = START;
      return drafts.map(([lean, rest, gap, delay]) => {
        changedAt += gap;
        return stateOf(lean, rest, changedAt, delay);
      });
    });

const stateOf = (
  lean: JsonObject & { readonly listingId: string },
  rest: JsonObject,
  changedAt: number,
  delay: number,
): State => {
  const { listingId, ...shared } = lean;
  return {
    changedAt,
    publishedAt: changedAt + delay,
    lean: { reservationId: RESERVATION, unitId: listingId, ...shared },
    whole: {
      ...lean,
      ...rest,
      _id: RESERVATION,
      guestId: GUEST,
      createdAt: '2026-09-01T10:00:00.000Z',
      lastUpdatedAt: new Date(changedAt).toISOString(),
    },
  };
};

export type Way = 'old' | 'new' | 'new, nested' | 'both' | 'lost';

export const tell = ({ whole, lean, publishedAt }: State, way: Way, isFirst: boolean): Fact[] => {
  const meta = { eventId: 'e', publishedAt: new Date(publishedAt).toISOString() };
  const old = { event: isFirst ? 'reservation.new' : 'reservation.updated', reservation: whole };
  const event = isFirst ? 'reservation.created.v2' : 'reservation.updated.v2';
  const { reservationId, ...inner } = lean;
  switch (way) {
    case 'old':
      return told(old);
    case 'new':
      return told({ event, meta, data: lean });
    case 'new, nested':
      return told({ event, meta, data: { reservation: { _id: reservationId ?? '', ...inner } } });
    case 'both':
      return [...told(old), ...told({ event, meta, data: lean })];
    case 'lost':
      return [];
  }
};

/** What the API says of the state, whenever it is asked. */
export const answerOf = ({ whole, publishedAt }: State): Fact[] =>
  answered('reservation', whole, { id: RESERVATION, askedAt: publishedAt + 2000 });
