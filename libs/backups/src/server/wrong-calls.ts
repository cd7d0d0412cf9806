import { Recent, type Clock } from '#libs/kernel';

const WINDOW_MS = 60_000;
/** For one run from one address. A server that was replaced asks on for a while, and may. */
const MOST_FOR_RUN = 10;
/** From one address, for runs that there may not be. */
const MOST_FROM_ADDRESS = 100;
const REMEMBERED = 4_000;

interface WrongCount {
  readonly since: number;
  readonly count: number;
}

/** A caller, as far as it is known before it is believed. */
export interface CountedCaller {
  readonly run: string;
  readonly address: string;
}

/**
 * Counts calls with a wrong secret. Who makes many is not looked at for a while. It counts by address, so that nobody
 * can keep the server of a run away by guessing for it from elsewhere.
 */
export class WrongCalls {
  readonly #counts = new Recent<WrongCount>(REMEMBERED);

  constructor(private readonly clock: Clock) {}

  /** How long this caller has to wait; nothing: it may call. */
  waitOf(caller: CountedCaller): number | undefined {
    const now = this.clock.now();
    const waits = keysOf(caller).flatMap(({ key, most }) => {
      const { since, count } = this.#now(key, now);
      return count >= most ? [since + WINDOW_MS - now] : [];
    });
    return waits.length > 0 ? Math.max(...waits) : undefined;
  }

  add(caller: CountedCaller): void {
    const now = this.clock.now();
    for (const { key } of keysOf(caller)) {
      const { since, count } = this.#now(key, now);
      this.#counts.set(key, { since, count: count + 1 });
    }
  }

  /** A clock that was set back must keep nobody out. */
  #now(key: string, now: number): WrongCount {
    const known = this.#counts.get(key);
    const isOver = !known || now < known.since || now - known.since >= WINDOW_MS;
    return isOver ? { since: now, count: 0 } : known;
  }
}

const keysOf = ({ run, address }: CountedCaller) => [
  { key: `${run} ${address}`, most: MOST_FOR_RUN },
  { key: address, most: MOST_FROM_ADDRESS },
];
