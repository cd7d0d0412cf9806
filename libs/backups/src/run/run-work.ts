import type { Code } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { ScratchOfRun } from '#libs/ports/scratch';

import type { BackupRepository, BackupsParts } from '../backups-parts.js';
import type { BackupRun, RunProgress, RunRepository, RunStep } from './backup-run.js';
import type { RunAdmission, RunNote } from './run-events.js';

/** What it takes to save, check and prove copies, on any machine. */
export interface CopyParts extends Pick<
  BackupsParts,
  'clock' | 'host' | 'proveRestored' | 'scratch'
> {
  readonly repositories: Readonly<Record<RunRepository, Pick<BackupRepository, 'writer'>>>;
  readonly sources: readonly Pick<BackupSource, 'name' | 'prove'>[];
}

/** A step at work, for a process that holds the run, or for the server that it is done on. */
export interface RunWork<Parts extends CopyParts = BackupsParts> {
  readonly parts: Parts;
  /** As its document said last. */
  readonly run: () => BackupRun;
  /** Aborted when the time of the step is over, when the run is another's, or when the process ends. */
  readonly signal: AbortSignal;
  /** Throws when the run is another's: right before each effect, so that nobody who was overtaken goes on. */
  readonly hold: () => Promise<void>;
  readonly note: (note: RunNote) => Promise<void>;
  /** Noted with the next heart-beat. */
  readonly progress: (progress: RunProgress) => void;
  /** The folders of the run, fenced by this claim. */
  readonly scratch: () => Promise<ScratchOfRun>;
}

/** Work that is done where the copies are: here, or on a server of the run. */
export type CopyStepWork = RunWork<CopyParts>;

/** How a step ended that did not fail. */
export type StepEnd =
  | { readonly is: 'done' }
  | ({ readonly is: 'admitted' } & RunAdmission)
  | { readonly is: 'refused'; readonly code: Code }
  /** What an earlier step made is not here any more. `code`: why, where that is a person's business. */
  | { readonly is: 'undone'; readonly to: RunStep; readonly code?: Code }
  /** It was tried as often as there is reason to. */
  | { readonly is: 'failed'; readonly code: Code };

/** A part of a run: done again from its beginning after a crash, and harmless then. */
export interface StepOfRun<Work = RunWork> {
  /** It is stopped then and counts as cut off. */
  readonly limitMs: number;
  readonly work: (work: Work) => Promise<StepEnd>;
}

export const done: StepEnd = { is: 'done' };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
