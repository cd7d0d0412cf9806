import type { JsonObject, OperatorRole } from '#libs/kernel';
import type { DescribedSetting } from '#libs/platform/local';
import type { SignedRequest } from '#libs/ports/provider';

import type { Api } from './platform/http-api.js';
import type { Io } from './terminal/io.js';

/** The bus alone, without a platform. */
export interface OpenedBus {
  readonly missing: () => Promise<readonly string[]>;
  readonly create: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** One door of a platform, as its provider sees it. */
export interface ProviderDoor {
  readonly url: string;
  readonly sign: (payload: JsonObject) => Promise<SignedRequest>;
  readonly post: (
    request: SignedRequest,
  ) => Promise<{ readonly status: number; readonly answer: unknown }>;
}

/** Everything a command can reach. Each is made when it is asked for: most commands need one. */
export interface Outside {
  readonly io: Io;
  readonly now: () => number;
  /** `demo`: with the demo company, which fills an empty data directory. */
  readonly start: (roles: string | undefined, demo: boolean) => Promise<void>;
  /** The running platform, or none where nothing says that one runs. */
  readonly running: (to: string | undefined) => Promise<Api | undefined>;
  /** The same, where nothing can be done without it. */
  readonly platform: (to: string | undefined) => Promise<Api>;
  readonly door: (source: string, to: string | undefined) => Promise<ProviderDoor>;
  readonly bus: () => Promise<OpenedBus>;
  readonly settings: () => Promise<readonly DescribedSetting[]>;
  readonly token: (role: OperatorRole) => Promise<string>;
  readonly readFile: (path: string) => Promise<Uint8Array>;
  /** Every file of a folder and of those inside it, by its path from there, in order; what begins with a dot is left out. */
  readonly filesIn: (folder: string) => Promise<readonly string[]>;
}
