import { readerOf, type Noticed, type Received, type Sources } from '#libs/intake';
import type { Clock } from '#libs/kernel';
import {
  createKnownSecrets,
  createTallies,
  STRANGERS,
  type KnownSecrets,
  type Tallies,
} from '#libs/operations';
import { Metrics, Ports, type Log } from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

/** So much of the figures a crash may take along; below it every few seconds a write. */
const WRITE_MS = 2_000;

/** Counts what the door and intake did, by source: in metrics at once, and in documents every few seconds. */
@Injectable()
export class CountSources implements OnApplicationBootstrap, OnApplicationShutdown {
  #timer: NodeJS.Timeout | undefined;
  #secretsSeen = false;
  #failing = false;

  constructor(
    @Inject(createTallies) private readonly tallies: Tallies,
    @Inject(createKnownSecrets) private readonly knownSecrets: KnownSecrets,
    @Inject(Ports.sources) private readonly sources: Sources,
    @Inject(Ports.clock) private readonly clock: Clock,
    @Inject(Ports.appLog) private readonly log: Log,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => void this.#write(), WRITE_MS);
    this.#timer.unref();
    void this.#write();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.#write();
  }

  /** What a door answered. */
  answered(name: string, received: Received, canary: boolean): void {
    const source = this.sources.has(name) ? name : STRANGERS;
    const outcome = received.outcome === 'received' ? 'received' : received.code;
    this.metrics.delivered(source, outcome, canary);
    if (received.outcome === 'refused') this.tallies.count(source, `refused.${received.code}`);
  }

  readonly notice = (noticed: readonly Noticed[]): void => {
    for (const one of noticed) this.#note(one);
  };

  #note({ source: name, receivedAt, became, understood, failed }: Noticed): void {
    const source = readerOf(this.sources, name) ? name : STRANGERS;
    if (became === 'canary') return this.tallies.count(source, 'canaries');
    this.metrics.tookIn(source, became);
    this.tallies.count(source, became);
    if (became === 'repeated') return;
    this.metrics.reached(source, 'log', this.clock.now() - receivedAt);
    if (failed) {
      this.metrics.tookIn(source, 'failed');
      this.tallies.count(source, 'failed');
    }
    if (!understood) {
      this.metrics.tookIn(source, 'not_understood');
      this.tallies.count(source, 'notUnderstood');
    }
  }

  /** Figures are worth a line when they begin to fail, and no more. */
  async #write(): Promise<void> {
    try {
      await this.tallies.write();
      if (!this.#secretsSeen) await this.#seeSecrets();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.log.warn('tallies.failed', { error });
      this.#failing = true;
    }
  }

  async #seeSecrets(): Promise<void> {
    for (const [source, { secrets }] of this.sources) await this.knownSecrets.seen(source, secrets);
    this.#secretsSeen = true;
  }
}
