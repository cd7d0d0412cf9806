/** Events that a provider forgets to send, as a test tells it to. */
export class Losses {
  #next = 0;
  readonly lost: string[] = [];

  dropNext(events: number): void {
    this.#next += events;
  }

  /** Whether this event is one of them. */
  takes(event: string): boolean {
    if (this.#next === 0) return false;
    this.#next--;
    this.lost.push(event);
    return true;
  }
}
