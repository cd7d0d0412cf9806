import type { Secret } from '#libs/kernel';

export interface ScratchMongodOptions {
  readonly program: string;
  /** Exists, and is empty: files, log and key of the server. */
  readonly folder: string;
  /** Aborted: the server is killed. */
  readonly signal: AbortSignal;
}

/** A replica set of one on 127.0.0.1, with a password of its own. It dies with this process. */
export interface ScratchMongod {
  readonly url: Secret;
  /** `mongod 6.0.5`. */
  readonly version: string;
  readonly stop: () => Promise<void>;
}

/** Nothing: there is no such program. A program that does not become a server throws. */
export const startScratchMongod = (
  _options: ScratchMongodOptions,
): Promise<ScratchMongod | undefined> => Promise.reject(new Error('not made yet'));
