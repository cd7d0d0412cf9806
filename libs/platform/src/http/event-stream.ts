import { PassThrough, type Readable } from 'node:stream';

import type { Problem } from '#libs/kernel';

import type { Log } from '../logs/log.js';
import { startTicker } from '../tickers/start-ticker.js';

/** Proxies end what is silent for longer. */
const BEAT_MS = 10_000;

export interface EventStreamParts {
  readonly log: Log;
  /** How a failure is told, whose status has left already. */
  readonly problemOf: (thrown: unknown) => Problem;
}

export interface StreamedEvent {
  readonly event: string;
  readonly data: object;
}

/** Work as server-sent events. It goes on to its end also where nobody listens any more. */
export const eventStream = (
  { log, problemOf }: EventStreamParts,
  work: (tell: (event: StreamedEvent) => void) => Promise<void>,
): Readable => {
  const stream = new PassThrough();
  const write = (text: string): void => {
    if (!stream.destroyed) stream.write(text);
  };
  const tell = ({ event, data }: StreamedEvent): void =>
    write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  // The headers leave with the first byte: who asks knows then that it was heard.
  write(': heard\n\n');
  const tick = (): Promise<void> => Promise.resolve(write(': still at it\n\n'));
  const beat = startTicker({ name: 'event-stream', everyMs: BEAT_MS, tick }, log);
  stream.once('close', beat.pause);
  void work(tell)
    .catch((thrown: unknown) => tell({ event: 'problem', data: problemOf(thrown) }))
    .finally(() => stream.end());
  return stream;
};
