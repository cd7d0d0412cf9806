import type { Registers } from '#libs/operations';
import { contexts, Process } from '#libs/platform';
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
  #timer: NodeJS.Timeout | undefined;
  #failing = false;

  constructor(
    @Inject(contexts.registers) private readonly registers: Registers,
    @Inject(Process) private readonly process: Process,
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
