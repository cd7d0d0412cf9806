import type { StreamErasedV1 } from '#libs/contracts';
import { pagesOfStream, type EventLog } from '#libs/ports/event-log';

/** The log's own stream that names every stream whose key was destroyed. */
export const ERASURES = 'log/erasures';

/**
 * The streams that the log says are erased. A process may remember a destroyed key for some seconds. So whether a
 * fact may be opened is decided by the log, and not only by the keys.
 */
export class ErasedStreams {
  /** With the position of the fact that says so; 0 until that one was read. */
  readonly #streams = new Map<string, number>();
  #version = 0;
  #isKnown = false;

  constructor(private readonly log: Pick<EventLog, 'head' | 'stream'>) {}

  has(stream: string): boolean {
    return this.#streams.has(stream);
  }

  add(streams: readonly string[]): void {
    for (const stream of streams) if (!this.has(stream)) this.#streams.set(stream, 0);
  }

  /** Settles when the erasures were read at least once. */
  async known(): Promise<void> {
    if (!this.#isKnown) await this.read();
  }

  /** Of these, those that were erased after a position. Reads what came since the last time. */
  async since(position: number, streams: readonly string[]): Promise<readonly string[]> {
    await this.read();
    return streams.filter((stream) => (this.#streams.get(stream) ?? 0) > position);
  }

  /** Reads what came since the last time. Answers the position up to which every erasure is known. */
  async read(): Promise<number> {
    const { position } = await this.log.head();
    for await (const page of pagesOfStream(this.log, ERASURES, { after: this.#version })) {
      for (const { data, position: erasedAt } of page)
        for (const stream of (JSON.parse(data) as StreamErasedV1).streams)
          this.#streams.set(stream, erasedAt);
      this.#version = Math.max(this.#version, page.at(-1)?.version ?? 0);
    }
    this.#isKnown = true;
    return position;
  }
}
