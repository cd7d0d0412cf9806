import { setTimeout as delay } from 'node:timers/promises';

import { monotonicMs } from '../platform/messages.js';
import { Connection } from './connection.js';
import { postsOf, type Kind, type Posts } from './posts.js';

export interface Load {
  readonly url: string;
  readonly token: string;
  /** Aircall's alone unless it says otherwise; others are signed with `signing`. */
  readonly kind?: Kind;
  readonly signing?: string;
  readonly clients: number;
  readonly seconds: number;
  /** The first call's number; each post is of the next call. */
  readonly from: number;
  /** Posts a second, however the door answers; without it each client posts as soon as it is answered. */
  readonly rate?: number;
}

export interface Sent {
  readonly seconds: number;
  readonly answered: number;
  readonly failed: number;
  /** Of each answered post, ms; at a rate from the time it was due, so that a late answer delays nobody's clock. */
  readonly latencies: readonly number[];
  /** When post `i` was due, on the machine's monotonic clock. */
  readonly dueAt: readonly number[];
}

/** Posts as many providers at once would. */
export class Sender {
  readonly #posts: Posts;
  readonly #idle: Connection[];
  readonly #waiting: number[] = [];
  readonly #latencies: number[] = [];
  readonly #dueAt: number[] = [];
  #failed = 0;

  constructor(private readonly load: Load) {
    const url = new URL(load.url);
    const { kind = 'aircall', token, signing } = load;
    this.#posts = postsOf(kind, url.host, { aircall: token, ...(signing && { signing }) });
    this.#idle = Array.from({ length: load.clients }, () => new Connection(url));
  }

  async run(): Promise<Sent> {
    const all = [...this.#idle];
    const start = monotonicMs();
    const end = start + this.load.seconds * 1000;
    if (this.load.rate === undefined) await this.#asFastAsAnswered(end);
    else await this.#atRate(start, end, this.load.rate);
    const seconds = (monotonicMs() - start) / 1000;
    for (const connection of all) connection.close();
    return {
      seconds,
      answered: this.#latencies.length,
      failed: this.#failed,
      latencies: this.#latencies,
      dueAt: this.#dueAt,
    };
  }

  #asFastAsAnswered(end: number): Promise<void> {
    return new Promise((resolve) => {
      let open = this.#idle.length;
      const next = (connection: Connection): void => {
        const now = monotonicMs();
        if (now < end) this.#post(connection, this.#dueAt.push(now) - 1, () => next(connection));
        else if (--open === 0) resolve();
      };
      for (const connection of this.#idle.splice(0)) next(connection);
    });
  }

  async #atRate(start: number, end: number, rate: number): Promise<void> {
    for (let now = start; now < end; now = monotonicMs()) {
      while (this.#dueAt.length < ((now - start) * rate) / 1000)
        this.#waiting.push(this.#dueAt.push(start + (this.#dueAt.length * 1000) / rate) - 1);
      this.#pump();
      await delay(1);
    }
    while (this.#latencies.length + this.#failed < this.#dueAt.length) {
      this.#pump();
      await delay(1);
    }
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const connection = this.#idle.pop();
      if (!connection) return;
      const index = this.#waiting.shift() ?? 0;
      this.#post(connection, index, () => {
        this.#idle.push(connection);
        this.#pump();
      });
    }
  }

  #post(connection: Connection, index: number, done: () => void): void {
    const { head, body } = this.#posts.post(this.load.from + index);
    connection.post(head, body, (status) => {
      if (status === 200) this.#latencies.push(monotonicMs() - (this.#dueAt[index] ?? 0));
      else this.#failed += 1;
      done();
    });
  }
}
