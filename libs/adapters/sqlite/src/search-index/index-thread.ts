import type { Worker } from 'node:worker_threads';

import { fault, type Fault } from '#libs/kernel';

import { raised, type IndexReply, type IndexRole } from './messages.js';
import { startWorker, type StartWorker } from './start-worker.js';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread that answers calls. If it dies, those who wait get a fault, and the next call starts another. */
export class IndexThread {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #calls = 0;
  #closed = false;
  #corrupt: Fault | undefined;
  #emptied: () => void = () => undefined;

  constructor(
    private readonly role: IndexRole,
    private readonly path: string,
    private readonly onNews: (news: Uint8Array<ArrayBuffer>) => void = () => undefined,
    private readonly start: StartWorker = startWorker,
  ) {}

  /** What anybody has found of damage in the file since it was opened: it does not mend by itself. */
  get corrupt(): Fault | undefined {
    return this.#corrupt;
  }

  /** Before it is asked: a thread takes a while to begin. */
  begin(): void {
    if (!this.#closed) this.#running();
  }

  ask(method: string, ...args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(fault('SEARCH_INDEX_UNAVAILABLE', { details: { reason: 'closed' } }));
        return;
      }
      const call = ++this.#calls;
      this.#waiting.set(call, { resolve, reject });
      this.#running().postMessage({ call, method, args });
    });
  }

  /** For what nobody waits for, and only if there is a thread that may care. */
  tell(method: string, ...args: readonly unknown[]): void {
    this.#worker?.postMessage({ call: 0, method, args });
  }

  /** Waits for what was asked before. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#waiting.size > 0) await new Promise<void>((done) => (this.#emptied = done));
    await this.#worker?.terminate();
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const worker = this.start({ role: this.role, path: this.path });
    worker.on('message', (reply: IndexReply) => this.#hear(reply));
    worker.on('error', (error) => this.#end(worker, error));
    worker.on('exit', () => this.#end(worker, undefined));
    this.#worker = worker;
    return worker;
  }

  #hear(reply: IndexReply): void {
    if ('news' in reply) {
      this.onNews(reply.news);
      return;
    }
    const waiting = this.#waiting.get(reply.call);
    this.#waiting.delete(reply.call);
    if ('fault' in reply) {
      const error = raised(reply.fault);
      if (error.code === 'STORE_CORRUPT') this.#corrupt ??= error;
      waiting?.reject(error);
    } else waiting?.resolve(reply.result);
    if (this.#waiting.size === 0) this.#emptied();
  }

  #end(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    const ended = fault('SEARCH_INDEX_UNAVAILABLE', {
      details: { reason: 'thread ended' },
      ...(cause !== undefined && { cause }),
    });
    for (const { reject } of waiting) reject(ended);
    this.#emptied();
  }
}
