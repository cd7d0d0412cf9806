import type { Registers } from '#libs/operations';
import { contexts, Process, startTicker } from '#libs/platform';
import {
  Inject,
  Injectable,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';

/** So much of the figures a crash may take along; below it every few seconds a write. */
const WRITE_MS = 2_000;

/** Writes every few seconds what the door and intake counted. */
@Injectable()
export class CountSources implements OnApplicationBootstrap, OnApplicationShutdown {
  #stop: (() => Promise<void>) | undefined;
  #first: Promise<void> | undefined;
  #failing = false;

  constructor(
    @Inject(contexts.registers) private readonly registers: Registers,
    @Inject(Process) private readonly process: Process,
  ) {}

  onApplicationBootstrap(): void {
    const onError = (error: unknown) => this.process.log.warn('tallies.failed', { error });
    this.#stop = startTicker({ everyMs: WRITE_MS, tick: () => this.#write(), onError });
    this.#first = this.#write();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.#stop?.(), this.#first]);
    await this.#write();
  }

  /** Figures are worth a line when they begin to fail, and no more. */
  async #write(): Promise<void> {
    try {
      await this.registers.counts.write();
      this.#failing = false;
    } catch (error) {
      if (!this.#failing) this.process.log.warn('tallies.failed', { error });
      this.#failing = true;
    }
  }
}
