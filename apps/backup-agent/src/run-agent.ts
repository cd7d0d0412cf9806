import { spawn } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { setTimeout as timeout } from 'node:timers/promises';

import { workAsAgent, type AgentEnd, type AgentOrder, type AgentReport } from '#libs/backups';
import { asFault, Secret } from '#libs/kernel';
import { openAgent, type AgentOptions, type readAgentStart } from '#libs/platform/local';

import { askOrder } from './ask-order.js';
import type { DeadMan } from './dead-man.js';
import { Home } from './home.js';
import type { AgentLog } from './log.js';
import { pullCopy } from './pull-copy.js';

export type StartedAgent = ReturnType<typeof readAgentStart>;

export interface AgentRun {
  readonly start: StartedAgent;
  readonly startFile: string;
  readonly programs: Pick<AgentOptions, 'mongod' | 'program' | 'restic'>;
  readonly dead: DeadMan;
  readonly log: AgentLog;
  /** Aborted: this program must end. */
  readonly signal: AbortSignal;
}

/** After its deadline, so long it may still take its things away. */
const GRACE_MS = 30_000;

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  timeout(ms, undefined, { signal }).catch(() => undefined);
const monotonic = (): number => performance.now();

/** From the start file to the last word. Nothing of the work is left on the disk. */
export const runAgent = async (agent: AgentRun): Promise<AgentEnd | 'refused'> => {
  const { log, signal, start, startFile } = agent;
  const home = new Home(start.url, start.run);
  try {
    const inTime = AbortSignal.timeout(start.lifeSeconds * 1000);
    const order = await askOrder({
      ...{ home, token: start.token, monotonic, sleep },
      signal: AbortSignal.any([signal, inTime]),
    });
    // Its token is used: nobody can do anything with what is in it.
    await rm(startFile, { force: true });
    agent.dead.again(Math.max(0, order.expiresAt - order.now) + GRACE_MS);
    log.say('agent.ordered', { kind: order.run.kind, steps: order.steps.join(' ') });
    return await worked(agent, home, order);
  } catch (thrown) {
    if (signal.aborted) return 'stopped';
    log.failed('agent.failed', asFault(thrown).code);
    return 'refused';
  } finally {
    await rm(start.folder, { recursive: true, force: true }).catch(() => undefined);
  }
};

const worked = async (
  { log, programs, signal, start }: AgentRun,
  home: Home,
  order: AgentOrder,
): Promise<AgentEnd> => {
  const session = new Secret(order.session);
  const said = sayer(log);
  const opened = await openAgent({
    ...{ ...programs, order, folder: start.folder },
    opens: (sample, watch) => home.opens(session, sample, watch),
  });
  return workAsAgent(
    {
      ...{ ...opened, monotonic, sleep },
      pull: (copy, watch) => pullCopy(home, session, copy, watch),
      send: (report, watch) => {
        said(report);
        return home.report(session, report, watch);
      },
    },
    { order, server: start.name, signal },
  );
};

/** What changed, once. */
const sayer = (log: AgentLog): ((report: AgentReport) => void) => {
  let doing = '';
  let failed = false;
  return (report) => {
    if (report.doing !== doing) log.say('agent.does', { doing: report.doing });
    doing = report.doing;
    if (report.error && !failed)
      log.failed(`agent.failed_at_${report.error.at}`, report.error.code);
    failed = report.error !== undefined;
  };
};

/** The machine goes off. Who cannot do that leaves it to the timer of the system. */
export const powerOff = (words: readonly string[] | undefined): Promise<void> =>
  new Promise((resolve) => {
    const [program, ...rest] = words ?? [];
    if (program === undefined) return resolve();
    spawn(program, rest, { detached: true, stdio: 'ignore' })
      .once('spawn', () => resolve())
      .once('error', () => resolve())
      .unref();
  });
