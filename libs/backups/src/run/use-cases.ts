import type { Id } from '#libs/kernel';

import type { AgentAnswer, AgentCall, AgentOrder } from '../agent/agent-order.js';
import type { AgentReport } from '../agent/agent-report.js';
import type { DatedSnapshot, RetentionPlan } from '../retention/keep-policy.js';
import type { KitNote } from '../kit/kit-fingerprint.js';
import type { BackupTroubles, WatchedBackups } from '../watch/backup-troubles.js';
import type { ReapedServers } from '../server/reaped-servers.js';
import type { SealedSample } from '../server/servers-parts.js';
import type { BackupRun, RunKind, RunRepository } from './backup-run.js';

export interface BackupRequest {
  readonly kind: RunKind;
  /** Asking again with the same key is the same run. */
  readonly key: string;
  readonly by: BackupRun['requestedBy'];
  /** Of a run of the kind `drill`: whose snapshots are proved; missing: those of the newest good run. */
  readonly drillOf?: Id;
}

export interface RequestedBackup {
  readonly run: BackupRun;
  /** `false`: this key asked for it before. */
  readonly isNew: boolean;
}

/** Newest first. */
export interface BackupRunPage {
  readonly items: readonly BackupRun[];
  readonly next?: string;
}

export interface AdvancedRun {
  readonly run: BackupRun;
  /** When to look again, in ms since 1970. Missing: it has ended, and its history is told. */
  readonly lookAt?: number;
}

/** What retention would do with one repository now. */
export interface PlannedRepository extends RetentionPlan {
  readonly repository: RunRepository;
  /** Snapshots that no good run names: they neither count nor go. */
  readonly unnamed: readonly Pick<DatedSnapshot, 'id' | 'time'>[];
}

export interface AdoptedRuns {
  /** Whose documents were made now. */
  readonly adopted: readonly Id[];
  /** What no good run names even so. */
  readonly unnamed: readonly (Pick<DatedSnapshot, 'id' | 'time'> & {
    readonly repository: RunRepository;
  })[];
}

/** A call of a server that carries its one-time token. */
export interface AgentOpening extends AgentCall {
  /** Made by the server at its start: the same one may ask again. */
  readonly by: string;
}

/** A copy on this machine. What lies there now may be of another export: its manifest says of which. */
export interface ExportedCopy {
  readonly paths: readonly string[];
  readonly takenAt: number;
}

/** Every use case of the runs of backups. Any process may call any of them, as often as it likes. */
export interface Backups {
  /** `BACKUP_KEY_REUSED` where the key asked for something else; `BACKUP_NOT_FOUND` where there is nothing to prove. */
  request(request: BackupRequest): Promise<RequestedBackup>;

  list(page: { readonly limit: number; readonly after?: string }): Promise<BackupRunPage>;

  /** Throws `BACKUP_NOT_FOUND`. */
  show(id: Id): Promise<BackupRun>;

  /** Works at a run until it has ended, must wait, or is another's. Aborted, it stops soon and lets the run go. */
  advance(id: Id, signal: AbortSignal): Promise<AdvancedRun>;

  /** Requests the run of the schedule when its time has come; names the runs to advance now. */
  due(): Promise<readonly Id[]>;

  /** After a restore: makes lost documents of good runs again, from what the log was told. Again, it makes what is left. */
  adopt(): Promise<AdoptedRuns>;

  /** Runs that were requested since, newest first. */
  recent(since: number): Promise<readonly BackupRun[]>;

  /** Reads both repositories and removes nothing. */
  retention(): Promise<readonly PlannedRepository[]>;

  /** Notes that a recovery kit was made; answers whether it opens what is used now. */
  noteKit(note: KitNote): Promise<WatchedBackups['kit']>;

  /** Destroys servers of this environment that no run needs, a few at a time; says which and why. */
  reap(): Promise<ReapedServers>;

  /** What a server has to do, and what it needs for it. `BACKUP_AGENT_REFUSED` to everybody but the one it was made for. */
  order(opening: AgentOpening): Promise<AgentOrder>;

  /** Notes how far a server is, and says what it may do next. */
  hear(call: AgentCall, report: AgentReport): Promise<AgentAnswer>;

  /** A source that its server fetches, on the machine that exported it; `BACKUP_EXPORT_ELSEWHERE` on another one. */
  exported(call: AgentCall, source: string): Promise<ExportedCopy>;

  /** Whether the master key opens what a server restored. */
  opens(call: AgentCall, sample: SealedSample): Promise<boolean>;

  /** Whether the backup is good now. */
  troubles(): Promise<BackupTroubles>;
}
