import type { Clock, Secret } from '#libs/kernel';

export interface HetznerFleetOptions {
  /** Leads to that server and nowhere else. */
  readonly fetch: typeof globalThis.fetch;
  /** `https://api.hetzner.cloud/v1`. */
  readonly url: string;
  /** Of one project; it may read and write. */
  readonly token: Secret;
  /** An id or a name; or `key=value`: the newest snapshot with this label. */
  readonly image: string;
  /** Tried in this order, each in every location, where one is sold out. */
  readonly serverTypes: readonly string[];
  readonly locations: readonly string[];
  /** The private network that each server joins. */
  readonly network?: number;
  /** Name or id. Without a key Hetzner would make a password, send it in its answer and mail it. */
  readonly sshKey: string;
  readonly clock: Clock;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly limits?: Partial<HetznerLimits>;
}

export interface HetznerLimits {
  /** One call, with its answer. */
  readonly callMs: number;
  /** From order to run. A server from a snapshot takes up to a few minutes. */
  readonly startMs: number;
  /** From the first call until a server is gone. */
  readonly leaveMs: number;
}

export const LIMITS: HetznerLimits = { callMs: 20_000, startMs: 600_000, leaveMs: 120_000 };
