import { fault, type Fault } from '#libs/kernel';

import { answers } from './answers.js';
import { codeOfText, isAbsent, isRetry } from './failure.js';
import { wordsOf } from './messages.js';

export interface WatchdogOptions {
  /** Of a bucket that is reached directly. */
  readonly endpoint: URL | undefined;
  readonly patienceMs: number;
  /** Called once, with the reason to stop. */
  readonly giveUp: (reason: Fault) => void;
}

/** The same refusal so often is no accident. */
const REFUSALS = 3;

/**
 * Ends a restic that will not get any further. By itself it tries for up to fifteen minutes what was refused, is full
 * or is gone, and waits forever for a server that accepts and says nothing.
 */
export class Watchdog {
  readonly #options: WatchdogOptions;
  #refusals = 0;
  #failingSince: number | undefined;
  #silence: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.#listen();
  }

  /** The work got further. */
  moved(): void {
    this.#failingSince = undefined;
    this.#refusals = 0;
    this.#listen();
  }

  /** A line of its errors. */
  heard(line: string): void {
    if (!isRetry(line)) return;
    const words = wordsOf(line);
    const code = isAbsent(words) ? 'BACKUP_REPOSITORY_DAMAGED' : codeOfText(words);
    const isUnreachable = code === undefined || code === 'BACKUP_REPOSITORY_UNREACHABLE';
    if (!isUnreachable && ++this.#refusals >= REFUSALS) this.#giveUp(fault(code));
    this.#failingSince ??= performance.now();
    const failingMs = performance.now() - this.#failingSince;
    if (failingMs >= this.#options.patienceMs)
      this.#giveUp(fault(code ?? 'BACKUP_REPOSITORY_UNREACHABLE'));
  }

  end(): void {
    this.#isOver = true;
    clearTimeout(this.#silence);
  }

  /** Silence means nothing by itself: a check of much data says nothing for long. So the server is asked. */
  #listen(): void {
    clearTimeout(this.#silence);
    const { endpoint, patienceMs } = this.#options;
    if (!endpoint || this.#isOver) return;
    this.#silence = setTimeout(() => void this.#ask(endpoint), patienceMs);
  }

  async #ask(endpoint: URL): Promise<void> {
    const isThere = await answers(endpoint, this.#options.patienceMs);
    if (this.#isOver) return;
    if (isThere) this.#listen();
    else this.#giveUp(fault('BACKUP_REPOSITORY_UNREACHABLE'));
  }

  #giveUp(reason: Fault): void {
    if (this.#isOver) return;
    this.end();
    this.#options.giveUp(reason);
  }
}
