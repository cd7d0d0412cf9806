import type { FactObservation } from '#libs/journal';
import type { JsonObject } from '#libs/kernel';

/** Guests with their stays, talks and calls. Many share a name, and each record has readers of its own. */
export const STAYS = 60;

const firsts = ['Hannah', 'Max', 'Inês', 'Łukasz', 'Chloé', 'Zoë'];
const lasts = ['Müller', 'Carvalho', 'Wójcik', 'Lefèvre', 'Muñoz'];

export const guestName = (i: number): string =>
  `${firsts[i % firsts.length] ?? ''} ${lasts[(i * 7) % lasts.length] ?? ''}`;
export const stayCode = (i: number): string => `HM${String(i * 7_919 + 100_000)}X`;
export const guestPhone = (i: number): string => `+3519100${String(10_000 + i)}`;

/** All that one guest left, in the order of what names what. */
export const stayRecords = (i: number): readonly string[] => [
  `guest/g.main.${i}`,
  `reservation/r.main.${i}`,
  `conversation/t.main.${i}`,
  `guest_message/m.main.${i}`,
  `call/c.main.${i}`,
];

const DAY_MS = 86_400_000;
/** As the clock of the embedded parts says it. */
const NOW = Date.UTC(2026, 8, 14, 9);
const dayOf = (i: number): string => new Date(NOW + i * DAY_MS).toISOString().slice(0, 10);

const told = (stream: string, data: object, personal: object): FactObservation => ({
  type: `intake.${stream.slice(0, stream.indexOf('/'))}.observed.v1`,
  stream,
  occurredAt: NOW - DAY_MS,
  data: { event: 'told', normaliser: 1, rank: 10, ...data },
  personal: personal as JsonObject,
  meta: { source: 'guesty/main', causationId: 'a-delivery', correlationId: 'a-delivery' },
});

export const stayFacts = (homes: number): readonly FactObservation[] =>
  Array.from({ length: STAYS }, (_, i) => factsOf(i, homes)).flat();

const factsOf = (i: number, homes: number): readonly FactObservation[] => {
  const [guest = '', stay = '', talk = '', message = '', call = ''] = stayRecords(i);
  const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1);
  const ids = { guest: idOf(guest), conversation: idOf(talk), reservation: idOf(stay) };
  const phone = guestPhone(i);
  const from = (i % 9) - 6;
  const startedAt = NOW - (i + 2) * 3_600_000;
  return [
    told(
      guest,
      { guest: ids.guest },
      { fullName: guestName(i), phones: [{ e164: phone, raw: phone }] },
    ),
    told(
      stay,
      {
        ...{ ...ids, listing: `home.${i % homes}`, status: 'confirmed' },
        ...{
          confirmationCode: stayCode(i),
          checkInDate: dayOf(from),
          checkOutDate: dayOf(from + 5),
        },
      },
      { guestName: guestName(i), guestPhone: phone },
    ),
    told(
      talk,
      { conversation: ids.conversation, guest: ids.guest, reservations: [ids.reservation] },
      { guestName: guestName(i) },
    ),
    told(
      message,
      {
        ...{ ...ids, message: idOf(message), listing: `home.${i % homes}` },
        ...{ author: { kind: 'guest' }, sentAt: startedAt },
      },
      { text: `The heating in room ${i} is loud at night.` },
    ),
    told(
      call,
      {
        ...{ call: idOf(call), direction: 'inbound', status: 'ended', startedAt },
        endedAt: startedAt + 60_000,
      },
      { phone },
    ),
  ];
};
