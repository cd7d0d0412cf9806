import {
  backoffDelay,
  CLOCKS_APART_MS,
  codes,
  fault,
  type Backoff,
  type Code,
  type Id,
} from '#libs/kernel';

import { isAgentStep } from '../agent/agent-order.js';
import { isAbandoned } from './abandoned-run.js';
import {
  hasEnded,
  MOST_SERVERS,
  runSteps,
  type BackupRun,
  type RunClaim,
  type RunError,
  type RunStep,
} from './backup-run.js';
import { CLAIM_MS, mayBeJudged } from './evolve-run.js';
import type { HeldRunCommand, RunCommand, RunEvent } from './run-events.js';

/** Each wait is at most this; all seven attempts outlast a lock that a dead process left in a repository. */
const WAITS = { first: 30_000, most: 16 * 60_000 };
const CLEAN_WAITS = { first: 1_000, most: 5_000 };
const MOST_ATTEMPTS = 7;
/** Of what does not go away by waiting, mostly. */
const FEW_ATTEMPTS = 3;

/** What follows from a command, for a run in this state. */
export const decideRun = (command: RunCommand, run: BackupRun | undefined): readonly RunEvent[] => {
  if (command.type === 'request') return request(command, run);
  if (!run) return [];
  if (command.type === 'claim') return claim(command, run);
  if (command.type === 'judge') return judge(command, run);
  if (command.type === 'abandon') return abandon(command, run);
  if (command.type === 'note_server_gone') return serverGone(command, run);
  return isHeldBy(run, command) ? decideHeld(command, run) : [];
};

/** Whether it is theirs by this claim. */
export const isHeldBy = (
  run: BackupRun,
  { holder, term }: { readonly holder: Id; readonly term: number },
): boolean => run.claim?.holder === holder && run.claims === term && !hasEnded(run);

/** One that reaches further than any claim was written by a clock that was wrong. */
export const isClaimOver = ({ until }: RunClaim, now: number): boolean =>
  until <= now || until - now > CLAIM_MS + CLOCKS_APART_MS;

/** When somebody has to look at a run that has not ended, if nobody does before. */
export const lookAtOf = ({ claim: held, retryAt }: BackupRun, now: number): number => {
  if (held && !isClaimOver(held, now)) return held.until;
  return retryAt !== undefined && !isWaitOver(retryAt, now) ? retryAt : now;
};

const isWaitOver = (retryAt: number, now: number): boolean =>
  retryAt <= now || retryAt - now > WAITS.most + CLOCKS_APART_MS;

const request = (
  { at, id, kind, by, drillOf }: Extract<RunCommand, { type: 'request' }>,
  run: BackupRun | undefined,
): readonly RunEvent[] => {
  if (!run)
    return [{ type: 'requested', at, id, kind, by, ...(drillOf !== undefined && { drillOf }) }];
  const isSame = run.kind === kind && (drillOf === undefined || run.drillOf === drillOf);
  if (!isSame) throw fault('BACKUP_KEY_REUSED', { details: { run: run.id } });
  return [];
};

const claim = (
  { at, holder }: Extract<RunCommand, { type: 'claim' }>,
  run: BackupRun,
): readonly RunEvent[] => {
  const isTheirs = run.claim?.holder === holder;
  if (hasEnded(run) || (!isTheirs && lookAtOf(run, at) > at)) return [];
  if (run.retryAt !== undefined && !isWaitOver(run.retryAt, at)) return [];
  return [{ type: 'claimed', at, claim: { holder, until: at + CLAIM_MS } }];
};

const judge = (
  { at, drill }: Extract<RunCommand, { type: 'judge' }>,
  run: BackupRun,
): readonly RunEvent[] => {
  const isKnown = run.drill?.verdict === drill.verdict;
  return mayBeJudged(run) && !isKnown ? [{ type: 'judged', at, drill }] : [];
};

const abandon = (
  { at, step }: Extract<RunCommand, { type: 'abandon' }>,
  run: BackupRun,
): readonly RunEvent[] => {
  const isFree = !hasEnded(run) && lookAtOf(run, at) <= at;
  return run.step === step && isFree && isAbandoned(run, at)
    ? giveUp(run, 'BACKUP_CUT_OFF', at)
    : [];
};

const serverGone = (
  { at, cents }: Extract<RunCommand, { type: 'note_server_gone' }>,
  { server }: BackupRun,
): readonly RunEvent[] =>
  !server || server.state === 'gone'
    ? []
    : [{ type: 'server_gone', at, ...(cents !== undefined && { cents }) }];

const decideHeld = (command: HeldRunCommand, run: BackupRun): readonly RunEvent[] => {
  const { at } = command;
  const renewal: RunEvent = { type: 'claim_renewed', at, until: at + CLAIM_MS };
  switch (command.type) {
    case 'renew':
      return [{ ...renewal, ...(command.progress && { progress: command.progress }) }];
    case 'let_go':
      return [{ type: 'let_go', at, isUncounted: command.isUncounted }];
    case 'begin_step':
      if (cutsOf(run) >= FEW_ATTEMPTS && !isFollowed(run, at))
        return giveUp(run, 'BACKUP_CUT_OFF', at);
      return [renewal, { type: 'step_begun', at }];
    case 'note':
      return [renewal, { type: 'noted', at, note: command.note }];
    case 'admit': {
      const { type: _, holder: __, term: ___, ...admission } = command;
      if (run.step !== 'admit') return [];
      return [renewal, { type: 'admitted', ...admission }, ...stepEnd(run, at)];
    }
    case 'refuse':
      if (run.step !== 'admit') return [];
      return [{ type: 'refused', at, error: errorOf(command.code, run.step) }];
    case 'end_step':
      return run.step === command.step ? [renewal, ...stepEnd(run, at)] : [];
    case 'fail_step':
      return run.step === command.step ? fail(run, command) : [];
    case 'go_back':
      return [renewal, ...goBack(run, command)];
    default:
      return command satisfies never;
  }
};

/** Who follows a server may die and another go on: nothing is done again, and the server's time ends it. */
const isFollowed = ({ worksOn, step, server }: BackupRun, at: number): boolean =>
  worksOn === 'server' && isAgentStep(step) && server !== undefined && at < server.expiresAt;

/** How often somebody began this step and was not heard of again. */
const cutsOf = ({ attempt, failures }: BackupRun): number => attempt - failures;

const errorOf = (code: Code, step: RunStep): RunError => ({
  ...{ code, step, next: codes[code].remedy },
});

/** A drill saves nothing, so it checks and removes nothing. */
const isSkipped = ({ kind, worksOn }: BackupRun, step: RunStep): boolean => {
  if (step === 'boot' || step === 'destroy') return worksOn !== 'server';
  return kind === 'drill' && ['export', 'save', 'check', 'preview', 'forget'].includes(step);
};

const nextOf = (run: BackupRun): RunStep | undefined =>
  runSteps
    .slice(runSteps.indexOf(run.step) + 1)
    .find((step) => !isSkipped(run, step) && !isBehind(run, step));

/** Another server goes on where the first one was lost: what is saved and checked is not done again. */
const isBehind = ({ step: now, steps }: BackupRun, step: RunStep): boolean =>
  now === 'boot' && steps.some((record) => record.step === step);

const stepEnd = (run: BackupRun, at: number): readonly RunEvent[] => {
  const next = nextOf(run);
  if (next) return [{ type: 'step_ended', at, next }];
  return [
    { type: 'step_ended', at, next: run.step },
    { type: 'ended', at },
  ];
};

/** Each way back costs a server, and a run has only so many: so it ends. */
const goBack = (
  run: BackupRun,
  { at, to, code }: Extract<HeldRunCommand, { type: 'go_back' }>,
): readonly RunEvent[] => {
  const { server, step } = run;
  if (server && server.number >= MOST_SERVERS) return giveUp(run, code ?? 'BACKUP_SERVER_LOST', at);
  const back: RunEvent = { type: 'went_back', at, to };
  if (code === undefined) return [back];
  const warning = { code, step, detail: server?.name ?? '' };
  return [{ type: 'noted', at, note: { warnings: [warning] } }, back];
};

const fail = (
  run: BackupRun,
  { at, code, retryAfterMs = 0, isFinal }: Extract<HeldRunCommand, { type: 'fail_step' }>,
): readonly RunEvent[] => {
  if (isFinal) return giveUp(run, code, at);
  const isCutOff = code === 'BACKUP_CUT_OFF';
  const failed = isCutOff ? cutsOf(run) : run.failures + 1;
  if (failed >= mostAttempts(run, code)) return giveUp(run, code, at);
  const waits = run.step === 'clean' ? CLEAN_WAITS : WAITS;
  const retryAt = at + waitAfter(failed, retryAfterMs, waits);
  return [{ type: 'step_failed', at, code, retryAt }];
};

/** How long a step rests after it failed so often, and was perhaps asked to wait. */
export const waitAfter = (failed: number, retryAfterMs = 0, waits: Backoff = WAITS): number =>
  Math.max(
    backoffDelay(waits, failed, () => 1),
    Math.min(retryAfterMs, waits.most),
  );

const mostAttempts = ({ step }: BackupRun, code: Code): number => {
  // Somebody tidies up later, too, and the next backup does.
  if (step === 'clean') return FEW_ATTEMPTS;
  return attemptsFor(code);
};

/** How often a step is begun that fails like that each time; also on a server of its own. */
export const attemptsFor = (code: Code): number => {
  if (code === 'BACKUP_CUT_OFF') return FEW_ATTEMPTS;
  switch (codes[code].kind) {
    case 'unavailable':
    case 'throttled':
    case 'conflict':
      return MOST_ATTEMPTS;
    case 'missing':
    case 'defect':
      return FEW_ATTEMPTS;
    case 'invalid':
    case 'unauthenticated':
    case 'misconfigured':
      return 1;
  }
};

const leftServer = ({ server, step }: BackupRun, code: Code, at: number): readonly RunEvent[] => {
  if (!server || server.state === 'gone') return [];
  const detail = `${server.name}: ${code}`;
  return [{ type: 'noted', at, note: { warnings: [{ code: 'SERVER_LEFT', step, detail }] } }];
};

const giveUp = (run: BackupRun, code: Code, at: number): readonly RunEvent[] => {
  switch (run.step) {
    case 'preview':
    case 'forget': {
      // What was saved and checked is good, also where nothing can be removed.
      if (code === 'BACKUP_REPOSITORY_DAMAGED') break;
      const warning = { code, step: run.step, detail: '' };
      return [{ type: 'noted', at, note: { warnings: [warning] } }, ...stepEnd(run, at)];
    }
    case 'destroy':
      // It costs money until the next look at the fleet finds it. The verdict stands.
      return [...leftServer(run, code, at), ...stepEnd(run, at)];
    case 'clean':
    case 'close':
      // The verdict stands. Each look removes what ended runs left, and takes over the target of one.
      return stepEnd(run, at);
    default:
      break;
  }
  return [{ type: 'gave_up', at, error: errorOf(code, run.step) }];
};
