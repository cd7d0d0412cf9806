import type { Clock, Code } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

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

export type Counted =
  'taken' | 'repeated' | 'notUnderstood' | 'failed' | 'canaries' | `refused.${Code}`;

export interface Told {
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
  told(sources: readonly string[]): Promise<readonly Told[]>;
}

interface Ports {
  readonly documents: Documents;
  readonly clock: Clock;
}

/**
 * One document for each hour of a source, read by name: what is shown costs the same however many deliveries are
 * kept. Counting in memory and adding every few seconds costs the way in nothing; a crash loses those few
 * seconds of a figure, and nothing else (ADR 28).
 */
export const talliesCollection: Collection = { name: 'source_tallies', fields: [] };

const SLOT_MS = 10 * 60_000;
const HOUR_MS = 6 * SLOT_MS;
const HOURS = 24;
const KEPT_MS = 2 * HOURS * HOUR_MS;

type Counts = Readonly<Record<string, number>>;
interface HourOf {
  /** By the number of the slot since the epoch. */
  readonly slots: Readonly<Record<string, Counts>>;
  readonly canaryAt?: number;
}

const EMPTY: HourOf = { slots: {} };
const keyOf = (source: string, hour: number): string => `${source}/${hour}`;

export const createTallies = ({ documents, clock }: Ports): Tallies => {
  let pending = new Map<string, HourOf>();
  let writing: Promise<void> = Promise.resolve();

  const add = (key: string, more: HourOf): void => {
    pending.set(key, sumOf(pending.get(key) ?? EMPTY, more));
  };

  const writeAll = async (): Promise<void> => {
    const taken = pending;
    pending = new Map();
    for (const [key, more] of taken)
      try {
        await addTo(documents, key, more);
      } catch (thrown) {
        for (const [left, counts] of taken) add(left, counts);
        throw thrown;
      } finally {
        taken.delete(key);
      }
  };

  return {
    count(source, what, many = 1) {
      const now = clock.now();
      const slot = Math.floor(now / SLOT_MS);
      add(keyOf(source, Math.floor(now / HOUR_MS)), {
        slots: { [slot]: { [what]: many } },
        ...(what === 'canaries' && { canaryAt: now }),
      });
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
    const hour = Number(key.slice(key.lastIndexOf('/') + 1));
    const { swapped } = await documents.swap(
      talliesCollection,
      { id: key, body: { ...sum }, expiresAt: hour * HOUR_MS + KEPT_MS },
      stored?.version ?? 0,
    );
    if (swapped) return;
  }
};

const sumOf = (left: HourOf, right: HourOf): HourOf => {
  const canaryAt = Math.max(left.canaryAt ?? 0, right.canaryAt ?? 0);
  return {
    slots: merged(left.slots, right.slots, (one = {}, other = {}) =>
      merged(one, other, (a = 0, b = 0) => a + b),
    ),
    ...(canaryAt > 0 && { canaryAt }),
  };
};

const merged = <T>(
  left: Readonly<Record<string, T>>,
  right: Readonly<Record<string, T>>,
  join: (one: T | undefined, other: T | undefined) => T,
): Record<string, T> => {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, join(left[name], right[name])]));
};

const toldOf = (hours: readonly HourOf[], now: number): Told => {
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
