import type { Subscription } from '#libs/contracts';
import { backoffDelay, type Clock } from '#libs/kernel';
import type { BatchHandler, Consumption, Message, MessageOutcome } from '#libs/ports/bus';

import type { BusRows, Taken } from './bus-rows.js';
import type { SqliteDatabase } from './database.js';

/** A batch of bodies at the door's limit must not fill the memory. */
const BATCH_BYTES = 16 * 1024 * 1024;
/** A timer is never longer, so that a clock that was set is noticed. */
const LONGEST_TIMER_MS = 1_000;
const WRITE_RETRY_MS = 250;

export interface SqliteConsumptionParts {
  readonly database: SqliteDatabase;
  readonly rows: BusRows;
  readonly clock: Clock;
  readonly subscription: Subscription;
  readonly subscriptionRow: number;
  readonly handler: BatchHandler;
  readonly concurrency: number;
  /** Told when rows were deleted for good. */
  readonly removed: (count: number) => void;
  readonly closed: () => void;
}

/**
 * One subscription in work. A row is read once: fresh ones behind a cursor, failed ones when they are due. Only
 * memory knows what is in work, so after a kill all of it comes again.
 */
export class SqliteConsumption implements Consumption {
  #paused = false;
  #closing = false;
  readonly #closed = Promise.withResolvers<void>();
  #cursor = 0;
  #mayHaveFresh = true;
  #nextDue: number;
  readonly #held: Taken[] = [];
  /** From being read until their outcome is durable. */
  readonly #inWork = new Set<number>();
  #batches = 0;
  #unwritten = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SqliteConsumptionParts) {
    this.#nextDue = this.#firstDelayed();
    queueMicrotask(() => this.#pump());
  }

  get paused(): boolean {
    return this.#paused;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#pump();
  }

  /** Called in the turn in which new rows became durable. */
  wake(): void {
    this.#mayHaveFresh = true;
    this.#pump();
  }

  close(): Promise<void> {
    if (this.#closing) return this.#closed.promise;
    this.#closing = true;
    clearTimeout(this.#timer);
    this.#settleIfIdle();
    return this.#closed.promise;
  }

  #pump(): void {
    while (this.#hasRoom()) {
      const batch = this.#takeSafely();
      if (batch.length === 0) break;
      void this.#handle(batch);
    }
    this.#armTimer();
  }

  /**
   * One finished batch may still be on its way to the disk while the next is handled; more would let
   * a quick handler run ahead of the disk without bound.
   */
  #hasRoom(): boolean {
    if (this.#paused || this.#closing) return false;
    return this.#batches < this.parts.concurrency && this.#unwritten <= this.parts.concurrency;
  }

  /** A disk that cannot be read must not kill the process: it is tried again by the timer. */
  #takeSafely(): Taken[] {
    try {
      return this.#take();
    } catch (error) {
      // The database remembers a damaged file, and says so when it is asked how it is.
      this.parts.database.translated(error);
      this.#mayHaveFresh = true;
      this.#nextDue = Math.min(this.#nextDue, this.parts.clock.now() + LONGEST_TIMER_MS);
      return [];
    }
  }

  #take(): Taken[] {
    const { rows, subscription, subscriptionRow } = this.parts;
    const taken = this.#held.slice(0, subscription.batch);
    const held = taken.length;
    if (this.#nextDue <= this.parts.clock.now()) this.#takeDue(taken);
    const room = subscription.batch - taken.length;
    if (room > 0 && this.#mayHaveFresh) {
      const fresh = rows.fresh(subscriptionRow, this.#cursor, room, BATCH_BYTES);
      this.#mayHaveFresh = fresh.length > 0;
      this.#cursor = fresh.at(-1)?.seq ?? this.#cursor;
      taken.push(...fresh);
    }
    this.#held.splice(0, held);
    for (const { seq } of taken) this.#inWork.add(seq);
    return taken;
  }

  #takeDue(taken: Taken[]): void {
    const { rows, subscription, subscriptionRow, clock } = this.parts;
    const now = clock.now();
    let bytes = BATCH_BYTES;
    // One more than fits tells when the next is due.
    const delayed = rows.delayed(subscriptionRow, subscription.batch + 1, this.#inWork);
    this.#nextDue = Number.POSITIVE_INFINITY;
    for (const { seq, at } of delayed) {
      if (at > now || bytes <= 0 || taken.length >= subscription.batch) {
        this.#nextDue = at;
        return;
      }
      const row = rows.row(seq);
      if (!row) continue;
      bytes -= row.message.data.length;
      taken.push(row);
    }
  }

  async #handle(batch: readonly Taken[]): Promise<void> {
    this.#batches++;
    const messages = batch.map(({ message }) => message);
    let outcomes: readonly MessageOutcome[] = [];
    try {
      outcomes = await this.parts.handler(messages);
    } catch {
      // The strategy above logs and decides; here a throw is only "again, for all".
    }
    this.#batches--;
    this.#settle(batch, outcomes);
    this.#pump();
    this.#settleIfIdle();
  }

  #settle(batch: readonly Taken[], outcomes: readonly MessageOutcome[]): void {
    const done: number[] = [];
    const again: { seq: number; attempt: number; visibleAt: number }[] = [];
    batch.forEach(({ seq, message }, i) => {
      const outcome = outcomes[i] ?? this.#failed(message);
      if (outcome.outcome === 'done') done.push(seq);
      else if (outcome.outcome === 'hold') {
        this.#paused = true;
        this.#held.push({ seq, message });
      } else {
        const visibleAt = Math.max(1, this.parts.clock.now() + Math.max(0, outcome.afterMs));
        again.push({ seq, attempt: message.attempt + 1, visibleAt });
      }
    });
    if (done.length === 0 && again.length === 0) return;
    this.#unwritten++;
    void this.#write(done, again);
  }

  #failed({ attempt }: Message): MessageOutcome {
    return { outcome: 'again', afterMs: backoffDelay(this.parts.subscription.backoff, attempt) };
  }

  async #write(
    done: readonly number[],
    again: readonly { seq: number; attempt: number; visibleAt: number }[],
  ): Promise<void> {
    const { database, rows, removed } = this.parts;
    try {
      await database.write(() => {
        for (const seq of done) rows.remove(seq);
        for (const { seq, attempt, visibleAt } of again) rows.delay(seq, attempt, visibleAt);
      });
    } catch {
      // A full disk keeps outcomes here until there is room; closing gives up, and they come again.
      if (this.#closing) this.#written();
      else setTimeout(() => void this.#write(done, again), WRITE_RETRY_MS);
      return;
    }
    for (const seq of done) this.#inWork.delete(seq);
    for (const { seq, visibleAt } of again) {
      this.#inWork.delete(seq);
      this.#nextDue = Math.min(this.#nextDue, visibleAt);
    }
    removed(done.length);
    this.#written();
  }

  #written(): void {
    this.#unwritten--;
    this.#pump();
    this.#settleIfIdle();
  }

  #firstDelayed(): number {
    const [first] = this.parts.rows.delayed(this.parts.subscriptionRow, 1, this.#inWork);
    return first?.at ?? Number.POSITIVE_INFINITY;
  }

  #armTimer(): void {
    clearTimeout(this.#timer);
    if (!this.#hasRoom() || this.#nextDue === Number.POSITIVE_INFINITY) return;
    const wait = Math.max(0, this.#nextDue - this.parts.clock.now());
    this.#timer = setTimeout(() => this.#pump(), Math.min(wait, LONGEST_TIMER_MS));
  }

  #settleIfIdle(): void {
    if (!this.#closing || this.#batches > 0 || this.#unwritten > 0) return;
    this.parts.closed();
    this.#closed.resolve();
  }
}
