import type { Subscription, Topic } from '#libs/contracts';
import { Fault, fault } from '#libs/kernel';
import {
  refuseTooLarge,
  type BatchHandler,
  type Bus,
  type Consumption,
  type OutgoingMessage,
} from '#libs/ports/bus';

import { PubsubConsumption } from './bus-consumption.js';
import { Calls, grpc, grpcCode } from './calls.js';
import { openClients, PubsubNames, type PubsubClients, type PubsubOptions } from './client.js';
import { MessageLeases } from './leases.js';
import { inRequests } from './messages.js';
import type { PullDuplex } from './pull-stream.js';
import { declaredSubscription } from './resources.js';

const TIMEOUT_MS = 5_000;

export class PubsubBus implements Bus {
  readonly #names: PubsubNames;
  readonly #calls: Calls;
  readonly #timeoutMs: number;
  readonly #consumptions = new Map<string, PubsubConsumption>();
  readonly #publishing = new Set<Promise<unknown>>();
  #opened: Promise<PubsubClients> | undefined;
  #closed = false;

  constructor(private readonly options: PubsubOptions) {
    this.#names = new PubsubNames(options);
    this.#timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.#calls = new Calls(this.#timeoutMs);
  }

  publish(topic: Topic, messages: readonly OutgoingMessage[]): Promise<void> {
    const publishing = this.#publish(topic, messages);
    this.#publishing.add(publishing);
    const forget = () => this.#publishing.delete(publishing);
    publishing.then(forget, forget);
    return publishing;
  }

  async consume(
    subscription: Subscription,
    handler: BatchHandler,
    { concurrency = 1 }: { readonly concurrency?: number } = {},
  ): Promise<Consumption> {
    const { name } = subscription;
    const clients = await this.#clients();
    const path = this.#names.subscription(subscription);
    const probe = () => this.#probe(clients, path);
    // A server that is away is waited for; a subscription that is not there never comes.
    await probe().catch((error: unknown) => {
      if (error instanceof Fault && error.kind === 'misconfigured') throw error;
    });
    if (this.#consumptions.has(name))
      throw fault('DEFECT_UNKNOWN', { details: { consumedTwice: name } });
    const parts = { clients, calls: this.#calls, subscription, path, timeoutMs: this.#timeoutMs };
    const consumption = new PubsubConsumption({
      ...{ subscription, path, handler, concurrency, probe },
      leases: new MessageLeases(parts),
      open: () => pull(clients, path),
      closed: () => void this.#consumptions.delete(name),
    });
    this.#consumptions.set(name, consumption);
    return consumption;
  }

  async create(topics: readonly Topic[], subscriptions: readonly Subscription[]): Promise<void> {
    const { publisher, subscriber } = await this.#clients();
    const paths = topics.map((topic) => this.#names.topic(topic));
    await Promise.all(
      paths.map((name) =>
        this.#unlessThere(name, (options) => publisher.createTopic({ name }, options)),
      ),
    );
    const declared = subscriptions.map((one) =>
      declaredSubscription(one, this.#names, this.options),
    );
    await Promise.all(
      declared.map((one) =>
        this.#unlessThere(one.name, (options) => subscriber.createSubscription(one, options)),
      ),
    );
  }

  async missing(
    topics: readonly Topic[],
    subscriptions: readonly Subscription[],
  ): Promise<readonly string[]> {
    const { publisher, subscriber } = await this.#clients();
    const found = await Promise.all([
      ...topics.map((one) =>
        this.#isThere(one.name, (options) =>
          publisher.getTopic({ topic: this.#names.topic(one) }, options),
        ),
      ),
      ...subscriptions.map((one) =>
        this.#isThere(one.name, (options) =>
          subscriber.getSubscription({ subscription: this.#names.subscription(one) }, options),
        ),
      ),
    ]);
    return [...topics, ...subscriptions].map(({ name }) => name).filter((_, i) => !found[i]);
  }

  async backlog(): Promise<undefined> {
    return undefined;
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#publishing);
    await Promise.all([...this.#consumptions.values()].map((consumption) => consumption.close()));
    await (await this.#opened)?.close();
  }

  async #publish(topic: Topic, messages: readonly OutgoingMessage[]): Promise<void> {
    const { publisher } = await this.#clients();
    refuseTooLarge(messages);
    const path = this.#names.topic(topic);
    const requests = inRequests(messages).map((some) =>
      this.#calls.within(this.#timeoutMs, topic.name, (options) =>
        publisher.publish({ topic: path, messages: some }, options),
      ),
    );
    await Promise.all(requests);
  }

  async #probe({ subscriber }: PubsubClients, subscription: string): Promise<void> {
    await this.#calls.within(this.#timeoutMs, subscription, (options) =>
      subscriber.getSubscription({ subscription }, options),
    );
  }

  async #unlessThere(name: string, make: Parameters<Calls['within']>[2]): Promise<void> {
    try {
      await this.#calls.within(this.#timeoutMs, name, make);
    } catch (error) {
      if (!alreadyExists(error)) throw error;
    }
  }

  async #isThere(name: string, get: Parameters<Calls['within']>[2]): Promise<boolean> {
    try {
      await this.#calls.within(this.#timeoutMs, name, get);
      return true;
    } catch (error) {
      if (error instanceof Fault && error.code === 'BUS_TOPIC_UNKNOWN') return false;
      throw error;
    }
  }

  #clients(): Promise<PubsubClients> {
    if (this.#closed)
      return Promise.reject(fault('BUS_UNAVAILABLE', { details: { reason: 'closed' } }));
    this.#opened ??= openClients(this.options);
    return this.#opened;
  }
}

const alreadyExists = (error: unknown): boolean =>
  error instanceof Fault && grpcCode(error.cause) === grpc.alreadyExists;

/** Routing is by header for a stream; the generated client sets it only for single requests. */
const pull = ({ subscriber }: PubsubClients, path: string): PullDuplex =>
  subscriber.streamingPull({
    otherArgs: { headers: { 'x-goog-request-params': `subscription=${path}` } },
  });

/** Google Cloud Pub/Sub over gRPC. */
export const pubsubBus = (options: PubsubOptions): PubsubBus => new PubsubBus(options);
