import type { Code } from '#libs/kernel';

export type Counted =
  'taken' | 'repeated' | 'notUnderstood' | 'failed' | 'canaries' | `refused.${Code}`;

export const SLOT_MS = 10 * 60_000;
export const HOUR_MS = 6 * SLOT_MS;

export type Counts = Readonly<Record<string, number>>;
export interface HourOf {
  /** By the number of the slot since the epoch. */
  readonly slots: Readonly<Record<string, Counts>>;
  readonly canaryAt?: number;
}

export const EMPTY: HourOf = { slots: {} };
export const keyOf = (source: string, number: number): string => `${source}/${number}`;
export const partsOf = (key: string): { source: string; number: number } => {
  const cut = key.lastIndexOf('/');
  return { source: key.slice(0, cut), number: Number(key.slice(cut + 1)) };
};

export const sumOf = (left: HourOf, right: HourOf): HourOf => {
  const canaryAt = Math.max(left.canaryAt ?? 0, right.canaryAt ?? 0);
  return {
    slots: merged(left.slots, right.slots, (one = {}, other = {}) =>
      merged(one, other, (a = 0, b = 0) => a + b),
    ),
    ...(canaryAt > 0 && { canaryAt }),
  };
};

export const merged = <T>(
  left: Readonly<Record<string, T>>,
  right: Readonly<Record<string, T>>,
  join: (one: T | undefined, other: T | undefined) => T,
): Record<string, T> => {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return Object.fromEntries([...names].map((name) => [name, join(left[name], right[name])]));
};

/** What is not written yet. Strangers make this count too, so counting makes nothing that has to be thrown away. */
export class PendingCounts {
  readonly #counted = new Map<string, Map<Counted, number>>();
  readonly #canaries = new Map<string, number>();
  readonly #back = new Map<string, HourOf>();

  count(source: string, now: number, what: Counted, many: number): void {
    const key = keyOf(source, Math.floor(now / SLOT_MS));
    let counts = this.#counted.get(key);
    if (!counts) this.#counted.set(key, (counts = new Map<Counted, number>()));
    counts.set(what, (counts.get(what) ?? 0) + many);
    if (what === 'canaries') this.#canaries.set(key, now);
  }

  putBack(key: string, more: HourOf): void {
    this.#back.set(key, sumOf(this.#back.get(key) ?? EMPTY, more));
  }

  /** By the name of their documents. */
  hours(): Map<string, HourOf> {
    const hours = new Map(this.#back);
    for (const [key, counts] of this.#counted) {
      const { source, number: slot } = partsOf(key);
      const name = keyOf(source, Math.floor((slot * SLOT_MS) / HOUR_MS));
      const canaryAt = this.#canaries.get(key);
      const more = {
        slots: { [slot]: Object.fromEntries(counts) },
        ...(canaryAt !== undefined && { canaryAt }),
      };
      hours.set(name, sumOf(hours.get(name) ?? EMPTY, more));
    }
    return hours;
  }
}
