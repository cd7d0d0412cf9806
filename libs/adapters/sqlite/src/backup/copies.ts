import type { DatabaseSync } from 'node:sqlite';

import { copyConnection, type CopyWatch } from './copy-connection.js';

/** The copies that are made of one connection. They end before it is closed. */
export class Copies {
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(private readonly connection: DatabaseSync) {}

  async make(to: string, watch: CopyWatch): Promise<void> {
    const signal = AbortSignal.any([watch.signal, this.#closing.signal]);
    const copy = copyConnection(this.connection, to, { ...watch, signal });
    this.#running.add(copy);
    try {
      await copy;
    } finally {
      this.#running.delete(copy);
    }
  }

  /** They end at their next step, for this reason. Settles at once where there are none. */
  async stop(reason: unknown): Promise<void> {
    this.#closing.abort(reason);
    await Promise.allSettled([...this.#running]);
  }
}
