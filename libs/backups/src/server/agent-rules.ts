import { fault, fromHex, sameDigest, type Fault, type Id } from '#libs/kernel';

import type { AgentAnswer } from '../agent/agent-order.js';
import type { AgentReport } from '../agent/agent-report.js';
import {
  hasEnded,
  runSteps,
  type BackupRun,
  type RunRepository,
  type RunStep,
} from '../run/backup-run.js';
import { isAmong, plainAddress } from './addresses.js';
import type { BackupServer } from './backup-server.js';
import { copyOf } from './server-name.js';

/** Why a caller is refused. The log of the process says so, and the caller hears none of it. */
export type AgentRefusal =
  /** There is no such run here, or it has no server. */
  | 'run_unknown'
  /** It is not the one that the newest server of the run was told. */
  | 'token_wrong'
  /** It is not of the newest server of the run. */
  | 'session_wrong'
  /** The secret is right, and comes from elsewhere: a proxy that is not trusted, or somebody who read the secret. */
  | 'address_wrong'
  /** Somebody has the order already. Twice the right token is a reason to look who had it first. */
  | 'token_used'
  | 'too_late'
  /** The run has ended, or is not where its server has work. */
  | 'run_elsewhere'
  | 'report_of_other'
  | 'samples_spent';

/** What a server may ask again after an answer that was lost. Longer than any caller waits for one. */
export const ASK_AGAIN_MS = 120_000;

/** Addresses of machines, which the log may say. What is public may be the address of a person. */
const PRIVATE = [
  ...['10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::1', 'fc00::/7', 'fe80::/10'],
];

export const refusal = (
  why: AgentRefusal,
  { run, address }: { readonly run?: Id; readonly address: string },
): Fault =>
  fault('BACKUP_AGENT_REFUSED', {
    details: {
      why,
      ...(run !== undefined && { run }),
      from: isAmong(address, PRIVATE) ? (plainAddress(address) ?? '') : 'a public address',
    },
  });

/** A call, with what it carries as sums. */
export interface SummedCall {
  /** SHA-256 of its token or session, as hex. */
  readonly secretSum: string;
  readonly address: string;
  readonly now: number;
}

export interface SummedOpening extends SummedCall {
  readonly bySum: string;
  /** Of the session that it gets. */
  readonly sessionSum: string;
}

export interface AnsweredOpening extends SummedOpening {
  /** What it gets and keeps after its time. */
  readonly lasting: readonly RunRepository[];
}

const isSame = (a: string, b: string): boolean => sameDigest(fromHex(a), fromHex(b));

const isFrom = ({ addresses, used }: BackupServer, address: string): boolean => {
  if (addresses) return isAmong(address, addresses);
  // The fleet has not said yet, so it is who came first.
  return used === undefined || plainAddress(address) === used.address;
};

/** Whether a caller gets the order, by what is known of the server at this moment. */
export const openingRefusal = (
  server: BackupServer,
  { secretSum, bySum, address, now }: SummedOpening,
): AgentRefusal | undefined => {
  if (!isSame(server.tokenSum, secretSum)) return 'token_wrong';
  if (plainAddress(address) === undefined || !isFrom(server, address)) return 'address_wrong';
  if (now >= server.expiresAt) return 'too_late';
  const { used, report } = server;
  if (!used) return undefined;
  const isAgain =
    isSame(used.by, bySum) &&
    used.address === plainAddress(address) &&
    now - used.at < ASK_AGAIN_MS &&
    report === undefined;
  return isAgain ? undefined : 'token_used';
};

/** The server has its order now. A session that it had before is over. */
export const withSession = (
  server: BackupServer,
  { bySum, sessionSum, address, now, lasting }: AnsweredOpening,
): BackupServer => ({
  ...server,
  heardAt: now,
  used: {
    ...{ by: bySum, sessionSum, address: plainAddress(address) ?? '' },
    // Of the first time: who asks again and again gets no more time by it.
    at: server.used?.at ?? now,
    ...(lasting.length > 0 && { lasting }),
  },
});

/** Whether a caller is the server that has the order. */
export const sessionRefusal = (
  server: BackupServer,
  { secretSum, address, now }: SummedCall,
): AgentRefusal | undefined => {
  if (!server.used || !isSame(server.used.sessionSum, secretSum)) return 'session_wrong';
  if (!isFrom(server, address)) return 'address_wrong';
  return now >= server.expiresAt + LATE_MS ? 'too_late' : undefined;
};

/** So long a server still hears that its time is over. Then nobody who has its session is heard. */
const LATE_MS = 3600_000;

/** A server that replaces another has its name, and another order. */
export const isOfServer = (
  report: Pick<AgentReport, 'order' | 'server'>,
  { name, expiresAt }: Pick<BackupServer, 'expiresAt' | 'name'>,
): boolean => report.server === name && report.order === expiresAt;

/** Reports may be lost, come twice or come late; the highest number knows everything. */
export const withReport = (
  server: BackupServer,
  report: AgentReport,
  now: number,
): BackupServer => {
  const isNew = isOfServer(report, server) && report.number > (server.report?.number ?? 0);
  return isNew ? { ...server, report, heardAt: now } : server;
};

const isPast = (step: RunStep, mark: RunStep): boolean =>
  runSteps.indexOf(step) > runSteps.indexOf(mark);

/** Whether this is the server that the run works on, with the copies that it was ordered for. */
export const isCurrent = (run: BackupRun, server: BackupServer, now: number): boolean =>
  !hasEnded(run) &&
  run.error === undefined &&
  run.worksOn === 'server' &&
  // A server that replaces another has its name; when its time ends tells them apart.
  run.server?.name === server.name &&
  run.server.expiresAt === server.expiresAt &&
  run.server.state !== 'gone' &&
  server.copy === copyOf(run) &&
  now < server.expiresAt &&
  !isPast(run.step, 'drill');

/** Saving and checking need nobody's leave. A drill waits for what the run does between, where it lives. */
export const answerTo = (run: BackupRun, server: BackupServer, now: number): AgentAnswer => {
  if (!isCurrent(run, server, now)) return { next: 'leave' };
  switch (run.step) {
    case 'boot':
    case 'save':
    case 'check':
      return { next: 'work', upTo: 'check' };
    case 'drill':
      return { next: 'work', upTo: 'drill' };
    default:
      return { next: 'wait' };
  }
};
