import type { Code, Id } from '#libs/kernel';
import type { BackupManifest, BackupSourceKind } from '#libs/ports/backup-source';

/**
 * Why a run is made, and so how deep it looks. `manual`: somebody asked; it is proved at once. `daily`, `weekly` and
 * `monthly` are one run with other depths. `drill` saves nothing: it proves snapshots of an older run.
 */
export const runKinds = ['manual', 'daily', 'weekly', 'monthly', 'drill'] as const;
export type RunKind = (typeof runKinds)[number];

/** In the order of a run. Each is safe to repeat, and is repeated by each process that takes a run over. */
export const runSteps = [
  'admit',
  'prepare',
  'export',
  'boot',
  'save',
  'check',
  'preview',
  'forget',
  'drill',
  'destroy',
  'clean',
  'close',
] as const;
export type RunStep = (typeof runSteps)[number];

export const endedStatuses = ['succeeded', 'succeeded_with_warnings', 'failed', 'refused'] as const;
export type RunStatus = 'requested' | 'running' | (typeof endedStatuses)[number];

export type RunRepository = 'data' | 'keys';

/** One source of a run, and what became of it so far. */
export interface RunSource {
  readonly name: string;
  readonly kind: BackupSourceKind;
  readonly repository: RunRepository;
  readonly manifest?: BackupManifest;
  /** Paths to save, as the export named them. */
  readonly paths?: readonly string[];
  /** The same paths where a server saved them. Nobody reads files by what a server says, so they are no paths of ours. */
  readonly savedPaths?: readonly string[];
  /** 64 hex digits, as soon as the repository has it. */
  readonly snapshot?: string;
  readonly files: number;
  readonly bytes: number;
  readonly addedBytes: number;
}

/** Something that did not stop the run and that a person should know. */
export interface RunWarning {
  /** A code of the error reference, of a check, of a drill or of a source. */
  readonly code: string;
  readonly step: RunStep;
  /** Ids, names of sources and numbers. */
  readonly detail: string;
}

export interface RunError {
  readonly code: Code;
  readonly step: RunStep;
  readonly next: string;
}

/** What a drill saw. */
export interface RunDrill {
  /** The run whose snapshots were proved: this one, except in a run of the kind `drill`. */
  readonly of: Id;
  readonly verdict: 'good' | 'bad';
  readonly sources: readonly {
    readonly name: string;
    readonly started?: string;
    readonly differences: readonly { readonly code: string; readonly detail: string }[];
  }[];
  /** How old what came back was when the drill began: what would be lost. */
  readonly rpoMs: number;
  /** From the beginning of the restore until the platform ran on it: how long we would be away. */
  readonly rtoMs: number;
}

export interface RunRetention {
  readonly kept: number;
  /** What the preview named, by repository: nothing else is removed. */
  readonly planned: Readonly<Record<RunRepository, readonly string[]>>;
  /** Missing until it was done, and where it was not. */
  readonly removed?: readonly string[];
  /** The first of the snapshots that no good run of ours names. They neither count nor go. */
  readonly unnamed: readonly string[];
  /** How many of them there are besides. */
  readonly moreUnnamed?: number;
}

export interface RunProgress {
  readonly of: string;
  readonly filesDone: number;
  readonly files?: number;
  readonly bytesDone: number;
  readonly bytes?: number;
}

/** The server that a run has of its own: from before it is ordered until it is seen to be gone. */
export interface RunServer {
  readonly name: string;
  /** `gone`: the fleet knows it no more. */
  readonly state: 'wanted' | 'made' | 'heard' | 'gone';
  /** Counts the servers of this run: one that was lost is replaced, and not again and again. */
  readonly number: number;
  readonly id?: string;
  readonly type?: string;
  readonly location?: string;
  readonly wantedAt: number;
  readonly madeAt?: number;
  readonly heardAt?: number;
  readonly goneAt?: number;
  /** After that it is destroyed, however far it is. */
  readonly expiresAt: number;
  /** Missing where it costs nothing, or where nobody can tell. */
  readonly centsPerHour?: number;
  /** What the servers of this run have cost that are gone by now. */
  readonly cents?: number;
}

/** One, and one more where that was lost. */
export const MOST_SERVERS = 2;

/** The right to work at a run, until a time. Who finds it over takes the run on. */
export interface RunClaim {
  readonly holder: Id;
  readonly until: number;
}

/** Where the time of a run went. */
export interface RunStepRecord {
  readonly step: RunStep;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attempts: number;
}

/** One backup, from request to end. It is one document, changed by compare-and-set, and the truth while it lives. */
export interface BackupRun {
  readonly id: Id;
  readonly kind: RunKind;
  readonly requestedBy: 'operator' | 'schedule';
  readonly status: RunStatus;
  readonly step: RunStep;
  /** How often this step was begun, this time included. */
  readonly attempt: number;
  /** How many of these ended with a fault. Those that neither failed nor ended were cut off. */
  readonly failures: number;
  /** After a fault: not before this time. */
  readonly retryAt?: number;
  readonly requestedAt: number;
  readonly startedAt?: number;
  readonly stepStartedAt: number;
  readonly heartbeatAt: number;
  readonly endedAt?: number;
  readonly claim?: RunClaim;
  /** How many claims there were: whose work is older than the newest is refused where it lands. */
  readonly claims: number;
  /** Where it saves, checks and restores; missing: in the process that has it. Settings that change later change nothing of it. */
  readonly worksOn?: 'server';
  readonly server?: RunServer;
  /** Counts the runs that were admitted at this target. */
  readonly admission?: number;
  readonly progress?: RunProgress;
  readonly steps: readonly RunStepRecord[];
  readonly sources: readonly RunSource[];
  /** Snapshots of copies that were made again: who took the run over had none of them. */
  readonly replaced?: readonly string[];
  readonly warnings: readonly RunWarning[];
  readonly error?: RunError;
  readonly retention?: RunRetention;
  readonly drill?: RunDrill;
  /** Of a run of the kind `drill`: whose snapshots are proved. Not asked for: the newest good one, once it is admitted. */
  readonly drillOf?: Id;
  /** Which part of the content is read: they go round. */
  readonly checkPart?: number;
  /** Its document was lost, and made again from the log: its steps, manifests and details are not known. */
  readonly isAdopted?: boolean;
  /** Counts the states that are handed in to the log: each is one delivery, no matter how often it is handed in. */
  readonly revision: number;
}

/** Something of it may be there, and cost money. */
export const hasServer = ({ server }: Pick<BackupRun, 'server'>): boolean =>
  server !== undefined && server.state !== 'gone';

export const hasEnded = ({ status }: Pick<BackupRun, 'status'>): boolean =>
  (endedStatuses as readonly string[]).includes(status);

/** Its snapshots count: it succeeded, and no drill found them bad. */
export const isGood = (run: Pick<BackupRun, 'status' | 'drill' | 'kind'>): boolean =>
  run.kind !== 'drill' && hasSucceeded(run) && run.drill?.verdict !== 'bad';

export const hasSucceeded = ({ status }: Pick<BackupRun, 'status'>): boolean =>
  status === 'succeeded' || status === 'succeeded_with_warnings';

export const unnamedIn = ({
  unnamed,
  moreUnnamed = 0,
}: Pick<RunRetention, 'unnamed' | 'moreUnnamed'>): number => unnamed.length + moreUnnamed;
