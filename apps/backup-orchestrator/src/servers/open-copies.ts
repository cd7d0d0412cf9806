import { fault } from '#libs/kernel';

/** A server fetches one copy after another. One that was cut off may not be closed here yet. */
const MOST_AT_A_TIME = 3;
const ASK_AGAIN_MS = 5_000;

/** Copies that are on their way, by run: a server that somebody broke into must not hold up who else is served. */
export class OpenCopies {
  readonly #ofRun = new Map<string, number>();

  /** Answers what ends it; once is enough, and twice does no harm. */
  open(run: string): () => void {
    const open = this.#ofRun.get(run) ?? 0;
    if (open >= MOST_AT_A_TIME)
      throw fault('BACKUP_AGENT_THROTTLED', { retryAfterMs: ASK_AGAIN_MS, details: { run } });
    this.#ofRun.set(run, open + 1);
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      const left = (this.#ofRun.get(run) ?? 1) - 1;
      if (left > 0) this.#ofRun.set(run, left);
      else this.#ofRun.delete(run);
    };
  }
}
