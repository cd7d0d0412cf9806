import type { Clock } from '#libs/kernel';

export interface Posted {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers the status, or throws when nobody does. */
export type Post = (url: string, message: Posted) => Promise<number>;

/** As a provider's sender waits for us: by its own patience, in real time. */
export const postWithin =
  (ms: number): Post =>
  async (url, { headers, body }) => {
    const signal = AbortSignal.timeout(ms);
    const answer = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
  };

export interface Letter {
  readonly url: string;
  /** Made again for each attempt: some senders write the time of sending into it. */
  readonly make: (now: number) => Posted;
}

export interface OutboxOptions {
  readonly clock: Clock;
  readonly post: Post;
  /** After so many failures; `undefined`: given up. */
  readonly delayAfter: (failures: number) => number | undefined;
  readonly onFailed?: (letter: Letter) => void;
  readonly onSent?: (letter: Letter) => void;
}

interface Waiting {
  readonly letter: Letter;
  readonly failures: number;
  readonly dueAt: number;
}

/** A sender of webhooks with its retries; time passes when the clock does and somebody looks. */
export class Outbox {
  #waiting: Waiting[] = [];

  constructor(private readonly options: OutboxOptions) {}

  get waiting(): number {
    return this.#waiting.length;
  }

  send(letter: Letter): Promise<void> {
    return this.#attempt({ letter, failures: 0, dueAt: 0 });
  }

  /** Sends again what is due by now. */
  async tick(): Promise<void> {
    const now = this.options.clock.now();
    const due = this.#waiting.filter(({ dueAt }) => dueAt <= now);
    this.#waiting = this.#waiting.filter(({ dueAt }) => dueAt > now);
    for (const waiting of due) await this.#attempt(waiting);
  }

  async #attempt({ letter, failures: before }: Waiting): Promise<void> {
    const { clock, post, delayAfter, onFailed, onSent } = this.options;
    const status = await post(letter.url, letter.make(clock.now())).catch(() => 0);
    if (status >= 200 && status < 300) return onSent?.(letter);
    const failures = before + 1;
    onFailed?.(letter);
    const delay = delayAfter(failures);
    if (delay !== undefined) this.#waiting.push({ letter, failures, dueAt: clock.now() + delay });
  }
}
