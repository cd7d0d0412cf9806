import type { Id } from '#libs/kernel';

import type { AgentReport } from '../agent/agent-report.js';
import type { RunRepository } from '../run/backup-run.js';

/** What is known of the server of a run beside the run itself: what it was told, and what it said. One document for each run. */
export interface BackupServer {
  readonly run: Id;
  readonly name: string;
  /** Which copies it was ordered for: others need another server. */
  readonly copy: string;
  /** SHA-256 of the token that it was told at its start, as hex. Who knows the token once gets the order. */
  readonly tokenSum: string;
  /** Who used the token, and its session. The same one may ask again when the answer was lost. */
  readonly used?: {
    readonly by: string;
    readonly address: string;
    readonly sessionSum: string;
    readonly at: number;
    /** Whose credentials go on after its time. Who holds the run warns of it: who answers calls holds none. */
    readonly lasting?: readonly RunRepository[];
  };
  /** From where it may call, as the fleet said. Missing: the fleet has not answered yet. */
  readonly addresses?: readonly string[];
  readonly expiresAt: number;
  readonly report?: AgentReport;
  readonly heardAt?: number;
  /** A report of this run lay where the backups are, and must not stay there. */
  readonly hasLeft?: boolean;
}
