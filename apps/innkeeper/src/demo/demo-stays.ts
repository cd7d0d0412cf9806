import { Chance } from './chance.js';
import { demoGuest, type DemoGuest } from './demo-guests.js';
import { demoLanguages, type DemoHome, type DemoLanguage, type HomeStory } from './demo-home.js';
import { demoId } from './demo-ids.js';
import { dayAfter } from './demo-time.js';
import { homes } from './homes/index.js';

export interface DemoStay {
  readonly n: number;
  readonly id: string;
  readonly conversation: string;
  readonly home: DemoHome;
  readonly listing: string;
  readonly guest: DemoGuest;
  readonly channel: 'airbnb2' | 'bookingCom' | 'manual';
  readonly code: string;
  /** Days from today; below 0 is the past. */
  readonly from: number;
  readonly to: number;
  readonly bookedBefore: number;
  readonly status: 'confirmed' | 'canceled' | 'inquiry';
  readonly people: number;
  readonly fare: number;
  readonly total: number;
  readonly paid: number;
  readonly arrives?: string;
}

const PER_HOME = 25;
/** How many of them end before the one of today begins. */
const PAST = 20;

/**
 * Of each home the stay that is nearest to today, as days from today: some arrive today, some tomorrow, some leave,
 * some are in the middle.
 */
const anchors: readonly (readonly [from: number, to: number])[] = [
  [0, 4],
  [1, 6],
  [-5, 0],
  [1, 4],
  [-3, 1],
  [-2, 3],
  [0, 7],
  [2, 5],
  [-4, 0],
  [1, 5],
  [-1, 6],
  [3, 7],
];

export const demoStays = (): readonly DemoStay[] =>
  homes.flatMap((home, h) =>
    datesOf(home, anchors[h] ?? [0, 3]).map(([from, to], i) =>
      stayOf(home, h, h * PER_HOME + i, from, to),
    ),
  );

/** No two of one home overlap. The first is the oldest. */
const datesOf = (
  { key }: DemoHome,
  anchor: readonly [number, number],
): readonly (readonly [from: number, to: number])[] => {
  const chance = new Chance(`dates ${key}`);
  const before: (readonly [number, number])[] = [];
  let end = anchor[0];
  for (let i = 0; i < PAST; i += 1) {
    end -= chance.whole(i === 0 ? 0 : 6, i === 0 ? 2 : 19);
    const nights = chance.whole(2, 7);
    before.unshift([end - nights, end]);
    end -= nights;
  }
  const after: (readonly [number, number])[] = [];
  let start = anchor[1];
  while (before.length + 1 + after.length < PER_HOME) {
    start += chance.whole(1, 9);
    const nights = chance.whole(2, 8);
    after.push([start, start + nights]);
    start += nights;
  }
  return [...before, anchor, ...after];
};

const languageOf = (home: DemoHome, chance: Chance): DemoLanguage => {
  const draw = chance.next();
  if (draw < 0.5) return home.language;
  return draw < 0.75 ? 'en' : chance.one(demoLanguages);
};

/** Each story happened once, to a guest who speaks its language. */
export const storyOf = ({ stories }: DemoHome, n: number): HomeStory | undefined =>
  stories.find((_, i) => n % PER_HOME === 6 + i * 9);

const CODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const stayOf = (home: DemoHome, h: number, n: number, from: number, to: number): DemoStay => {
  const chance = new Chance(`stay ${n}`);
  const guest = demoGuest(n, storyOf(home, n)?.language ?? languageOf(home, chance));
  const channel = chance.one(['airbnb2', 'airbnb2', 'bookingCom', 'manual'] as const);
  const nights = to - from;
  const fare = nights * home.price;
  const total = fare + home.cleaning;
  const canceled = (from > 1 || from < -8) && !storyOf(home, n) ? chance.happens(0.08) : false;
  const inquiry = !canceled && from > 20 && chance.happens(0.15);
  return {
    n,
    id: demoId('reservation', n),
    conversation: demoId('conversation', n),
    home,
    listing: demoId('listing', h),
    guest,
    channel,
    code: `LT${Array.from({ length: 6 }, () => chance.one([...CODE_LETTERS])).join('')}`,
    from,
    to,
    bookedBefore: chance.whole(9, 70),
    status: statusOf(canceled, inquiry),
    people: chance.whole(1, home.guests),
    fare,
    total,
    paid: paidOf(from, total, canceled, inquiry, chance),
    ...(chance.happens(0.6) && { arrives: `${chance.whole(15, 22)}:${chance.one(['00', '30'])}` }),
  };
};

const statusOf = (canceled: boolean, inquiry: boolean): DemoStay['status'] => {
  if (canceled) return 'canceled';
  return inquiry ? 'inquiry' : 'confirmed';
};

/** Who has been here has paid; who comes has mostly paid a half. */
const paidOf = (
  from: number,
  total: number,
  canceled: boolean,
  inquiry: boolean,
  chance: Chance,
): number => {
  if (canceled || inquiry) return 0;
  if (from < -1) return total;
  return chance.one([0, Math.round(total / 2), Math.round(total / 2), total]);
};

export const arrivalOf = (stay: DemoStay, today: string): string => dayAfter(today, stay.from);
export const departureOf = (stay: DemoStay, today: string): string => dayAfter(today, stay.to);
