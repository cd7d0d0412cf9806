import type { Code, Id } from '#libs/kernel';

import type {
  BackupRun,
  RunClaim,
  RunDrill,
  RunError,
  RunKind,
  RunProgress,
  RunRetention,
  RunServer,
  RunSource,
  RunStep,
  RunWarning,
} from './backup-run.js';

/** What a step found. Sources are told apart by their names; a warning that is there already is not added. */
export interface RunNote {
  readonly sources?: readonly (Partial<RunSource> & Pick<RunSource, 'name'>)[];
  readonly warnings?: readonly RunWarning[];
  readonly retention?: RunRetention;
  readonly drill?: RunDrill;
  readonly server?: RunServer;
}

/** What it takes to begin: what is backed up or proved, and the place of this run among others. */
export interface RunAdmission {
  readonly admission: number;
  readonly sources: readonly RunSource[];
  readonly checkPart?: number;
  readonly drillOf?: Id;
  readonly worksOn?: 'server';
}

export type RunEvent = { readonly at: number } & (
  | {
      readonly type: 'requested';
      readonly id: Id;
      readonly kind: RunKind;
      readonly by: BackupRun['requestedBy'];
      readonly drillOf?: Id;
    }
  | { readonly type: 'refused'; readonly error: RunError }
  | { readonly type: 'claimed'; readonly claim: RunClaim }
  | { readonly type: 'claim_renewed'; readonly until: number; readonly progress?: RunProgress }
  | { readonly type: 'let_go'; readonly isUncounted: boolean }
  | ({ readonly type: 'admitted' } & RunAdmission)
  | { readonly type: 'step_begun' }
  | { readonly type: 'noted'; readonly note: RunNote }
  | { readonly type: 'step_failed'; readonly code: Code; readonly retryAt: number }
  | { readonly type: 'step_ended'; readonly next: RunStep }
  | { readonly type: 'went_back'; readonly to: RunStep }
  | { readonly type: 'gave_up'; readonly error: RunError }
  | { readonly type: 'ended' }
  | { readonly type: 'judged'; readonly drill: RunDrill }
  | { readonly type: 'server_gone'; readonly cents?: number }
);

/** Times and ids come in with them. Those with a holder change nothing once the run is another's. */
export type RunCommand = { readonly at: number } & (
  | {
      readonly type: 'request';
      readonly id: Id;
      readonly kind: RunKind;
      readonly by: BackupRun['requestedBy'];
      readonly drillOf?: Id;
    }
  | { readonly type: 'claim'; readonly holder: Id }
  | { readonly type: 'judge'; readonly drill: RunDrill }
  /** Nobody came who can do this step, says one who cannot; so nobody's claim is needed, and there may be none. */
  | { readonly type: 'abandon'; readonly step: RunStep }
  /** Somebody destroyed its server after the run could not: nobody's claim is needed to say so. */
  | { readonly type: 'note_server_gone'; readonly cents?: number }
  | HeldRunCommand
);

/** `term`: of the claim, so that a process that claimed it again is told from what it did before. */
export type HeldRunCommand = {
  readonly at: number;
  readonly holder: Id;
  readonly term: number;
} & (
  | { readonly type: 'renew'; readonly progress?: RunProgress }
  /** `isUncounted`: it was stopped in the middle by its own process, and that is no failure of the step. */
  | { readonly type: 'let_go'; readonly isUncounted: boolean }
  | { readonly type: 'begin_step' }
  | { readonly type: 'note'; readonly note: RunNote }
  | ({ readonly type: 'admit' } & RunAdmission)
  | { readonly type: 'refuse'; readonly code: Code }
  | { readonly type: 'end_step'; readonly step: RunStep }
  | {
      readonly type: 'fail_step';
      readonly step: RunStep;
      readonly code: Code;
      readonly retryAfterMs?: number;
      /** It was tried as often as there is reason to, elsewhere. */
      readonly isFinal?: boolean;
    }
  /** `code`: why, where that is a person's business. */
  | { readonly type: 'go_back'; readonly to: RunStep; readonly code?: Code }
);
