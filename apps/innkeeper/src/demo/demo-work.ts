import { Chance } from './chance.js';
import type { DemoDelivery } from './demo-delivery.js';
import { caretakers, hosts } from './demo-staff.js';
import { arrivalOf, departureOf, type DemoStay } from './demo-stays.js';
import { momentAt, type DemoTime } from './demo-time.js';
import { filled, slotsOf } from './demo-writing.js';
import { paymentDelivery, reviewDelivery, taskDelivery, type DemoTask } from './guesty-payloads.js';
import { talks } from './talk/index.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const repairs: readonly (readonly [title: string, description: string])[] = [
  ['Look at the boiler', 'Guest had no hot water in the morning. Pressure seemed low.'],
  ['Replace key safe battery', 'The wheels turn hard, and the light no longer blinks.'],
  ['Blind in the large bedroom', 'Hangs on one side only, do not pull.'],
  ['Ants in the kitchen', 'Bait is under the sink, call the firm if they are still there.'],
  ['Dishwasher does not drain', 'Filter was cleaned twice. Bring a new pump.'],
  ['Shower head is calcified', 'Replacement lies in the cellar cupboard.'],
  ['Second router for the upper floor', 'Guests who work complain about the signal.'],
  ['Squeaking bed in the small room', 'Tighten the slats, oil the joint.'],
  ['Light at the entrance', 'People cannot find the door in the dark; motion sensor ordered.'],
  ['Smoke detector beeps', 'Every forty seconds at night, take a 9-volt battery.'],
  ['Mould behind the wardrobe', 'Photographs are in the mail to the owner, dryer for three days.'],
  ['Toilet keeps running', 'Float valve sticks. Part costs nothing.'],
];

/** The work around a stay: cleaning after each, a repair after some. */
export const taskDeliveries = (stay: DemoStay, time: DemoTime): readonly DemoDelivery[] => {
  if (stay.status !== 'confirmed' || stay.to < -200 || stay.to > 14) return [];
  const { home, n } = stay;
  const chance = new Chance(`task ${n}`);
  const out = momentAt(departureOf(stay, time.today), home.checkOut, home.timeZone);
  const byNow = (at: number): number => Math.min(at, time.now - HOUR_MS);
  const assignee = chance.one(caretakers).guesty;
  const isPast = out + 5 * HOUR_MS < time.now;
  const cleaning: DemoTask = {
    n: n * 2,
    listing: stay.listing,
    stay,
    type: 'cleaning',
    title: `Turnover ${home.nickname}`,
    description: `${stay.people} people leave. ${chance.one(['Linen for the next party is in the cupboard.', 'Check the fridge, last time something was left.', 'Count the wine glasses.', 'Windows as well, please.', 'Put out two extra towels.'])}`,
    status: isPast ? 'completed' : 'pending',
    priority: 'medium',
    assignee,
    timeZone: home.timeZone,
    from: out,
    due: out + 5 * HOUR_MS,
    changedAt: byNow(isPast ? out + 4 * HOUR_MS : out - 3 * DAY_MS),
  };
  if (!chance.happens(0.35) || stay.from > 0) return [taskDelivery(cleaning)];
  const [title, description] = chance.one(repairs);
  const seen = byNow(momentAt(departureOf(stay, time.today), '09:30', home.timeZone) - DAY_MS);
  const done = seen < time.now - 6 * DAY_MS;
  return [
    taskDelivery(cleaning),
    taskDelivery({
      ...cleaning,
      n: n * 2 + 1,
      type: 'maintenance',
      title: `${title}, ${home.nickname}`,
      description,
      status: done ? 'completed' : chance.one(['pending', 'in_progress'] as const),
      priority: chance.one(['low', 'medium', 'high'] as const),
      from: seen,
      due: seen + 3 * DAY_MS,
      changedAt: byNow(seen + (done ? 2 * DAY_MS : 0)),
    }),
  ];
};

export const paymentDeliveries = (
  stay: DemoStay,
  { now, today }: DemoTime,
  bookedAt: number,
): readonly DemoDelivery[] => {
  const { n, paid, total } = stay;
  const chance = new Chance(`paid ${n}`);
  const arrival = momentAt(arrivalOf(stay, today), '12:00', stay.home.timeZone);
  const failed =
    paid < total && stay.status === 'confirmed' && chance.happens(0.3)
      ? [
          paymentDelivery(stay, {
            n: n * 4 + 3,
            amount: total - paid,
            at: now - 5 * HOUR_MS,
            failed: true,
          }),
        ]
      : [];
  if (paid === 0) return failed;
  if (paid < total)
    return [paymentDelivery(stay, { n: n * 4, amount: paid, at: bookedAt + HOUR_MS }), ...failed];
  const half = Math.round(total / 2);
  const rest = Math.min(arrival - 3 * DAY_MS, now - 2 * HOUR_MS);
  return [
    paymentDelivery(stay, { n: n * 4, amount: half, at: bookedAt + HOUR_MS }),
    paymentDelivery(stay, {
      n: n * 4 + 1,
      amount: total - half,
      at: Math.max(rest, bookedAt + 2 * HOUR_MS),
    }),
  ];
};

export const reviewDeliveries = (stay: DemoStay, time: DemoTime): readonly DemoDelivery[] => {
  if (stay.status !== 'confirmed' || stay.to > -3) return [];
  const { guest, home, n } = stay;
  const chance = new Chance(`review ${n}`);
  if (!chance.happens(0.55)) return [];
  const mood = chance.one(['good', 'good', 'good', 'mixed', 'mixed', 'bad'] as const);
  const at = momentAt(departureOf(stay, time.today), '18:00', home.timeZone) + 2 * DAY_MS;
  const slots = slotsOf(stay, 'review', at, `review slots ${n}`);
  return [
    reviewDelivery(stay, {
      n,
      stars: { good: 5, mixed: 4, bad: 2 }[mood],
      text: filled(chance.one(talks[guest.language].reviews[mood]), slots),
      ...(mood !== 'good' && {
        reply: `${hosts[guest.language].name}: ${filled(chance.one(talks[guest.language].topics.broken.answer), slots)}`,
      }),
      at: Math.min(at, time.now - HOUR_MS),
    }),
  ];
};
