import type { Subscription, Topic } from '#libs/contracts';
import { fault, Fault, type Clock } from '#libs/kernel';
import {
  refuseTooLarge,
  type Backlog,
  type BatchHandler,
  type Bus,
  type Consumption,
  type OutgoingMessage,
} from '#libs/ports/bus';

import { SqliteConsumption } from './bus-consumption.js';
import { BusRows } from './bus-rows.js';
import type { SqliteDatabase } from './database.js';

export interface SqliteBusOptions {
  readonly database: SqliteDatabase;
  readonly clock: Clock;
}

/** What is known of one subscription without asking the disk. The process owns the file, so it is exact. */
interface KnownSubscription {
  readonly row: number;
  waiting: number;
  consumption: SqliteConsumption | undefined;
}

/** What waits and what is in work is known in memory: two buses on one file would hand out twice. */
const open = new WeakSet<SqliteDatabase>();

export class SqliteBus implements Bus {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;
  readonly #rows: BusRows;
  readonly #topics = new Map<string, KnownSubscription[]>();
  readonly #subscriptions = new Map<string, KnownSubscription>();
  #publishing = 0;
  /** Told once nothing is being published any more. */
  #published: (() => void) | undefined;
  #closed = false;

  constructor({ database, clock }: SqliteBusOptions) {
    if (open.has(database)) throw fault('DEFECT_UNKNOWN', { details: { reason: 'two buses' } });
    open.add(database);
    this.#database = database;
    this.#clock = clock;
    this.#rows = this.#read(() => new BusRows(database));
    this.#read(() => this.#learn());
  }

  async publish(topic: Topic, messages: readonly OutgoingMessage[]): Promise<void> {
    this.#refuseIfClosed();
    refuseTooLarge(messages);
    const receivers = this.#topics.get(topic.name);
    if (!receivers) throw fault('BUS_TOPIC_UNKNOWN', { details: { topic: topic.name } });
    if (receivers.length === 0 || messages.length === 0) return;
    const rows = receivers.map(({ row }) => row);
    const publishedAt = this.#clock.now();
    this.#publishing++;
    try {
      const insert = (): number => this.#rows.insert(rows, messages, publishedAt);
      this.#rows.committed(await this.#database.write(insert));
    } catch (error) {
      throw busFault(error);
    } finally {
      if (--this.#publishing === 0) this.#published?.();
    }
    for (const receiver of receivers) {
      receiver.waiting += messages.length;
      receiver.consumption?.wake();
    }
  }

  async consume(
    subscription: Subscription,
    handler: BatchHandler,
    { concurrency = 1 }: { readonly concurrency?: number } = {},
  ): Promise<Consumption> {
    this.#refuseIfClosed();
    const known = this.#subscriptions.get(subscription.name);
    if (!known) throw fault('BUS_TOPIC_UNKNOWN', { details: { subscription: subscription.name } });
    if (known.consumption)
      throw fault('DEFECT_UNKNOWN', { details: { consumedTwice: subscription.name } });
    known.consumption = new SqliteConsumption({
      database: this.#database,
      rows: this.#rows,
      clock: this.#clock,
      subscription,
      subscriptionRow: known.row,
      handler,
      concurrency,
      removed: (count) => void (known.waiting -= count),
      closed: () => void (known.consumption = undefined),
    });
    return known.consumption;
  }

  async create(topics: readonly Topic[], subscriptions: readonly Subscription[]): Promise<void> {
    this.#refuseIfClosed();
    const add = (): void => {
      for (const { name } of topics) this.#rows.addTopic(name);
      for (const { name, topic } of subscriptions) this.#rows.addSubscription(name, topic.name);
    };
    await this.#database.write(add).catch((error: unknown) => {
      throw busFault(error);
    });
    this.#learn();
    const orphan = subscriptions.find(({ name }) => !this.#subscriptions.has(name));
    if (orphan) throw fault('BUS_TOPIC_UNKNOWN', { details: { topic: orphan.topic.name } });
  }

  async missing(
    topics: readonly Topic[],
    subscriptions: readonly Subscription[],
  ): Promise<readonly string[]> {
    return [
      ...topics.filter(({ name }) => !this.#topics.has(name)),
      ...subscriptions.filter(({ name }) => !this.#subscriptions.has(name)),
    ].map(({ name }) => name);
  }

  /** Waiting is all that is not done: also what is in work or delayed. */
  async backlog({ name }: Subscription): Promise<Backlog> {
    this.#refuseIfClosed();
    const known = this.#subscriptions.get(name);
    if (!known) throw fault('BUS_TOPIC_UNKNOWN', { details: { subscription: name } });
    const oldest = known.waiting > 0 ? this.#read(() => this.#rows.oldest(known.row)) : undefined;
    const oldestMs = oldest === undefined ? 0 : Math.max(0, this.#clock.now() - oldest);
    return { waiting: known.waiting, oldestMs };
  }

  /** Before the database's own close. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#publishing > 0) await new Promise<void>((done) => (this.#published = done));
    const known = [...this.#subscriptions.values()];
    await Promise.all(known.flatMap(({ consumption }) => consumption?.close() ?? []));
    open.delete(this.#database);
  }

  #read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw busFault(this.#database.translated(error));
    }
  }

  #learn(): void {
    const names = new Map<number, string>();
    for (const { id, name } of this.#rows.topics()) {
      names.set(id, name);
      if (!this.#topics.has(name)) this.#topics.set(name, []);
    }
    for (const { id, name, topic } of this.#rows.subscriptions()) {
      if (this.#subscriptions.has(name)) continue;
      const known: KnownSubscription = {
        row: id,
        waiting: this.#rows.count(id),
        consumption: undefined,
      };
      this.#subscriptions.set(name, known);
      this.#topics.get(names.get(topic) ?? '')?.push(known);
    }
  }

  #refuseIfClosed(): void {
    if (this.#closed) throw fault('BUS_UNAVAILABLE', { details: { reason: 'closed' } });
  }
}

/** The file's faults in the words of this port. */
const busFault = (error: unknown): unknown =>
  error instanceof Fault && error.code === 'DOCUMENTS_UNAVAILABLE'
    ? fault('BUS_UNAVAILABLE', { cause: error })
    : error;

/** Embedded bus: durable rows in the one file, handed out in process. */
export const sqliteBus = (options: SqliteBusOptions): SqliteBus => new SqliteBus(options);
