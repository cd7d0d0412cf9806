import {
  Inject,
  Injectable,
  Module,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';

import { Process } from '../composition/process.js';
import { startTicker, type StartedTicker } from './start-ticker.js';
import { TICKER_NAME, type Ticker } from './ticker.js';

interface RunningTicker {
  readonly name: string;
  readonly ticker: Ticker;
  readonly started: StartedTicker;
}

/** Starts every ticker of this process with it, and stops them with it. */
@Injectable()
export class Tickers
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  #running: readonly RunningTicker[] = [];

  constructor(
    @Inject(Process) private readonly process: Process,
    @Inject(DiscoveryService) private readonly discovery: DiscoveryService,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.#found()
      .filter(({ ticker }) => ticker.everyMs > 0)
      .map(({ name, ticker }) => {
        const { everyMs, atOnce = false } = ticker;
        const work = { name, everyMs, atOnce, tick: () => ticker.tick() };
        return { name, ticker, started: startTicker(work, this.process.log) };
      });
  }

  /** Before the door closes: nothing begins that would find it closed. */
  beforeApplicationShutdown(): void {
    for (const { started } of this.#running) started.pause();
  }

  /** After the door and the reactors, and before the stores. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(
      this.#running.flatMap((running) => [this.#stop(running), running.started.stop()]),
    );
  }

  /** One that cannot do what is left keeps nobody from stopping. */
  async #stop({ name, ticker }: RunningTicker): Promise<void> {
    try {
      await ticker.stop?.();
    } catch (error) {
      this.process.log.warn('ticker.failed', { ticker: name, error });
    }
  }

  #found(): { readonly name: string; readonly ticker: Ticker }[] {
    return this.discovery.getProviders().flatMap(({ metatype, instance }) => {
      const name =
        typeof metatype === 'function'
          ? this.reflector.get<string | undefined>(TICKER_NAME, metatype)
          : undefined;
      return name === undefined ? [] : [{ name, ticker: instance as Ticker }];
    });
  }
}

@Module({ imports: [DiscoveryModule], providers: [Tickers] })
export class TickersModule {}
