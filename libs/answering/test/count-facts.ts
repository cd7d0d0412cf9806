import type { FactObservation } from '#libs/journal';

/** A Monday morning in Lisbon, as the clock of the embedded parts says it. */
export const TODAY = '2026-09-14';
const about = {
  meta: { source: 'guesty/main', causationId: 'a delivery', correlationId: 'a delivery' },
};

interface StayFact {
  readonly guest: string;
  readonly from: string;
  readonly to: string;
  readonly home?: string;
  readonly status?: string;
  readonly due?: number;
  readonly createdAt?: number;
}

let reservations = 0;

export const stay = ({
  guest,
  from,
  to,
  home = 'h1',
  status = 'confirmed',
  due,
  createdAt = Date.UTC(2026, 5, 1),
}: StayFact): FactObservation => {
  const id = `guesty.main.r${String(++reservations)}`;
  return {
    ...about,
    type: 'intake.reservation.observed.v1',
    stream: `reservation/${id}`,
    occurredAt: 1_789_000_000_000,
    data: {
      event: 'reservation.updated',
      reservation: id,
      checkInDate: from,
      checkOutDate: to,
      listing: `guesty.main.${home}`,
      status,
      createdAt,
      normaliser: 1,
      rank: 20,
      ...(due !== undefined && { money: { currency: 'EUR', balanceDue: due } }),
    },
    personal: { guestName: guest },
  };
};

export const home = (
  id: string,
  nickname: string,
  timeZone = 'Europe/Lisbon',
): FactObservation => ({
  ...about,
  type: 'intake.listing.observed.v1',
  stream: `listing/guesty.main.${id}`,
  occurredAt: 1_789_000_000_000,
  data: {
    event: 'listing.updated',
    listing: `guesty.main.${id}`,
    timeZone,
    normaliser: 1,
    rank: 20,
  },
  personal: { nickname, title: `${nickname} by the sea` },
});

interface CallFact {
  readonly at: number;
  readonly phone?: string;
  readonly answered?: boolean;
  readonly direction?: 'inbound' | 'outbound';
}

let calls = 0;

export const call = ({
  at,
  phone = '+351910000001',
  answered = false,
  direction = 'inbound',
}: CallFact): FactObservation => {
  const id = `aircall.main.c${String(++calls)}`;
  return {
    ...about,
    type: 'intake.call.observed.v1',
    stream: `call/${id}`,
    occurredAt: at + 60_000,
    data: {
      call: id,
      event: 'call.ended',
      direction,
      status: 'ended',
      startedAt: at,
      endedAt: at + 60_000,
      ...(answered && { answeredAt: at + 5_000 }),
      normaliser: 1,
      rank: 50,
    },
    personal: { phone },
  };
};

let tasks = 0;

export const task = (title: string, status: string, dueAt?: number): FactObservation => {
  const id = `guesty.main.t${String(++tasks)}`;
  return {
    ...about,
    type: 'intake.task.observed.v1',
    stream: `task/${id}`,
    occurredAt: 1_789_000_000_000,
    data: {
      event: 'task.updated',
      task: id,
      status,
      normaliser: 1,
      rank: 20,
      ...(dueAt !== undefined && { dueAt }),
    },
    personal: { title },
  };
};

let reviews = 0;

export const review = (hundredths: number, of: number, createdAt: number): FactObservation => {
  const id = `guesty.main.v${String(++reviews)}`;
  return {
    ...about,
    type: 'intake.review.observed.v1',
    stream: `review/${id}`,
    occurredAt: createdAt,
    data: {
      event: 'review.listed',
      review: id,
      createdAt,
      rating: { hundredths, of },
      normaliser: 1,
      rank: 20,
    },
    personal: { publicText: 'Lovely.' },
  };
};
