import type { Id } from '#libs/kernel';

import type { BackupRun, RunKind, RunRepository, RunStatus } from '../run/backup-run.js';
import type { FleetLook } from '../server/fleet-look.js';

/** What is wrong with the backups of a platform. Each has a runbook of its name. */
export type BackupTroubleCode =
  | 'BACKUP_LATE'
  | 'BACKUP_FAILED'
  | 'BACKUP_STUCK'
  | 'BACKUP_SERVER_LEFT'
  | 'BACKUP_RUN_STUCK'
  | 'BACKUP_IMAGE_MISSING'
  | 'BACKUP_FLEET_REFUSED'
  | 'BACKUP_ORCHESTRATOR_GONE'
  | 'BACKUP_UNUSUAL'
  | 'BACKUP_DRILL_LATE'
  | 'BACKUP_DRILL_FAILED'
  | 'BACKUP_REPOSITORY_DAMAGED'
  | 'BACKUP_RETENTION_LATE'
  | 'BACKUP_SNAPSHOTS_UNNAMED'
  | 'BACKUP_KIT_MISSING'
  | 'BACKUP_ON_OWN_DISK'
  | 'BACKUP_RESTIC_OLD';

export interface BackupTrouble {
  readonly code: BackupTroubleCode;
  /** A run, a source, a repository, or `backups`: letters, digits and `._-`. */
  readonly about: string;
  /** A sentence of ours; nothing from outside. */
  readonly says: string;
  /** Since when, as far as one can tell. */
  readonly since: number;
}

/** A run that saved everything it was asked to save. */
export interface GoodBackup {
  readonly run: Id;
  readonly kind: RunKind;
  readonly endedAt: number;
  /** How old the data in it is: what would be lost if everything were lost now. */
  readonly ageMs: number;
  readonly files: number;
  readonly bytes: number;
  readonly addedBytes: number;
}

export interface ShownDrill {
  /** That saw it. */
  readonly run: Id;
  /** Whose snapshots were proved. */
  readonly of: Id;
  readonly verdict: 'good' | 'bad';
  readonly endedAt: number;
  readonly rpoMs: number;
  readonly rtoMs: number;
}

export interface ServerFigures {
  /** At the last look at the fleet. */
  readonly standing: number;
  /** Of these: no run needs them. */
  readonly left: number;
  /** How long the server of the newest run that had one lived. Missing: it lives. */
  readonly livedMs?: number;
  /** Of all runs that are looked at, as far as it is known. */
  readonly cents: number;
}

/** Whether the backup is good, and what is wrong where it is not. */
export interface BackupTroubles {
  /** `none_yet`: there was none yet, and it is not late either. */
  readonly verdict: 'good' | 'not_good' | 'none_yet';
  /** One line for a person. */
  readonly answer: string;
  /** What matters most comes first. */
  readonly troubles: readonly BackupTrouble[];
  readonly good?: GoodBackup;
  /** The newest one. */
  readonly drill?: ShownDrill;
  /** When a drill last found what came back to be what was saved. */
  readonly provedAt?: number;
  /** What servers of backups did and cost. Missing: no run has had one. */
  readonly servers?: ServerFigures;
  /** The newest run that has ended, drills and refusals besides. */
  readonly last?: { readonly run: Id; readonly status: RunStatus; readonly endedAt: number };
}

/** What is known about backups when somebody asks. */
export interface WatchedBackups {
  readonly now: number;
  /** When this platform began to be, by its first fact. A restart is no beginning. */
  readonly since: number;
  /** In any order: at least those of the last 40 days. */
  readonly runs: readonly BackupRun[];
  /** The last look at the fleet. Missing: nobody ever looked. */
  readonly fleet?: FleetLook | undefined;
  /** Whether runs begin by themselves. */
  readonly isScheduled: boolean;
  /** Repositories that lie on the disk of the data they keep. */
  readonly onOwnDisk: readonly RunRepository[];
  /** `stale`: a password, a repository or the master key is another one since. */
  readonly kit: 'missing' | 'stale' | 'current';
  /** Missing: nobody could ask it. */
  readonly restic?: { readonly version: string; readonly isOld: boolean } | undefined;
  /**
   * Who makes the backups, by when one was last seen, or when it could have been for the first time. Missing: who judges
   * makes them itself.
   */
  readonly orchestrator?: { readonly seenAt?: number; readonly since: number };
}
