import { conversationDeliveries } from './demo-conversations.js';
import { phoneDeliveries } from './demo-calls.js';
import type { DemoDelivery } from './demo-delivery.js';
import type { DemoHome } from './demo-home.js';
import { companyNotes, noteDeliveries } from './demo-notes.js';
import { arrivalOf, demoStays, type DemoStay } from './demo-stays.js';
import { momentAt, type DemoTime } from './demo-time.js';
import { paymentDeliveries, reviewDeliveries, taskDeliveries } from './demo-work.js';
import { guestDelivery, listingDelivery, stayDelivery } from './guesty-payloads.js';
import { homes } from './homes/index.js';

const DAY_MS = 86_400_000;
/** A stay that ended longer ago is history; so is a call. */
const RECENT_DAYS = 2;

/** All that the demo company was ever told, in the order in which somebody would want to ask about it. */
export interface DemoCompany {
  /** Its homes, their notes, who is there and who comes. */
  readonly first: readonly DemoDelivery[];
  /** The year before, newest first. */
  readonly history: readonly DemoDelivery[];
}

export const demoCompany = (time: DemoTime): DemoCompany => {
  const stays = demoStays();
  const isRecent = ({ to }: DemoStay): boolean => to >= -RECENT_DAYS;
  const since = time.now - RECENT_DAYS * DAY_MS;
  const calls = phoneDeliveries(stays, time);
  return {
    first: [
      ...homes.flatMap((home, h) => aboutHome(home, h, time)),
      ...homes.flatMap(noteDeliveries),
      ...companyNotes,
      ...stays.filter(isRecent).flatMap((stay) => aboutStay(stay, time)),
      ...calls.filter((call) => atOf(call) >= since),
    ],
    history: [
      ...stays.filter((stay) => !isRecent(stay)).flatMap((stay) => aboutStay(stay, time)),
      ...calls.filter((call) => atOf(call) < since),
    ].sort((a, b) => atOf(b) - atOf(a)),
  };
};

const atOf = (delivery: DemoDelivery): number => ('at' in delivery ? delivery.at : 0);

const aboutHome = (home: DemoHome, h: number, { now }: DemoTime): readonly DemoDelivery[] => {
  const [createdAt, changedAt] = [now - 400 * DAY_MS, now - 21 * DAY_MS];
  const first = listingDelivery({ ...home, ...home.earlier }, h, { at: createdAt, createdAt });
  return home.earlier ? [first, listingDelivery(home, h, { at: changedAt, createdAt })] : [first];
};

const aboutStay = (stay: DemoStay, time: DemoTime): readonly DemoDelivery[] => {
  const bookedAt = bookedAtOf(stay, time);
  const changed = stay.paid > 0 || stay.status === 'canceled';
  const changedAt = Math.min(
    momentAt(arrivalOf(stay, time.today), '08:00', stay.home.timeZone) - 2 * DAY_MS,
    time.now - 3 * 3_600_000,
  );
  return [
    guestDelivery(stay.guest, bookedAt),
    stayDelivery(stay, time, { bookedAt, changedAt: bookedAt }),
    ...(changed
      ? [stayDelivery(stay, time, { bookedAt, changedAt: Math.max(changedAt, bookedAt + 60_000) })]
      : []),
    ...conversationDeliveries(stay, time, bookedAt),
    ...taskDeliveries(stay, time),
    ...paymentDeliveries(stay, time, bookedAt),
    ...reviewDeliveries(stay, time),
  ];
};

/** Never in the future, however far away the stay is. */
const bookedAtOf = (stay: DemoStay, { now, today }: DemoTime): number => {
  const arrival = momentAt(arrivalOf(stay, today), '11:20', stay.home.timeZone);
  return Math.min(arrival - stay.bookedBefore * DAY_MS, now - ((stay.n % 17) + 1) * DAY_MS);
};
