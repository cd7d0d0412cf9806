import type { Code } from '#libs/kernel';
import type { ScratchOfRun } from '#libs/ports/scratch';

import type { BackupsParts } from '../backups-parts.js';
import type { BackupRun, RunProgress, RunStep } from './backup-run.js';
import type { RunAdmission, RunNote } from './run-events.js';

/** A step at work, for a process that holds the run. */
export interface RunWork {
  readonly parts: BackupsParts;
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

/** How a step ended that did not fail. */
export type StepEnd =
  | { readonly is: 'done' }
  | ({ readonly is: 'admitted' } & RunAdmission)
  | { readonly is: 'refused'; readonly code: Code }
  /** What an earlier step made is not here any more. */
  | { readonly is: 'undone'; readonly to: RunStep };

/** A part of a run: done again from its beginning after a crash, and harmless then. */
export interface StepOfRun {
  /** It is stopped then and counts as cut off. */
  readonly limitMs: number;
  readonly work: (work: RunWork) => Promise<StepEnd>;
}

export const done: StepEnd = { is: 'done' };

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
