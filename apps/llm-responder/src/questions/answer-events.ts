import { PassThrough, type Readable } from 'node:stream';

import type { Problem } from '#libs/kernel';
import type { AnswerEvent } from '#libs/routes';

/** Proxies end what is silent for longer. */
const BEAT_MS = 10_000;

/**
 * An answer as it grows, as server-sent events. It is worked out and kept also where nobody listens any more: who asks
 * again with the same key gets it.
 */
export const answerEvents = (
  work: (tell: (event: AnswerEvent) => void) => Promise<void>,
  problemOf: (thrown: unknown) => Problem,
): Readable => {
  const stream = new PassThrough();
  const write = (text: string): void => {
    if (!stream.destroyed) stream.write(text);
  };
  const tell = (event: string, data: object): void =>
    write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  // The headers leave with the first byte: who asks knows then that it was heard.
  write(': heard\n\n');
  const beat = setInterval(() => write(': still at it\n\n'), BEAT_MS);
  stream.once('close', () => clearInterval(beat));
  void work(({ event, data }) => tell(event, data))
    .catch((thrown: unknown) => tell('problem', problemOf(thrown)))
    .finally(() => stream.end());
  return stream;
};
