import type { Code, Id } from '#libs/kernel';

import type { RunProgress } from '../run/backup-run.js';
import type { RunNote } from '../run/run-events.js';
import type { AgentStep } from './agent-order.js';

/** A step that a server has ended, with what it found. */
export interface AgentStepEnd {
  readonly step: AgentStep;
  /** By the server's clock: only their difference means something here. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly note: RunNote;
}

/**
 * A server's account of its work. Each one says everything from the beginning, so that any may be lost, come twice or
 * come late.
 */
export interface AgentReport {
  readonly run: Id;
  readonly server: string;
  /**
   * Which order it works by: when the time of that order ends, which is another second for each order of a run. A server
   * that replaces another has its name, and must not be taken for it.
   */
  readonly order: number;
  /** Counts up. One that is not higher than the last is old. */
  readonly number: number;
  /** What it does now: fetches what it saves, works at a step, or nothing any more. */
  readonly doing: 'pull' | AgentStep | 'wait' | 'done';
  readonly progress?: RunProgress;
  readonly ended: readonly AgentStepEnd[];
  /** It has given up, and says at what. */
  readonly error?: {
    readonly at: 'pull' | AgentStep;
    readonly code: Code;
    /** What the step noted before it failed: a check names the damage that it found. */
    readonly note?: RunNote;
  };
}
