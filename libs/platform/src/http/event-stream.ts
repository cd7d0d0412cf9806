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
  /** Where somebody who comes back goes on: the browser sends it as `Last-Event-ID`. In one line. */
  readonly id?: string;
}

/** Who is told, for work that is only done for them. */
export interface StreamListener {
  /** Aborted when nobody listens any more. */
  readonly gone: AbortSignal;
  /** Resolves when what was told has been taken, or nobody listens any more. */
  readonly room: () => Promise<void>;
}

/** Work as server-sent events. Unless it looks at who listens, it goes on to its end where nobody does any more. */
export const eventStream = (
  { log, problemOf }: EventStreamParts,
  work: (tell: (event: StreamedEvent) => void, listener: StreamListener) => Promise<void>,
): Readable => {
  const stream = new PassThrough();
  const write = (text: string): void => {
    if (!stream.destroyed) stream.write(text);
  };
  const tell = ({ event, data, id }: StreamedEvent): void =>
    write(
      `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`,
    );
  const gone = new AbortController();
  // The headers leave with the first byte: who asks knows then that it was heard.
  write(': heard\n\n');
  const tick = (): Promise<void> => Promise.resolve(write(': still at it\n\n'));
  const beat = startTicker({ name: 'event-stream', everyMs: BEAT_MS, tick }, log);
  stream.once('close', () => {
    beat.pause();
    gone.abort();
  });
  void work(tell, { gone: gone.signal, room: () => untilTaken(stream) })
    .catch((thrown: unknown) => tell({ event: 'problem', data: problemOf(thrown) }))
    .finally(() => stream.end());
  return stream;
};

/** Of a stream that holds more than it should. */
const untilTaken = (stream: PassThrough): Promise<void> => {
  if (stream.destroyed || !stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const taken = (): void => {
      stream.off('drain', taken).off('close', taken);
      resolve();
    };
    stream.once('drain', taken).once('close', taken);
  });
};
