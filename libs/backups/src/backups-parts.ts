import type { Clock, Hash, Id } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';
import type { Scratch } from '#libs/ports/scratch';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

import type { RestoredNote } from './adopt/restored-note.js';
import type { ToldRunState } from './adopt/told-run-state.js';
import type { PlatformProof, RestoredPlatform } from './drill/platform-proof.js';
import type { KeepPolicy } from './retention/keep-policy.js';
import type { WatchedBackups } from './watch/backup-troubles.js';
import type { BackupRun, RunRepository, RunStep } from './run/backup-run.js';
import type { ReapedServer } from './server/reaped-servers.js';
import type { ServersParts } from './server/servers-parts.js';

/** For the log of the process and its metrics. Ids and names of ours only. */
export type BackupNotice = RunNotice | ServerNotice;

/** What happened to a run. */
export interface RunNotice {
  readonly event:
    | 'backup.requested'
    | 'backup.taken'
    | 'backup.step_ended'
    | 'backup.step_failed'
    | 'backup.ended';
  readonly run: BackupRun;
  readonly step: RunStep;
  readonly ms: number;
  readonly code?: string;
}

/** What a look at the fleet did to a server that no run needs. */
export interface ServerNotice extends ReapedServer {
  readonly event: 'backup.server_reaped' | 'backup.server_left';
}

/** One repository by two identities: who saves cannot remove what was saved. */
export interface BackupRepository {
  readonly writer: SnapshotRepository;
  readonly remover: Pick<SnapshotRepository, 'list' | 'remove' | 'prune'>;
  readonly policy: KeepPolicy;
  /** Of keys: nothing of ours stays longer, though no run names it. Missing: what is not named stays. */
  readonly unnamedGoAfterMs?: number;
}

export interface BackupsParts {
  /** Runs are kept here, and nothing of what they back up. */
  readonly documents: Documents;
  readonly repositories: Readonly<Record<RunRepository, BackupRepository>>;
  /** What runs need that work on a server of their own; missing: they work in this process. */
  readonly servers?: ServersParts;
  /** What this process can do of a run. Missing: everything. A function reaches neither databases nor disks. */
  readonly can?: ReadonlySet<RunStep>;
  /** In the order they are exported: keys last. */
  readonly sources: readonly BackupSource[];
  readonly scratch: Scratch;
  readonly proveRestored: (
    restored: RestoredPlatform,
    watch: { readonly signal: AbortSignal },
  ) => Promise<PlatformProof>;
  /** What is known of backups beside their runs, now. */
  readonly lookAround: () => Promise<Pick<WatchedBackups, 'kit' | 'onOwnDisk' | 'restic'>>;
  /** When this platform began to be, by its first fact; now, where nobody can tell. */
  readonly since: () => Promise<number>;
  /** `innkeeper-<environment>`: the host of every snapshot. */
  readonly host: string;
  /** At what time of day a run is due, by the zone of the company; none: only when asked. */
  readonly schedule:
    { readonly hour: number; readonly minute: number; readonly timeZone: string } | undefined;
  readonly runsPerDay: number;
  /**
   * Hands a state of a run in as a delivery, when the log can be reached; throws when not. States come in order. One may
   * come again: its id and `revision` name it. They have no manifests and no paths.
   */
  readonly handIn: (run: BackupRun) => Promise<void>;
  /** The states of a run that the log was told; none where it knows no such run. Throws where it cannot be reached. */
  readonly told: (id: Id) => Promise<readonly ToldRunState[]>;
  /** What this platform was restored from, if it was. */
  readonly restored: () => Promise<RestoredNote | undefined>;
  readonly clock: Clock;
  readonly hash: Hash;
  /** This process as a holder of runs. */
  readonly holder: Id;
  /** Ends early, and well, when the signal is aborted. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly notice: (notice: BackupNotice) => void;
}
