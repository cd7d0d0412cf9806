import {
  hasServer,
  hasSucceeded,
  type BackupRun,
  type RunServer,
  type RunSource,
  type RunStep,
  type RunWarning,
} from './backup-run.js';
import type { RunEvent, RunNote } from './run-events.js';

/** A run is claimed for so long, and claimed again all the time while somebody works at it. */
export const CLAIM_MS = 30_000;

/** The state after an event. An event that cannot follow leaves the state as it is. */
export const evolveRun = (run: BackupRun | undefined, event: RunEvent): BackupRun | undefined => {
  if (event.type === 'requested') return run ?? requested(event);
  return run && evolved(run, event);
};

const requested = ({
  at,
  id,
  kind,
  by,
  drillOf,
}: Extract<RunEvent, { type: 'requested' }>): BackupRun => ({
  ...{ id, kind, requestedBy: by, status: 'requested', step: 'admit' },
  ...{ attempt: 0, failures: 0, claims: 0, revision: 1 },
  ...{ requestedAt: at, stepStartedAt: at, heartbeatAt: at },
  ...{ steps: [], sources: [], warnings: [] },
  ...(drillOf !== undefined && { drillOf }),
});

const evolved = (
  run: BackupRun,
  event: Exclude<RunEvent, { type: 'requested' }>,
): BackupRun | undefined => {
  const { at } = event;
  switch (event.type) {
    case 'refused':
      return told({ ...idle(run), status: 'refused', error: event.error, endedAt: at });
    case 'claimed':
      return { ...run, claim: event.claim, claims: run.claims + 1, heartbeatAt: at };
    case 'claim_renewed':
      return renewed(run, event);
    case 'let_go': {
      const { claim: _, ...free } = run;
      return { ...free, attempt: run.attempt - (event.isUncounted ? 1 : 0) };
    }
    case 'admitted': {
      const { type: _, at: startedAt, ...admission } = event;
      return { ...run, ...admission, status: 'running', startedAt };
    }
    case 'step_begun': {
      const { retryAt: _, ...begun } = run;
      return { ...begun, attempt: run.attempt + 1, heartbeatAt: at };
    }
    case 'noted':
      return noted(run, event.note);
    case 'step_failed': {
      const failures = run.failures + (event.code === 'BACKUP_CUT_OFF' ? 0 : 1);
      return { ...withoutProgress(run), failures, retryAt: event.retryAt, heartbeatAt: at };
    }
    case 'step_ended':
      return told(atStep({ ...run, steps: [...run.steps, recordOf(run, at)] }, event.next, at));
    case 'went_back':
      return goneBack(run, event.to, at);
    case 'gave_up': {
      const steps = [...run.steps, recordOf(run, at)];
      return told(atStep({ ...run, steps, error: event.error }, leavesBy(run), at));
    }
    case 'ended':
      return told({ ...idle(run), status: statusOf(run), endedAt: at });
    case 'judged':
      return told({ ...run, drill: event.drill });
    case 'server_gone':
      return told(withoutServer(run, event));
    default:
      return event satisfies never;
  }
};

const renewed = (
  run: BackupRun,
  { at, until, progress }: Extract<RunEvent, { type: 'claim_renewed' }>,
): BackupRun => ({
  ...{ ...run, heartbeatAt: at },
  ...(run.claim && { claim: { ...run.claim, until } }),
  ...(progress && { progress }),
});

/** A state that the log is told. */
const told = (run: BackupRun): BackupRun => ({ ...run, revision: run.revision + 1 });

/** A run that gives up leaves nothing behind: its server goes first, if it has one. */
const leavesBy = (run: BackupRun): RunStep => (hasServer(run) ? 'destroy' : 'clean');

const withoutServer = (
  run: BackupRun,
  { at, cents }: { readonly at: number; readonly cents?: number },
): BackupRun => ({
  ...run,
  ...(run.server && {
    server: { ...run.server, state: 'gone', goneAt: at, ...(cents !== undefined && { cents }) },
  }),
});

const withoutProgress = ({ progress: _, ...run }: BackupRun): BackupRun => run;

/** Nobody works at it. */
const idle = ({ claim: _, progress: __, retryAt: ___, ...run }: BackupRun): BackupRun => run;

const atStep = (
  { progress: _, retryAt: __, ...run }: BackupRun,
  step: RunStep,
  at: number,
): BackupRun => ({
  ...{ ...run, step, attempt: 0, failures: 0, stepStartedAt: at, heartbeatAt: at },
});

const recordOf = ({ step, stepStartedAt, attempt }: BackupRun, endedAt: number) => ({
  ...{ step, startedAt: stepStartedAt, endedAt, attempts: attempt },
});

/** Snapshots of copies that are made again are of no use. What another server saves is still what was saved. */
const goneBack = (run: BackupRun, to: RunStep, at: number): BackupRun =>
  to === 'boot'
    ? atStep(run, to, at)
    : atStep({ ...withReplaced(run), sources: run.sources.map(unsaved) }, to, at);

/** It knows them as its own, so that nobody takes them for a stranger's. */
const withReplaced = (run: BackupRun): BackupRun => {
  const saved = run.sources.flatMap(({ snapshot }) => snapshot ?? []);
  return saved.length > 0 ? { ...run, replaced: [...(run.replaced ?? []), ...saved] } : run;
};

const unsaved = ({ snapshot: _, savedPaths: __, ...source }: RunSource): RunSource => source;

const statusOf = ({ error, warnings }: BackupRun) => {
  if (error) return 'failed';
  return warnings.length > 0 ? 'succeeded_with_warnings' : 'succeeded';
};

const noted = (
  run: BackupRun,
  { sources = [], warnings = [], server, ...found }: RunNote,
): BackupRun => ({
  ...{ ...run, ...found },
  ...(server && { server: newerOf(run.server, server) }),
  sources: run.sources.map((source) =>
    sources
      .filter(({ name }) => name === source.name)
      .reduce<RunSource>((before, note) => ({ ...before, ...note }), source),
  ),
  warnings: warnings.reduce(withWarning, run.warnings),
});

/** A server that somebody saw gone does not come back with the note of who knew it before. */
const newerOf = (known: RunServer | undefined, said: RunServer): RunServer =>
  known?.state === 'gone' && known.number >= said.number ? known : said;

const withWarning = (
  warnings: readonly RunWarning[],
  { code, step, detail: whole }: RunWarning,
): readonly RunWarning[] => {
  const detail = whole.slice(0, LONGEST_DETAIL);
  const ofStep = warnings.filter((one) => one.step === step);
  const isKnown = ofStep.some((one) => one.code === code && one.detail === detail);
  if (isKnown || ofStep.length >= MOST_OF_A_STEP) return warnings;
  return [...warnings, { code, step, detail }];
};

/** What a person reads; and a run is one document with a limit. Many of one step hide none of a later one. */
const MOST_OF_A_STEP = 25;
const LONGEST_DETAIL = 300;

/** Whether it can be judged by a drill of another run. */
export const mayBeJudged = (run: BackupRun): boolean => run.kind !== 'drill' && hasSucceeded(run);
