import { CLOCKS_APART_MS, fault, type Clock } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { Budget } from '#libs/ports/outbound';

/** At most `burst + tokens × (w / perMs)` requests in any stretch of `w`, and a slice that was taken before it. */
export interface BudgetLimit {
  readonly tokens: number;
  readonly perMs: number;
  readonly burst: number;
}

export interface SharedBudgetOptions {
  /** Whose limits these are: `aircall/main`. */
  readonly name: string;
  readonly limits: readonly BudgetLimit[];
  readonly documents: Documents;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly random: () => number;
  /** How many are taken at once: one write for so many requests. */
  readonly slice?: number;
  /** What is not spent of a slice by then is given up. */
  readonly sliceMs?: number;
  /** A longer wait is thrown, with its length: who waits here cannot be told to stop. */
  readonly patienceMs?: number;
}

const collection: Collection = { name: 'outbound_budgets', fields: [] };

/**
 * Per limit the time at which it will be whole again: one number is a token bucket. A clock that is a little ahead
 * makes others wait, and never lets anybody exceed a limit. A time further away than any limit or pause explains was
 * written by a wrong clock: it is brought back.
 */
interface BudgetState {
  readonly [field: string]: readonly number[] | number;
  readonly wholeAt: readonly number[];
  readonly pausedUntil: number;
  /** How long the pause was that ends then. */
  readonly pauseMs: number;
}

interface Grant {
  readonly tokens: number;
  /** When there are none: how long until there is one. */
  readonly waitMs: number;
}

/** A token bucket for each limit, in one document that all replicas change by compare-and-set. */
export const sharedBudget = (options: SharedBudgetOptions): Budget => {
  const { clock, name } = options;
  const { slice = 5, sliceMs = 1_000, patienceMs = 5_000, limits } = options;
  let mine = { tokens: 0, takenAt: 0 };
  let turn: Promise<unknown> = Promise.resolve();

  const takeSlice = (): Promise<Grant> =>
    change(options, (before, now) => {
      const [wholeAt, grant] = taken(before, { limits, slice, now });
      return [{ ...before, wholeAt }, grant];
    });

  const spendInTurn = async (): Promise<void> => {
    for (let waited = 0; ;) {
      const age = clock.now() - mine.takenAt;
      if (mine.tokens > 0 && age >= 0 && age < sliceMs) {
        mine.tokens--;
        return;
      }
      const { tokens, waitMs } = await takeSlice();
      mine = { tokens, takenAt: clock.now() };
      if (tokens > 0) continue;
      if (waited + waitMs > patienceMs)
        throw fault('OUTBOUND_THROTTLED', { details: { budget: name }, retryAfterMs: waitMs });
      await options.sleep(waitMs);
      waited += waitMs;
    }
  };

  return {
    spend() {
      // One at a time: those who wait must not each take a slice.
      const spent = turn.then(spendInTurn);
      turn = spent.catch(() => undefined);
      return spent;
    },

    async pause(ms) {
      mine = { tokens: 0, takenAt: 0 };
      await change(options, (before, now) => {
        if (before.pausedUntil >= now + ms) return [before, undefined];
        return [{ ...before, pausedUntil: now + ms, pauseMs: ms }, undefined];
      });
    },
  };
};

type BudgetChange<T> = (before: BudgetState, now: number) => readonly [BudgetState, T];

const change = async <T>(options: SharedBudgetOptions, make: BudgetChange<T>): Promise<T> => {
  const { documents, clock, limits, name: id } = options;
  for (;;) {
    const [found] = await documents.get(collection, [id]);
    const now = clock.now();
    const [body, answer] = make(believable(storedOf(found?.body, limits), limits, now), now);
    const { swapped } = await documents.swap(collection, { id, body }, found?.version ?? 0);
    if (swapped) return answer;
    await options.sleep(Math.round(options.random() * 20));
  }
};

/** As many of a slice as every limit lets pass now. */
const taken = (
  { wholeAt, pausedUntil }: BudgetState,
  { limits, slice, now }: { limits: readonly BudgetLimit[]; slice: number; now: number },
): [readonly number[], Grant] => {
  if (pausedUntil > now) return [wholeAt, { tokens: 0, waitMs: pausedUntil - now }];
  const each = limits.map(({ tokens, perMs, burst }, i) => {
    const step = perMs / tokens;
    const from = Math.max(wholeAt[i] ?? 0, now);
    return { step, from, room: burst * step - (from - now) };
  });
  // A hair of room is lost to fractions of a millisecond otherwise.
  const free = Math.min(...each.map(({ step, room }) => Math.floor(room / step + 1e-6)), slice);
  if (free < 1) {
    const waitMs = Math.max(...each.map(({ step, room }) => Math.ceil(step - room)));
    return [wholeAt, { tokens: 0, waitMs: Math.max(1, waitMs) }];
  }
  return [each.map(({ step, from }) => from + free * step), { tokens: free, waitMs: 0 }];
};

const storedOf = (body: unknown, limits: readonly BudgetLimit[]): BudgetState => {
  const { wholeAt, pausedUntil = 0, pauseMs = 0 } = (body ?? {}) as Partial<BudgetState>;
  const known = Array.isArray(wholeAt) && wholeAt.length === limits.length;
  return { wholeAt: known ? wholeAt : limits.map(() => 0), pausedUntil, pauseMs };
};

/** An empty bucket and a pause that begins now are the most that anything which was asked for explains. */
const believable = (
  { wholeAt, pausedUntil, pauseMs }: BudgetState,
  limits: readonly BudgetLimit[],
  now: number,
): BudgetState => {
  const within = (at: number, most: number): number =>
    at > now + most + CLOCKS_APART_MS ? now + most : at;
  return {
    wholeAt: limits.map(({ tokens, perMs, burst }, i) =>
      within(wholeAt[i] ?? 0, (burst * perMs) / tokens),
    ),
    pausedUntil: within(pausedUntil, pauseMs),
    pauseMs,
  };
};
