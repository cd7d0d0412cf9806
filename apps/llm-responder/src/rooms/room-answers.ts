import { asFault, kindRules } from '#libs/kernel';
import { contexts, Process } from '#libs/platform';
import type { Rooms } from '#libs/rooms';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** So many are answered at once; the others wait for their turn, and another process may take them. */
const MOST_AT_ONCE = 24;

/** Questions of rooms that this process works at. Which there are stands in documents, so nothing is lost with it. */
@Injectable()
export class RoomAnswers implements OnApplicationShutdown {
  readonly #stop = new AbortController();
  readonly #working = new Map<string, Promise<void>>();

  constructor(
    @Inject(contexts.rooms) private readonly rooms: Rooms | undefined,
    @Inject(Process) private readonly process: Process,
  ) {}

  /** Begins with those for which there is room. What is left out is due again soon. */
  begin(messages: readonly string[]): void {
    for (const message of messages) {
      if (this.#stop.signal.aborted || this.#working.size >= MOST_AT_ONCE) return;
      if (this.#working.has(message)) continue;
      const work = this.#answer(message).finally(() => this.#working.delete(message));
      this.#working.set(message, work);
    }
  }

  /** What is not over is taken up again by the next process that finds it. */
  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#working.values());
  }

  async #answer(message: string): Promise<void> {
    try {
      await this.rooms?.answer(message, this.#stop.signal);
    } catch (thrown) {
      const error = asFault(thrown);
      this.process.log[kindRules[error.kind].level]('room.not_answered', {
        messageId: message,
        error,
      });
    }
  }
}
