import type { RunProgress, RunSource } from '../run/backup-run.js';
import type { CopyParts } from '../run/run-work.js';
import type { AgentAnswer, AgentOrder } from './agent-order.js';
import type { AgentReport } from './agent-report.js';

export interface AgentWatch {
  /** Aborted: the call ends soon, and throws. */
  readonly signal: AbortSignal;
}

export interface PullOrder {
  readonly source: RunSource;
  /** An empty folder of the run for the copy, which is the first path. */
  readonly into: string;
  /** The same for each further path: files that are saved where they lie at home. */
  readonly beside: (at: number) => Promise<string>;
}

export interface PullWatch extends AgentWatch {
  readonly onProgress: (progress: Omit<RunProgress, 'of'>) => void;
}

/** What a server needs to work: what it saves to, and the way home. */
export interface AgentParts extends Omit<CopyParts, 'clock'> {
  /** In ms, from any beginning; it never goes back. The clock of a new machine may be wrong. */
  readonly monotonic: () => number;
  /** Fetches a copy. The paths that are saved, in the order of the run's own. */
  readonly pull: (order: PullOrder, watch: PullWatch) => Promise<readonly string[]>;
  /** Says everything. `BACKUP_AGENT_REFUSED`: this server is not the one of the run any more. */
  readonly send: (report: AgentReport, watch: AgentWatch) => Promise<AgentAnswer>;
  /** Leaves the last report where the backups are. */
  readonly leave: (report: AgentReport, watch: AgentWatch) => Promise<void>;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface AgentTask {
  readonly order: AgentOrder;
  /** The name of this server. */
  readonly server: string;
  /** Aborted: this program must end. It says nothing more. */
  readonly signal: AbortSignal;
}

/**
 * How a server ended. `heard`: somebody knows everything. `left`: the last report lies where the backups are. `unheard`:
 * neither could be done in its time. `dismissed`: nobody needs it any more. `stopped`: its program had to end.
 */
export type AgentEnd = 'heard' | 'left' | 'unheard' | 'dismissed' | 'stopped';
