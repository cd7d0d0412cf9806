import { setTimeout as delay } from 'node:timers/promises';

import { atMost, percentile, type Figure } from '../figure.js';
import { send } from '../load/send.js';
import { MeasuredPlatform } from './measured-platform.js';

const CLIENTS = 64;
const SECONDS = 20;
const WARM_UP_SECONDS = 5;

const rates = [
  { rate: 200, most: 25 },
  { rate: 1_000, most: 50 },
] as const;

/** From the moment a delivery is due to its record being durable, at a steady pace. */
export const deliveryToRecord = async (
  folder: string,
  { from, stored }: { readonly from: number; readonly stored: string },
): Promise<Figure[]> => {
  const platform = await MeasuredPlatform.start({ folder, canarySeconds: 1 });
  let next = from;
  const recordedAfter = async (rate: number, seconds: number): Promise<number[]> => {
    const { url, token } = platform;
    const first = next;
    const sent = await send({ url, token, clients: CLIENTS, seconds, from: first, rate });
    next += sent.dueAt.length;
    const recordedAt = await recordsOf(platform, first, sent.dueAt.length);
    return sent.dueAt.map((due, i) => (recordedAt.get(first + i) ?? Infinity) - due);
  };
  try {
    await platform.open();
    await recordedAfter(1_000, WARM_UP_SECONDS);
    const figures: Figure[] = [];
    for (const { rate, most } of rates) {
      const p99 = percentile(await recordedAfter(rate, SECONDS), 0.99);
      figures.push(atMost(`delivery → record p99 at ${rate}/s, ${stored}`, p99, 'ms', most));
    }
    return figures;
  } finally {
    await platform.stop();
  }
};

/** What is still under way when the sender ends comes within a moment, else it counts as never. */
const recordsOf = async (
  platform: MeasuredPlatform,
  first: number,
  count: number,
): Promise<ReadonlyMap<number, number>> => {
  const found = new Map<number, number>();
  for (let look = 0; look < 50; look++) {
    for (const [call, at] of await platform.recordedAt()) if (call >= first) found.set(call, at);
    if (found.size >= count) break;
    await delay(100);
  }
  return found;
};
