import type { protos } from '@google-cloud/pubsub';

import { backoffDelay } from '#libs/kernel';

export type ReceivedMessage = protos.google.pubsub.v1.IReceivedMessage;

/** What we use of the library's duplex stream. */
export interface PullDuplex {
  write(request: protos.google.pubsub.v1.IStreamingPullRequest): unknown;
  on(
    event: 'data',
    listener: (answer: protos.google.pubsub.v1.IStreamingPullResponse) => void,
  ): unknown;
  on(event: 'error' | 'end' | 'close', listener: () => void): unknown;
  end(): unknown;
  removeAllListeners(event?: string): unknown;
  cancel(): void;
}

const REOPEN = { first: 100, most: 3_000 };
/** The service ends streams with an error every half hour; a quiet one may hide a dead connection. */
const QUIET_MS = 30_000;

/** A server that is away never ends a stream. */
const HEARD_OUT_MS = 500;

interface PullStreamParts {
  readonly request: protos.google.pubsub.v1.IStreamingPullRequest;
  readonly open: () => PullDuplex;
  readonly received: (messages: readonly ReceivedMessage[]) => void;
  /** Rejects when the server cannot be reached. */
  readonly probe: () => Promise<void>;
}

/** One streaming pull that is always open again after it broke, until it is stopped. */
export class PullStream {
  #stream: PullDuplex | undefined;
  #failures = 0;
  #heard = false;
  #reopening: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #stopped = false;
  #ended: (() => void) | undefined;

  constructor(private readonly parts: PullStreamParts) {}

  start(): void {
    this.#open();
    this.#quiet = setInterval(() => void this.#probeIfQuiet(), QUIET_MS);
    this.#quiet.unref();
  }

  /**
   * Says that no more is wanted and hears the stream out: what is on its way would else be nobody's
   * until its lease ends.
   */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#reopening);
    clearInterval(this.#quiet);
    const stream = this.#stream;
    if (!stream) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, HEARD_OUT_MS);
      this.#ended = () => {
        clearTimeout(timer);
        resolve();
      };
      stream.end();
    });
    this.#drop();
  }

  #open(): void {
    const stream = this.parts.open();
    this.#stream = stream;
    stream.on('data', ({ receivedMessages }) => {
      this.#heard = true;
      this.#failures = 0;
      if (receivedMessages && receivedMessages.length > 0) this.parts.received(receivedMessages);
    });
    for (const event of ['error', 'end', 'close'] as const)
      stream.on(event, () => this.#broke(stream));
    stream.write(this.parts.request);
  }

  #broke(stream: PullDuplex): void {
    if (stream !== this.#stream) return;
    this.#drop();
    if (this.#stopped) {
      this.#ended?.();
      return;
    }
    this.#failures++;
    this.#reopening = setTimeout(() => this.#open(), backoffDelay(REOPEN, this.#failures));
  }

  #drop(): void {
    const stream = this.#stream;
    this.#stream = undefined;
    if (!stream) return;
    stream.removeAllListeners('data');
    // A cancelled stream still says so with an error, which nobody else may hear of.
    stream.on('error', () => undefined);
    stream.cancel();
  }

  async #probeIfQuiet(): Promise<void> {
    const stream = this.#stream;
    if (!stream || this.#heard) {
      this.#heard = false;
      return;
    }
    try {
      await this.parts.probe();
    } catch {
      this.#broke(stream);
    }
  }
}
