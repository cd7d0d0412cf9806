import type { Clock, Code } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import {
  EMPTY,
  HOUR_MS,
  keyOf,
  merged,
  partsOf,
  PendingCounts,
  SLOT_MS,
  sumOf,
  type Counted,
  type Counts,
  type HourOf,
} from './hourly-counts.js';

/** What became of deliveries of one source. */
export interface Tally {
  /** Kept for the first time. */
  readonly taken: number;
  /** Kept before: the provider told it again, or we read it again. */
  readonly repeated: number;
  /** Taken, and of no kind that we know. */
  readonly notUnderstood: number;
  /** Taken, and its normaliser failed. */
  readonly failed: number;
  readonly canaries: number;
  readonly refused: Readonly<Partial<Record<Code, number>>>;
}

export interface SourceTallies {
  readonly hour: Tally;
  readonly day: Tally;
  /** Of the last day; a canary leaves nothing else that can be found at once. */
  readonly lastCanary?: number;
}

export interface Tallies {
  /** In memory; `write` keeps it. `source` is one we know, or a word of ours: strangers make no names. */
  count(source: string, what: Counted, many?: number): void;
  /** Adds to what is kept. What cannot be written now stays for the next time. */
  write(): Promise<void>;
  /** One answer per source, in order. */
  told(sources: readonly string[]): Promise<readonly SourceTallies[]>;
}

interface TalliesParts {
  readonly documents: Documents;
  readonly clock: Clock;
}

/**
 * One document for each hour of a source, read by name: what is shown costs the same however many deliveries are
 * kept. Counting in memory and adding every few seconds costs the way in nothing; a crash loses those few
 * seconds of a figure, and nothing else (ADR 28).
 */
export const talliesCollection: Collection = { name: 'source_tallies', fields: [] };

const HOURS = 24;
const KEPT_MS = 2 * HOURS * HOUR_MS;

export const createTallies = ({ documents, clock }: TalliesParts): Tallies => {
  let pending = new PendingCounts();
  let writing: Promise<void> = Promise.resolve();

  const writeAll = async (): Promise<void> => {
    const left = pending.hours();
    pending = new PendingCounts();
    try {
      for (const [key, more] of left) {
        await addTo(documents, key, more);
        left.delete(key);
      }
    } finally {
      for (const [key, more] of left) pending.putBack(key, more);
    }
  };

  return {
    count(source, what, many = 1) {
      pending.count(source, clock.now(), what, many);
    },

    write() {
      writing = writing.then(writeAll, writeAll);
      return writing;
    },

    async told(sources) {
      const now = clock.now();
      const last = Math.floor(now / HOUR_MS);
      const hours = Array.from({ length: HOURS + 1 }, (_, i) => last - i);
      const names = sources.flatMap((source) => hours.map((hour) => keyOf(source, hour)));
      const found = await documents.get(talliesCollection, names);
      return sources.map((_, i) => {
        const own = found.slice(i * hours.length, (i + 1) * hours.length);
        return toldOf(
          own.flatMap((one) => (one ? [one.body as unknown as HourOf] : [])),
          now,
        );
      });
    },
  };
};

const addTo = async (documents: Documents, key: string, more: HourOf): Promise<void> => {
  for (;;) {
    const [stored] = await documents.get(talliesCollection, [key]);
    const sum = sumOf((stored?.body ?? EMPTY) as unknown as HourOf, more);
    const { number: hour } = partsOf(key);
    const { swapped } = await documents.swap(
      talliesCollection,
      { id: key, body: { ...sum }, expiresAt: hour * HOUR_MS + KEPT_MS },
      stored?.version ?? 0,
    );
    if (swapped) return;
  }
};

const toldOf = (hours: readonly HourOf[], now: number): SourceTallies => {
  const slots = hours.flatMap((hour) => Object.entries(hour.slots));
  const lastCanary = Math.max(0, ...hours.map(({ canaryAt = 0 }) => canaryAt));
  const since = (ms: number): Tally =>
    tallyOf(slots.flatMap(([slot, counts]) => (Number(slot) * SLOT_MS > now - ms ? [counts] : [])));
  return {
    hour: since(HOUR_MS),
    day: since(HOURS * HOUR_MS),
    ...(lastCanary > 0 && { lastCanary }),
  };
};

const REFUSED = 'refused.';

const tallyOf = (all: readonly Counts[]): Tally => {
  const sum = all.reduce((left, right) => merged(left, right, (a = 0, b = 0) => a + b), {});
  const { taken = 0, repeated = 0, notUnderstood = 0, failed = 0, canaries = 0 } = sum;
  const refused = Object.entries(sum).flatMap(([name, many]) =>
    name.startsWith(REFUSED) ? [[name.slice(REFUSED.length), many]] : [],
  );
  return {
    ...{ taken, repeated, notUnderstood, failed, canaries },
    refused: Object.fromEntries(refused) as Tally['refused'],
  };
};
