import type { FleetServer } from '#libs/ports/server-fleet';

import { hasEnded, runSteps, type BackupRun } from '../run/backup-run.js';
import { HOUR_MS, MINUTE_MS } from '../run/run-work.js';
import { isOfServer } from './agent-rules.js';
import type { BackupServer } from './backup-server.js';
import type { OverdueMark } from './fleet-look.js';
import type { ReapReason } from './reaped-servers.js';
import type { ServerLabels } from './server-name.js';

/** One look says what a wrong clock says. So long after it another one must say the same. */
export const LOOKS_APART_MS = MINUTE_MS;
/** A server is known to its run before it is ordered, and documents may be read late. */
export const YOUNG_MS = 10 * MINUTE_MS;
/** No clock of ours is wrong for longer. After that it goes, though somebody still works with it. */
export const SURELY_OVER_MS = 3 * HOUR_MS;

/** Who holds a run renews the claim each few seconds. So long after the last time nobody does. */
export const UNATTENDED_MS = HOUR_MS;

/** A server, and everything that is known of it. */
export interface SeenServer {
  readonly server: FleetServer;
  readonly labels: ServerLabels;
  /** Missing: there is no such document. */
  readonly run?: BackupRun | undefined;
  readonly known?: BackupServer | undefined;
  /** Of an earlier look. */
  readonly mark?: OverdueMark | undefined;
  readonly now: number;
}

export type ServerVerdict =
  /** `mark`: it waits for a run that nobody works at, says this look. */
  | { readonly is: 'needed'; readonly mark?: OverdueMark }
  | { readonly is: 'goes'; readonly why: ReapReason }
  /** It is of no use as far as this look can tell, and that is not sure enough, or it may not go. */
  | { readonly is: 'stays'; readonly why: ReapReason; readonly mark?: OverdueMark };

/** Whether a server goes. The document decides, and a clock only where two looks agree. */
export const judgeServer = (seen: SeenServer): ServerVerdict => {
  const verdict = withoutProtection(seen);
  const isKept = verdict.is === 'goes' && seen.server.isProtected;
  return isKept ? { is: 'stays', why: 'protected' } : verdict;
};

const withoutProtection = (seen: SeenServer): ServerVerdict => {
  const { now, run, server } = seen;
  if (run && (isDoneWith(run, server) || hasSaidDone(seen)))
    return { is: 'goes', why: 'run_ended' };
  if (now > deadlineOf(seen)) return overdue(seen);
  const isUnknown = run?.server === undefined;
  if (!isUnknown) return waiting(seen);
  // Nobody waits for it. Without its document nobody can tell for how long, so its label counts.
  if (now - server.createdAt < YOUNG_MS) return { is: 'stays', why: 'just_seen' };
  return run ? { is: 'goes', why: 'run_ended' } : { is: 'needed' };
};

/** No clock is asked here. Its run was read after the fleet, so it cannot have ordered this one since. */
const isDoneWith = (run: BackupRun, { id }: FleetServer): boolean => {
  if (hasEnded(run)) return true;
  if (runSteps.indexOf(run.step) > runSteps.indexOf('destroy')) return true;
  const current = run.server;
  return current?.state === 'heard' && current.id !== undefined && current.id !== id;
};

/** It does nothing more, and what it found is kept beside the run, for who goes on with it. */
const hasSaidDone = ({ server, labels, run, known }: SeenServer): boolean => {
  const { report } = known ?? {};
  if (!known || report?.doing !== 'done' || run?.server?.id !== server.id) return false;
  // Who goes on there looks for the server first, and would order another one.
  if (run.step === 'boot') return false;
  return isOfServer(report, known) && known.expiresAt === labels.expiresAt;
};

/**
 * Between what a server does, its run is worked at where it lives. Where nobody does, the server may wait all of its time.
 * It goes at the second look, as one whose time is over: one look may be that of a wrong clock.
 */
const waiting = ({ run, mark: before, now }: SeenServer): ServerVerdict => {
  const isBetween = run?.step === 'preview' || run?.step === 'forget';
  if (!isBetween || now - run.heartbeatAt < UNATTENDED_MS) return { is: 'needed' };
  const sign = `unattended ${run.claims} ${run.heartbeatAt}`;
  if (before?.sign !== sign) return { is: 'needed', mark: { since: now, at: now, sign } };
  const isSecond = Math.abs(now - before.at) >= LOOKS_APART_MS;
  return isSecond ? { is: 'goes', why: 'run_ended' } : { is: 'needed' };
};

const deadlineOf = ({ labels, run, known }: SeenServer): number =>
  Math.max(labels.expiresAt, run?.server?.expiresAt ?? 0, known?.expiresAt ?? 0);

const overdue = (seen: SeenServer): ServerVerdict => {
  const { now } = seen;
  const sign = signOf(seen);
  const mark = seen.mark?.sign.startsWith('unattended') ? undefined : seen.mark;
  if (!mark) return { is: 'stays', why: 'overdue', mark: { since: now, at: now, sign } };
  const isOver = Math.abs(now - mark.since) >= SURELY_OVER_MS;
  const isSecond = Math.abs(now - mark.at) >= LOOKS_APART_MS;
  const isQuiet = isAtRest(seen) || mark.sign === sign;
  if (isOver || (isSecond && isQuiet)) return { is: 'goes', why: 'overdue' };
  return { is: 'stays', why: 'overdue', mark: isSecond ? { ...mark, at: now, sign } : mark };
};

/** It did what it could, and says so, or it has powered off. */
const isAtRest = ({ server, known }: SeenServer): boolean =>
  server.status === 'off' || known?.report?.doing === 'done' || known?.report?.error !== undefined;

/** Who works at the run, or hears its server, ends it when its time is over: by two clocks, if one of them is wrong. */
const signOf = ({ run, known }: SeenServer): string =>
  `${run?.claims ?? 0} ${run?.heartbeatAt ?? 0} ${known?.heardAt ?? 0}`;
