import type { Knowledge } from '#libs/knowledge';
import { contexts, TickerNamed, type Ticker } from '#libs/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Works off what waits in the background. One that has much to do is one tick. */
@Injectable()
@TickerNamed('index-wanted')
export class IndexWantedWhenQuietTicker implements Ticker {
  readonly everyMs = 500;
  readonly #stop = new AbortController();

  constructor(@Inject(contexts.knowledge) private readonly knowledge: Knowledge) {}

  async tick(): Promise<void> {
    await this.knowledge.indexWanted(this.#stop.signal);
  }

  stop(): void {
    this.#stop.abort();
  }
}
