import type { Id, Secret } from '#libs/kernel';
import type { ServerFleet, ServerOrder } from '#libs/ports/server-fleet';

import type { AgentOrder } from '../agent/agent-order.js';
import type { AgentReport } from '../agent/agent-report.js';
import type { BackupRun } from '../run/backup-run.js';

/** What a drill elsewhere sends home: only where the master key is can it be opened. */
export interface SealedSample {
  readonly stream: string;
  /** As base64. */
  readonly sealed: string;
  readonly wrapped?: string;
}

/** A server that a run orders, before it is put into the words of a machine. */
export interface ServerWish extends Pick<ServerOrder, 'name' | 'labels'> {
  readonly run: Id;
  readonly token: Secret;
  readonly expiresAt: number;
}

/** What runs need that work on a server of their own. */
export interface ServersParts {
  readonly fleet: ServerFleet;
  readonly environment: string;
  /** Puts what the machine is told into its own form: where to call, with which token, until when. */
  readonly orderOf: (wish: ServerWish) => ServerOrder;
  /** What opens the repositories, for this run and until then. */
  readonly lend: (
    run: Pick<BackupRun, 'id' | 'kind'>,
    until: number,
  ) => Promise<AgentOrder['repositories']>;
  /** What a server left where the backups are, when nobody heard it. */
  readonly leftReport: (
    run: Id,
    watch: { readonly signal: AbortSignal },
  ) => Promise<AgentReport | undefined>;
  /** Takes it away, once the run has noted it. */
  readonly forgetLeft: (run: Id, watch: { readonly signal: AbortSignal }) => Promise<void>;
  /** 256 bits that nobody guesses, for a header. */
  readonly secret: () => string;
  /** Whether the master key opens it. */
  readonly opens: (sample: SealedSample) => Promise<boolean>;
  readonly hoursPerServer: number;
  readonly serversPerDay: number;
}
