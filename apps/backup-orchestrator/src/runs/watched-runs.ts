import { hasEnded, type BackupRun } from '#libs/backups';

export interface WatchedRunsParts {
  /** The run as it stands; throws where there is none. */
  readonly show: (id: string) => Promise<BackupRun>;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** How often a run is read that somebody watches. */
const LOOK_MS = 500;

/** A run as it was read last, or why it could not be. */
type RunSeen = { readonly run: BackupRun } | { readonly failure: unknown };

interface RunWatcher {
  /** Called with each change. */
  wake: () => void;
}

/** What is known of one run, for all who watch it. */
interface WatchedRun {
  readonly watchers: Set<RunWatcher>;
  readonly left: AbortController;
  seen?: RunSeen;
}

/**
 * Runs that somebody watches. However many watch one, it is read once a turn; and a watcher that is slow is given the
 * latest state, not each that it missed.
 */
export class WatchedRuns {
  readonly #watched = new Map<string, WatchedRun>();
  #closed = false;

  constructor(private readonly parts: WatchedRunsParts) {}

  /** Its state now and each later one, to its end; ends before that when nobody listens or the process stops. */
  async *states(id: string, gone: AbortSignal): AsyncGenerator<BackupRun> {
    const watcher: RunWatcher = { wake: () => undefined };
    const wake = (): void => watcher.wake();
    gone.addEventListener('abort', wake, { once: true });
    const watched = this.#enter(id, watcher);
    let told: RunSeen | undefined;
    try {
      while (!gone.aborted && !this.#closed) {
        if (watched.seen === undefined || watched.seen === told) {
          await new Promise<void>((resolve) => (watcher.wake = resolve));
          continue;
        }
        told = watched.seen;
        if ('failure' in told) throw told.failure;
        yield told.run;
        if (hasEnded(told.run)) return;
      }
    } finally {
      gone.removeEventListener('abort', wake);
      this.#leave(id, watched, watcher);
    }
  }

  /** Nobody waits for a run longer than this process lives. */
  close(): void {
    this.#closed = true;
    for (const { watchers, left } of this.#watched.values()) {
      left.abort();
      for (const { wake } of watchers) wake();
    }
  }

  #enter(id: string, watcher: RunWatcher): WatchedRun {
    const known = this.#watched.get(id);
    if (known) {
      known.watchers.add(watcher);
      return known;
    }
    const watched: WatchedRun = { watchers: new Set([watcher]), left: new AbortController() };
    this.#watched.set(id, watched);
    void this.#follow(id, watched);
    return watched;
  }

  #leave(id: string, watched: WatchedRun, watcher: RunWatcher): void {
    watched.watchers.delete(watcher);
    if (watched.watchers.size > 0) return;
    watched.left.abort();
    this.#forget(id, watched);
  }

  /** Who comes after this begins a reading of their own. */
  #forget(id: string, watched: WatchedRun): void {
    if (this.#watched.get(id) === watched) this.#watched.delete(id);
  }

  async #follow(id: string, watched: WatchedRun): Promise<void> {
    const { signal } = watched.left;
    while (!signal.aborted) {
      const seen = await this.#look(id);
      const isOver = 'failure' in seen || hasEnded(seen.run);
      if (isOver) this.#forget(id, watched);
      if (!isSame(seen, watched.seen)) {
        watched.seen = seen;
        for (const { wake } of watched.watchers) wake();
      }
      if (isOver) return;
      await this.parts.sleep(LOOK_MS, signal);
    }
  }

  async #look(id: string): Promise<RunSeen> {
    try {
      return { run: await this.parts.show(id) };
    } catch (failure) {
      // It belongs to everybody who watches: each throws it.
      return { failure };
    }
  }
}

const isSame = (now: RunSeen, before: RunSeen | undefined): boolean =>
  before !== undefined && JSON.stringify(now) === JSON.stringify(before);
