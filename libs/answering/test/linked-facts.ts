import type { FactObservation } from '#libs/journal';

const told = (
  stream: string,
  data: FactObservation['data'],
  personal: FactObservation['personal'],
  occurredAt = 1_789_000_000_000,
): FactObservation => ({
  type: `intake.${stream.slice(0, stream.indexOf('/'))}.observed.v1`,
  ...{ stream, occurredAt },
  data: { event: 'told', normaliser: 1, rank: 20, ...data },
  personal,
  meta: { source: 'guesty/main', causationId: 'a delivery', correlationId: 'a delivery' },
});

/** Somebody who stays in a home: the guest, the reservation and the talk about it, all named after one key. */
export interface StayStory {
  readonly key: string;
  readonly guest: string;
  readonly phone?: string;
  readonly home: string;
  readonly from: string;
  readonly to: string;
  readonly status?: string;
  readonly code?: string;
  readonly due?: number;
  readonly people?: number;
  readonly wrote?: readonly string[];
  /** The key of a stay of the same guest. */
  readonly sameGuest?: string;
}

export const guestId = (key: string): string => `guesty.main.g-${key}`;
export const stayId = (key: string): string => `guesty.main.r-${key}`;
export const talkId = (key: string): string => `guesty.main.t-${key}`;

export const story = (one: StayStory): readonly FactObservation[] => {
  const { code, due, from, guest, home, key, people, phone, sameGuest, to, wrote = [] } = one;
  const whose = guestId(sameGuest ?? key);
  const phones = phone === undefined ? [] : [{ e164: phone, raw: phone }];
  const reservation = {
    ...{ reservation: stayId(key), guest: whose, conversation: talkId(key) },
    ...{ checkInDate: from, checkOutDate: to, listing: `guesty.main.${home}` },
    ...{ status: one.status ?? 'confirmed', timeZone: 'Europe/Lisbon' },
    ...(code !== undefined && { confirmationCode: code }),
    ...(people !== undefined && { guests: { total: people } }),
    ...(due !== undefined && { money: { currency: 'EUR', balanceDue: due } }),
  };
  return [
    ...(sameGuest === undefined
      ? [told(`guest/${whose}`, { guest: whose }, { fullName: guest, phones })]
      : []),
    told(`reservation/${stayId(key)}`, reservation, {
      guestName: guest,
      ...(phone !== undefined && { guestPhone: phone }),
    }),
    told(
      `conversation/${talkId(key)}`,
      { conversation: talkId(key), guest: whose, reservations: [stayId(key)] },
      { guestName: guest },
    ),
    ...wrote.map((text, i) =>
      told(
        `guest_message/guesty.main.m-${key}-${String(i)}`,
        {
          ...{ message: `guesty.main.m-${key}-${String(i)}`, conversation: talkId(key) },
          ...{ guest: whose, reservation: stayId(key), listing: `guesty.main.${home}` },
          ...{ author: { kind: 'guest' }, sentAt: 1_789_000_000_000 + i * 60_000 },
        },
        { text, authorName: guest },
      ),
    ),
  ];
};

/** A change of a stay at a time: what it says counts from then on. */
export const changedStay = (
  key: string,
  at: number,
  data: FactObservation['data'],
): FactObservation =>
  told(`reservation/${stayId(key)}`, { reservation: stayId(key), ...data }, {}, at);

let calls = 0;

export const callFrom = (
  phone: string,
  at: number,
  { comment, direction = 'inbound' }: { comment?: string; direction?: string } = {},
): FactObservation => {
  const id = `aircall.main.c${String(++calls)}`;
  return told(
    `call/${id}`,
    {
      ...{ call: id, event: 'call.ended', direction, status: 'ended', rank: 50 },
      ...{ startedAt: at, answeredAt: at + 5_000, endedAt: at + 60_000 },
      ...(comment !== undefined && { comments: [{ id: `${id}-1`, at }] }),
    },
    { phone, ...(comment !== undefined && { comments: [{ id: `${id}-1`, text: comment }] }) },
    at + 60_000,
  );
};

export const homeOf = (id: string, nickname: string): FactObservation =>
  told(
    `listing/guesty.main.${id}`,
    { listing: `guesty.main.${id}`, timeZone: 'Europe/Lisbon' },
    { nickname, title: `${nickname} by the sea` },
  );
