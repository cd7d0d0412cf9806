import type { Subscription } from '#libs/contracts';
import { fault } from '#libs/kernel';
import type { Message } from '#libs/ports/bus';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';

import type { ReactorOutcome, React } from './reactor.js';
import { SubscriptionRunner, type SubscriptionParts } from './subscription-runner.js';

/** What the strategy needs beside the bus: which subscriptions the roles of this process own. */
export interface StrategyOptions extends SubscriptionParts {
  readonly subscriptions: readonly Subscription[];
}

/**
 * The one transport of the platform: Nest finds the reactors, this hands them batches from the bus
 * and tells the bus what became of each message.
 */
export class BusStrategy extends Server implements CustomTransportStrategy {
  readonly #options: StrategyOptions;
  #runners: readonly SubscriptionRunner[] = [];

  constructor(options: StrategyOptions) {
    super();
    this.#options = options;
  }

  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  /** Waits for what is in work; nothing is handed out any more. */
  async close(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.close()));
  }

  on(): never {
    throw fault('DEFECT_UNKNOWN', { details: { asked: 'on' } });
  }

  unwrap<T>(): T {
    return this.#options.bus as T;
  }

  async #start(): Promise<void> {
    this.#check();
    this.#runners = this.#options.subscriptions.map(
      (subscription) =>
        new SubscriptionRunner(subscription, this.#react(subscription), this.#options),
    );
    await Promise.all(this.#runners.map((runner) => runner.start()));
  }

  /** Every subscription of the roles has exactly one reactor, and every reactor its subscription. */
  #check(): void {
    const expected = new Set(this.#options.subscriptions.map(({ name }) => name));
    const wrong = [
      ...[...expected].filter((name) => !this.messageHandlers.has(name)),
      ...[...this.messageHandlers.keys()].filter((name) => !expected.has(name)),
      ...[...this.messageHandlers].flatMap(([name, { next }]) => (next ? [name] : [])),
    ];
    if (wrong.length > 0)
      throw fault('PLATFORM_REACTORS_WRONG', { details: { subscriptions: wrong.join(' ') } });
  }

  #react(of: Subscription): React {
    const handler = this.messageHandlers.get(of.name) as MessageHandler<readonly Message[]>;
    return async (messages) => {
      const answer = (await handler(messages, of)) as unknown;
      return lastValueFrom(this.transformToObservable(answer), {
        defaultValue: undefined,
      }) as Promise<readonly ReactorOutcome[] | undefined>;
    };
  }
}
