import { setTimeout as delay } from 'node:timers/promises';

import { QdrantClient } from '@qdrant/js-client-rest';

import { backoffDelay, fault, type Secret } from '#libs/kernel';

import { refusalOf } from './faults.js';

export interface QdrantServerOptions {
  /** Without a port it is 6333, as for every client of Qdrant. */
  readonly url: string;
  readonly apiKey?: Secret;
  readonly patience?: Partial<QdrantPatience>;
}

/** How long one request may take, and how long one question or one write with all its repetitions. */
export interface QdrantPatience {
  readonly readTryMs: number;
  readonly readMs: number;
  readonly writeTryMs: number;
  readonly writeMs: number;
}

const PATIENCE: QdrantPatience = {
  readTryMs: 5_000,
  readMs: 8_000,
  writeTryMs: 30_000,
  writeMs: 60_000,
};
const BACKOFF = { first: 50, most: 2_000 };
/** The first that knows `update_mode`; an older one would overlook it, and with it every fence. */
const OLDEST = [1, 17] as const;

export type ServerWork<T> = (client: QdrantClient) => Promise<T>;

/**
 * Qdrant's client repeats nothing, so this does, within a bound. Everything we ask may be asked again: points are
 * written under ids of their own, and a unit is switched only from the state that was seen.
 */
export class QdrantServer {
  readonly #patience: QdrantPatience;
  readonly #reading: QdrantClient;
  /** Connections of its own: a question does not wait behind a large write. */
  readonly #writing: QdrantClient;
  readonly #closing = new AbortController();
  #checked: Promise<void> | undefined;

  constructor({ url, apiKey, patience }: QdrantServerOptions) {
    this.#patience = { ...PATIENCE, ...patience };
    const { readTryMs, writeTryMs } = this.#patience;
    this.#reading = clientFor(url, apiKey, readTryMs);
    this.#writing = clientFor(url, apiKey, writeTryMs);
  }

  read<T>(work: ServerWork<T>): Promise<T> {
    return this.#repeated(this.#patience.readMs, () => work(this.#reading));
  }

  async write<T>(work: ServerWork<T>): Promise<T> {
    this.#checked ??= this.#checkVersion();
    await this.#checked.catch((error: unknown) => {
      this.#checked = undefined;
      throw error;
    });
    return this.#repeated(this.#patience.writeMs, () => work(this.#writing));
  }

  /** Ends what waits for another try. */
  close(): void {
    this.#closing.abort();
  }

  async #checkVersion(): Promise<void> {
    const { version } = await this.read((client) => client.versionInfo());
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (!(major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))) return;
    throw fault('SEARCH_INDEX_REFUSED', {
      details: { reason: `Qdrant ${major}.${minor} is older than ${OLDEST.join('.')}` },
    });
  }

  async #repeated<T>(patienceMs: number, work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + patienceMs;
    for (let attempt = 1; ; attempt++) {
      if (this.#closing.signal.aborted) throw closed();
      try {
        return await work();
      } catch (thrown) {
        const { error, passes, waitMs = 0 } = refusalOf(thrown);
        const pause = Math.max(waitMs, backoffDelay(BACKOFF, attempt));
        if (!passes || performance.now() + pause > deadline) throw error;
        await delay(pause, undefined, { signal: this.#closing.signal }).catch(() => undefined);
      }
    }
  }
}

const closed = () => fault('SEARCH_INDEX_UNAVAILABLE', { details: { reason: 'closed' } });

const clientFor = (text: string, apiKey: Secret | undefined, timeout: number): QdrantClient => {
  const url = new URL(text);
  const prefix = url.pathname.replace(/\/+$/, '');
  return new QdrantClient({
    // The client reads no path from an address, and takes a port that is the scheme's own for none.
    url: url.origin,
    port: portIn(text) ?? 6333,
    ...(prefix !== '' && { prefix }),
    ...(apiKey && { headers: { 'api-key': apiKey.reveal() } }),
    timeout,
    checkCompatibility: false,
  });
};

const portIn = (text: string): number | undefined => {
  const port = /^[a-z]+:\/\/[^/?#]*:(\d+)(?:[/?#]|$)/i.exec(text)?.[1];
  return port === undefined ? undefined : Number(port);
};
