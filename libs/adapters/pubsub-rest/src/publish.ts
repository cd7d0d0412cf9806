import type { Topic } from '#libs/contracts';
import { asFault, backoffDelay, Fault, fault, type Clock, type Secret } from '#libs/kernel';
import type { Bus, OutgoingMessage } from '#libs/ports/bus';

import { SelfSignedToken } from './service-account.js';

export interface PubsubRestOptions {
  readonly projectId: string;
  /** Part of every name, so that environments can share a project. */
  readonly environment: string;
  /** The key file of the account that publishes; missing for an emulator, which asks for nobody. */
  readonly keyFile?: Secret;
  readonly clock: Clock;
  readonly url?: string;
  /** Told why a publishing failed: the door only says that it did. Nothing personal, nothing secret. */
  readonly report?: (fault: Fault) => void;
  /** How long one publishing may take, with its repetitions, before it is `BUS_UNAVAILABLE`. */
  readonly timeoutMs?: number;
}

const SERVICE = 'https://pubsub.googleapis.com';
/** Below what providers wait for an answer. */
const TIMEOUT_MS = 4_000;
const BACKOFF = { first: 100, most: 1_000 };
/** What may go well a moment later; the rest will not. */
const PASSING: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/**
 * The publishing half of the bus for a runtime without gRPC: Pub/Sub's REST interface, nothing but
 * `fetch`. It may publish twice what it was not told about; consumers live with repetition anyway.
 */
export const pubsubRest = (options: PubsubRestOptions): Pick<Bus, 'publish'> => {
  const { projectId, environment, keyFile, clock, url = SERVICE } = options;
  const token = keyFile && new SelfSignedToken(keyFile, clock);
  const requests = new Requests(token, options.timeoutMs ?? TIMEOUT_MS);
  return {
    async publish({ name }: Topic, messages) {
      const topic = `projects/${projectId}/topics/innkeeper.${environment}.${name}`;
      const body = JSON.stringify({ messages: messages.map(wireOf) });
      try {
        await requests.post(`${url}/v1/${topic}:publish`, body, name);
      } catch (thrown) {
        const cause = asFault(thrown);
        options.report?.(cause);
        throw cause;
      }
    },
  };
};

class Requests {
  constructor(
    private readonly token: SelfSignedToken | undefined,
    private readonly timeoutMs: number,
  ) {}

  async post(url: string, body: string, topic: string): Promise<void> {
    const over = AbortSignal.timeout(this.timeoutMs);
    for (let attempt = 1; ; attempt += 1) {
      const status = await this.#once(url, body, over);
      if (status < 300) return;
      if (!PASSING.has(status)) throw refusal(status, topic);
      await pause(backoffDelay(BACKOFF, attempt), over);
    }
  }

  async #once(url: string, body: string, signal: AbortSignal): Promise<number> {
    const authorization = this.token && `Bearer ${await this.token.current()}`;
    const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
    try {
      const response = await fetch(url, { method: 'POST', headers, body, signal });
      // Read to its end, so that the connection serves again.
      await response.arrayBuffer();
      if (response.status === 401) this.token?.forget();
      return response.status;
    } catch (cause) {
      throw away(cause);
    }
  }
}

const away = (cause: unknown): Fault =>
  cause instanceof Fault ? cause : fault('BUS_UNAVAILABLE', { cause });

const refusal = (status: number, topic: string): Fault => {
  if (status === 404) return fault('BUS_TOPIC_UNKNOWN', { details: { name: topic } });
  if (status === 401 || status === 403)
    return fault('BUS_ACCESS_DENIED', { details: { name: topic, status } });
  if (status === 400 || status === 413)
    return fault('BUS_MESSAGE_TOO_LARGE', { details: { name: topic, status } });
  return fault('BUS_UNAVAILABLE', { details: { name: topic, status } });
};

const pause = (ms: number, over: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(fault('BUS_UNAVAILABLE', { details: { reason: 'timed out' } }));
    };
    const timer = setTimeout(() => {
      over.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (over.aborted) stop();
    else over.addEventListener('abort', stop, { once: true });
  });

const wireOf = ({ data, attributes }: OutgoingMessage) => ({ data: base64(data), attributes });

/** As many arguments as every engine takes in one call. */
const CHUNK = 8_192;

const base64 = (bytes: Uint8Array): string => {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK)
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
};
