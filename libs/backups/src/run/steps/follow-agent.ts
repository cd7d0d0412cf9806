import { fault, type Code } from '#libs/kernel';
import type { FleetServer } from '#libs/ports/server-fleet';

import type { AgentStep } from '../../agent/agent-order.js';
import type { AgentReport } from '../../agent/agent-report.js';
import { lastingWarnings } from '../../agent/lasting-repositories.js';
import { isOfServer } from '../../server/agent-rules.js';
import type { BackupServer } from '../../server/backup-server.js';
import { notedByAgent } from '../../server/noted-by-agent.js';
import { removeServer, serversOf } from '../../server/removed-server.js';
import { changeServer, readServerOf } from '../../server/server-documents.js';
import type { RunServer } from '../backup-run.js';
import {
  DAY_MS,
  done,
  MINUTE_MS,
  type RunWork,
  type StepEnd,
  type StepOfRun,
} from '../run-work.js';
import { isDrillDue, judgeProved } from './drill-run.js';

const LOOKED_EVERY_MS = 2_000;
/** So long after its start a server has called, or it never will. */
const CALLS_WITHIN_MS = 10 * MINUTE_MS;
/** A server calls three times a minute. Who follows gives it as much time, for they may have been away themselves. */
const QUIET_MS = 2 * MINUTE_MS;
/** Of whom nothing is heard, the fleet is asked, and the place where a report may lie. */
const ASKED_EVERY_MS = MINUTE_MS;
/** Longer than any server may live: its own time ends the step. */
const LIMIT_MS = 3 * DAY_MS;

/** What a server of the run does at this step, noted here as if it was done here. */
export const followAgent = (step: AgentStep): StepOfRun => ({
  limitMs: LIMIT_MS,
  work: async (work) => {
    if (step === 'drill' && !(await isDrillDue(work))) return done;
    return new FollowedAgent(work, step).end();
  },
});

class FollowedAgent {
  readonly #beganAt: number;
  #askedAt = -Infinity;
  #toldNumber = 0;

  constructor(
    private readonly work: RunWork,
    private readonly step: AgentStep,
  ) {
    this.#beganAt = this.#now();
  }

  async end(): Promise<StepEnd> {
    const { parts, signal } = this.work;
    for (;;) {
      const end = await this.#look();
      if (end) return end;
      await parts.sleep(LOOKED_EVERY_MS, signal);
      signal.throwIfAborted();
    }
  }

  #now(): number {
    return this.work.parts.clock.now();
  }

  async #look(): Promise<StepEnd | undefined> {
    const { parts, run } = this.work;
    const { server } = run();
    const { server: read } = await readServerOf(parts, run().id);
    const told = read?.expiresAt === server?.expiresAt ? read : undefined;
    if (!server || server.state === 'gone') return this.#gone(server, told);
    await this.#hears(server, told);
    const end = told?.report && (await this.#endIn(told.report));
    if (end) return end;
    if (this.#now() >= server.expiresAt) throw fault('BACKUP_SERVER_OVERDUE');
    if (!told?.used) return this.#isSilent(server) ? this.#lost('BACKUP_SERVER_SILENT') : undefined;
    // It went before anybody asked it for this step.
    if (told.report?.doing === 'done') return this.#lost('BACKUP_SERVER_LOST');
    const heardAt = Math.max(told.heardAt ?? 0, told.used.at);
    return this.#now() - heardAt >= QUIET_MS ? this.#ask(server, told) : undefined;
  }

  /** Somebody lost it, and died before another one was ordered; or it was done, and went early with its work noted. */
  async #gone(server: RunServer | undefined, told: BackupServer | undefined): Promise<StepEnd> {
    const said = told?.report && (await this.#endIn(told.report));
    if (said) return said;
    const left = server && told && (await this.#left(server, told, true));
    return (left && (await this.#endIn(left))) ?? this.#back('BACKUP_SERVER_LOST');
  }

  async #hears(server: RunServer, told: BackupServer | undefined): Promise<void> {
    const { note, progress } = this.work;
    if (told?.used && server.state !== 'heard')
      await note({
        server: { ...server, state: 'heard', heardAt: told.used.at },
        warnings: lastingWarnings(told.used.lasting ?? []),
      });
    const { report } = told ?? {};
    if (!report?.progress || report.number === this.#toldNumber) return;
    this.#toldNumber = report.number;
    progress(report.progress);
  }

  /** Nobody could hear it while nobody was there. */
  #isSilent({ madeAt = 0 }: RunServer): boolean {
    const now = this.#now();
    return now - madeAt >= CALLS_WITHIN_MS && now - this.#beganAt >= QUIET_MS;
  }

  async #endIn(report: AgentReport): Promise<StepEnd | undefined> {
    const { work, step } = this;
    const ended = report.ended.find((one) => one.step === step);
    if (ended) {
      await work.note(notedByAgent(work.run(), step, ended.note));
      return this.#ended();
    }
    const { error } = report;
    if (!error) return undefined;
    // The process that exported is gone, and its copies with it.
    if (error.code === 'BACKUP_EXPORT_ELSEWHERE') return this.#lost(error.code);
    if (error.note && error.at === step)
      await work.note(notedByAgent(work.run(), step, error.note));
    return { is: 'failed', code: error.code };
  }

  async #ended(): Promise<StepEnd> {
    if (this.step === 'drill') return judgeProved(this.work);
    if (this.step === 'save' && this.#unsaved()) return { is: 'failed', code: 'DEFECT_UNKNOWN' };
    return done;
  }

  #unsaved(): boolean {
    return this.work.run().sources.some(({ snapshot }) => snapshot === undefined);
  }

  /** Nothing is heard of it: it may be off, or gone, or go on where nobody hears it. */
  async #ask(server: RunServer, told: BackupServer): Promise<StepEnd | undefined> {
    if (this.#now() - this.#askedAt < ASKED_EVERY_MS) return undefined;
    this.#askedAt = this.#now();
    const isOff = await this.#isOff(server);
    const left = await this.#left(server, told, isOff);
    const end = left && (await this.#endIn(left));
    if (end) return end;
    return isOff ? this.#lost('BACKUP_SERVER_LOST') : undefined;
  }

  /** A fleet that does not answer says nothing about it. */
  async #isOff(server: RunServer): Promise<boolean> {
    const { signal } = this.work;
    let found: FleetServer | undefined;
    try {
      found = await serversOf(this.work).fleet.find(server.name, { signal });
    } catch {
      signal.throwIfAborted();
      return false;
    }
    return found?.id !== server.id || found?.status === 'off' || found?.status === 'leaving';
  }

  /** What it left where the backups are. It may be of a server before this one, or older than what was heard. */
  async #left(
    server: RunServer,
    told: BackupServer,
    isOff: boolean,
  ): Promise<AgentReport | undefined> {
    const { work } = this;
    const { parts, signal, run } = work;
    let left: AgentReport | undefined;
    try {
      left = await serversOf(work).leftReport(run().id, { signal });
    } catch (thrown) {
      signal.throwIfAborted();
      // As long as it runs there is time to look again.
      if (isOff) throw thrown;
    }
    const known = told.report?.number ?? 0;
    if (!left || !isOfServer(left, server) || left.number <= known) return undefined;
    const report = left;
    await changeServer(parts, run().id, (now) =>
      now.expiresAt === server.expiresAt && (now.report?.number ?? 0) < report.number
        ? { ...now, report, hasLeft: true }
        : now,
    );
    return report;
  }

  async #lost(code: Code): Promise<StepEnd> {
    await removeServer(this.work);
    return this.#back(code);
  }

  async #back(code: Code): Promise<StepEnd> {
    return { is: 'undone', to: (await this.#needsCopies(code)) ? 'export' : 'boot', code };
  }

  /** What is saved needs no copy. Who cannot make one leaves it to the next server, which says where it is missing. */
  async #needsCopies(code: Code): Promise<boolean> {
    const { parts, run } = this.work;
    if (run().kind === 'drill' || !this.#unsaved()) return false;
    if (code === 'BACKUP_EXPORT_ELSEWHERE') return true;
    if (parts.can && !parts.can.has('export')) return false;
    return !(await parts.scratch.leftovers()).includes(run().id);
  }
}
