import { callDeliveries, textDelivery, type DemoCall } from './aircall-payloads.js';
import { Chance } from './chance.js';
import { callTags, comments, openings, outsiders, spokenTopics } from './call-words.js';
import type { DemoDelivery } from './demo-delivery.js';
import { COMPANY, hosts, lineFor } from './demo-staff.js';
import { arrivalOf, departureOf, type DemoStay } from './demo-stays.js';
import type { TopicKey } from './demo-talk.js';
import { isoOf, momentAt, type DemoTime } from './demo-time.js';
import { filled, slotsOf } from './demo-writing.js';
import { talks } from './talk/index.js';

const CALLS = 320;
const TEXT_TALKS = 50;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const texted: readonly TopicKey[] = ['late', 'keyStuck', 'arrived', 'taxi', 'early', 'slowWifi'];

/** Calls of a year: of guests around their stay, and of people whom nobody knows. */
export const phoneDeliveries = (
  stays: readonly DemoStay[],
  time: DemoTime,
): readonly DemoDelivery[] => {
  const begun = stays.filter(({ from, status }) => from <= 2 && status === 'confirmed');
  const calls = Array.from({ length: CALLS }, (_, n) => callOf(n, begun, time));
  const texts = Array.from({ length: TEXT_TALKS }, (_, n) => textsOf(n, begun, time)).flat();
  return [...[...calls, ...callsOfToday(begun, time)].flatMap(callDeliveries), ...texts];
};

const momentOf = (stay: DemoStay, { now, today }: DemoTime, chance: Chance): number => {
  const { home } = stay;
  const from = momentAt(arrivalOf(stay, today), '09:00', home.timeZone) - DAY_MS;
  const to = Math.min(
    momentAt(departureOf(stay, today), '20:00', home.timeZone) + DAY_MS,
    now - HOUR_MS,
  );
  const day = Math.floor((from + chance.next() * Math.max(to - from, HOUR_MS)) / DAY_MS) * DAY_MS;
  // Nearly everybody rings in daylight.
  return day + Math.floor((7 + chance.next() * 13) * HOUR_MS);
};

const callOf = (n: number, stays: readonly DemoStay[], time: DemoTime): DemoCall => {
  const chance = new Chance(`call ${n}`);
  const stay = chance.one(stays);
  const startedAt = Math.min(momentOf(stay, time, chance), time.now - 2 * HOUR_MS);
  if (chance.happens(0.12)) return strangersCall(n, startedAt, chance);
  const { guest, home } = stay;
  const topic = chance.one(spokenTopics);
  const missed = chance.happens(0.18);
  const colleague = hosts[guest.language];
  const base = {
    n,
    direction: chance.happens(0.8) ? ('inbound' as const) : ('outbound' as const),
    guest,
    phone: guest.phone,
    since: startedAt - 20 * DAY_MS,
    line: lineFor(guest.language),
    colleague,
    startedAt,
    language: guest.language,
  };
  if (missed)
    return {
      ...base,
      direction: 'inbound',
      seconds: chance.whole(12, 48),
      missed: chance.one(['agents_did_not_answer', 'out_of_opening_hours'] as const),
    };
  const slots = slotsOf(stay, topic, startedAt, `call slots ${n}`);
  const { answer, ask } = talks[guest.language].topics[topic];
  const [said, replied] = [filled(chance.one(ask), slots), filled(chance.one(answer), slots)];
  return {
    ...base,
    seconds: chance.whole(45, 540),
    ...(chance.happens(0.62) && { comment: filled(chance.one(comments[topic]), slots) }),
    ...(chance.happens(0.3) && { tag: callTags[topic] }),
    ...(chance.happens(0.3) && {
      turns: [
        { by: 'host', text: filled(openings[guest.language].host, { ...slots, company: COMPANY }) },
        {
          by: 'guest',
          text: `${filled(openings[guest.language].guest, { ...slots, name: guest.name })} ${said}`,
        },
        { by: 'host', text: replied },
        { by: 'guest', text: chance.one(talks[guest.language].thanks) },
      ],
      summary: `${guest.name} called about ${home.nickname}: ${filled(chance.one(comments[topic]), slots)}`,
    }),
  };
};

const strangersCall = (n: number, startedAt: number, chance: Chance): DemoCall => ({
  n,
  direction: 'inbound',
  phone: `+447700901${String(n % 1000).padStart(3, '0')}`,
  since: startedAt,
  line: lineFor('en'),
  colleague: hosts.en,
  startedAt,
  seconds: chance.whole(30, 200),
  comment: chance.one(outsiders),
  language: 'en',
});

/** Two guests who rang twice today and reached nobody, and one who did. */
const callsOfToday = (stays: readonly DemoStay[], { now }: DemoTime): readonly DemoCall[] => {
  const here = stays.filter(({ from, to }) => from <= 1 && to >= 1);
  const missed = (n: number, stay: DemoStay, minutes: number): DemoCall => ({
    n,
    direction: 'inbound',
    guest: stay.guest,
    phone: stay.guest.phone,
    since: now - 10 * DAY_MS,
    line: lineFor(stay.guest.language),
    colleague: hosts[stay.guest.language],
    startedAt: now - minutes * 60_000,
    seconds: 31,
    missed: 'agents_did_not_answer',
    language: stay.guest.language,
  });
  return here.slice(0, 3).flatMap((stay, i) => {
    const n = CALLS + i * 2;
    const second = { ...missed(n + 1, stay, 12 + i * 9) };
    const { missed: _missed, ...answered } = second;
    return [
      missed(n, stay, 41 + i * 13),
      i === 2
        ? {
            ...answered,
            seconds: 140,
            comment: `Called back at ${isoOf(now).slice(11, 16)}, all is well.`,
          }
        : second,
    ];
  });
};

const textsOf = (
  n: number,
  stays: readonly DemoStay[],
  time: DemoTime,
): readonly DemoDelivery[] => {
  const chance = new Chance(`texts ${n}`);
  const stay = chance.one(stays);
  const topic = chance.one(texted);
  const { guest } = stay;
  const { answer, ask } = talks[guest.language].topics[topic];
  const at = Math.min(momentOf(stay, time, chance), time.now - HOUR_MS);
  const slots = slotsOf(stay, topic, at, `text slots ${n}`);
  const base = {
    guest,
    since: at - 20 * DAY_MS,
    line: lineFor(guest.language),
    colleague: hosts[guest.language],
    channel: chance.one(['sms', 'whatsapp'] as const),
  };
  return [
    textDelivery({ ...base, n: n * 2, by: 'guest', text: filled(chance.one(ask), slots), at }),
    textDelivery({
      ...base,
      n: n * 2 + 1,
      by: 'host',
      text: filled(chance.one(answer), slots),
      at: at + chance.whole(2, 25) * 60_000,
    }),
  ];
};
