import { Redis } from 'ioredis';

import { Fault, fault, type Secret } from '#libs/kernel';

export interface RedisClientsOptions {
  readonly url: Secret;
  /** How long one question may take before Redis counts as away. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
/** Longer than a worker's blocking read (5 s): a connection that says nothing for this long is dead. */
const SILENCE_MS = 15_000;
const RECONNECT_MS = 1_000;

/** Redis starts what it refuses with a word in capitals; it has no other code. */
const DENIED = /^(?:NOAUTH|WRONGPASS|NOPERM)\b/;
const isReply = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'ReplyError';
const isDefect = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;

/**
 * The connections to one Redis: one for questions, which fail at once while it is away, and one for each
 * worker, which waits for it. BullMQ makes a blocking one of its own from the latter.
 */
export class RedisClients {
  readonly asking: Redis;
  readonly #options: RedisClientsOptions;
  #denied: Error | undefined;

  constructor(options: RedisClientsOptions) {
    this.#options = options;
    this.asking = this.#connect({
      enableOfflineQueue: false,
      commandTimeout: options.timeoutMs ?? TIMEOUT_MS,
    });
  }

  /** For one worker, which closes it. */
  connectWorker(): Redis {
    return this.#connect({ socketTimeout: SILENCE_MS });
  }

  /** Redis's faults, and its silence, in the words of the port. */
  async run<T>(ask: () => Promise<T>): Promise<T> {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => late.reject(fault('JOB_QUEUE_UNAVAILABLE', { details: { reason: 'silent' } })),
      this.#options.timeoutMs ?? TIMEOUT_MS,
    );
    try {
      return await Promise.race([ask(), late.promise]);
    } catch (error) {
      throw this.#translated(error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.asking.disconnect();
  }

  #translated(cause: unknown): unknown {
    if (isReply(cause) && DENIED.test(cause.message))
      return fault('JOB_QUEUE_ACCESS_DENIED', { cause });
    // Refused at the door, a connection is only ever "not ready"; the refusal itself came as an event.
    if (this.#denied) return fault('JOB_QUEUE_ACCESS_DENIED', { cause: this.#denied });
    if (cause instanceof Fault || isDefect(cause)) return cause;
    return fault('JOB_QUEUE_UNAVAILABLE', { cause });
  }

  #connect(options: {
    enableOfflineQueue?: false;
    commandTimeout?: number;
    socketTimeout?: number;
  }) {
    const redis = new Redis(this.#options.url.reveal(), {
      ...options,
      // BullMQ refuses another: its own commands must outlast an outage.
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(times * 50, RECONNECT_MS),
      // A blocking read is not ended by half a close; what it might still bring is nobody's.
      disconnectTimeout: 50,
      connectTimeout: this.#options.timeoutMs ?? TIMEOUT_MS,
    });
    // Without a listener an outage would end the process; callers learn it by the answer.
    redis.on('error', (error: Error) => {
      if (DENIED.test(error.message)) this.#denied = error;
    });
    redis.on('ready', () => (this.#denied = undefined));
    return redis;
  }
}
