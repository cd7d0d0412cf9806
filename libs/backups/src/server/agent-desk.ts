import { fault, isId, Recent, toHex, utf8, type Fault } from '#libs/kernel';

import {
  agentSteps,
  type AgentCall,
  type AgentOrder,
  type AgentStep,
} from '../agent/agent-order.js';
import { lastingRepositories } from '../agent/lasting-repositories.js';
import type { BackupsParts } from '../backups-parts.js';
import type { BackupRun } from '../run/backup-run.js';
import { readRun } from '../run/run-documents.js';
import { isDrillDue } from '../run/steps/drill-run.js';
import type { AgentOpening, Backups } from '../run/use-cases.js';
import {
  answerTo,
  isCurrent,
  isOfServer,
  openingRefusal,
  refusal,
  sessionRefusal,
  withReport,
  withSession,
  type AgentRefusal,
  type SummedCall,
} from './agent-rules.js';
import type { BackupServer } from './backup-server.js';
import { changeServer, readServerOf } from './server-documents.js';
import type { ServersParts } from './servers-parts.js';
import { WrongCalls } from './wrong-calls.js';

/** Far more than a drill restores streams; who asks more often asks for something else. */
const MOST_SAMPLES = 20;
/** What is kept is one document with a limit. A server shortens its lists, as a run does. */
const MOST_REPORT_BYTES = 256 * 1024;
const COUNTED_SESSIONS = 100;

/** A run with its server, for a caller who is who it says. */
interface CalledRun {
  readonly run: BackupRun;
  readonly server: BackupServer;
  readonly called: SummedCall;
}

/** Where the server of a run calls. What it carries is kept nowhere but as sums. */
export const agentDesk = (
  parts: BackupsParts,
): Pick<Backups, 'exported' | 'hear' | 'opens' | 'order'> => {
  const desk = new AgentDesk(parts);
  return {
    order: (opening) => desk.order(opening),
    hear: (call, report) => desk.hear(call, report),
    exported: (call, source) => desk.exported(call, source),
    opens: (call, sample) => desk.opens(call, sample),
  };
};

class AgentDesk {
  readonly #wrong: WrongCalls;
  readonly #samples = new Recent<number>(COUNTED_SESSIONS);

  constructor(private readonly parts: BackupsParts) {
    this.#wrong = new WrongCalls(parts.clock);
  }

  async order(opening: AgentOpening): Promise<AgentOrder> {
    const { parts } = this;
    const servers = this.#servers(opening);
    const session = servers.secret();
    const [bySum, sessionSum] = await Promise.all([this.#sum(opening.by), this.#sum(session)]);
    const judge = (server: BackupServer, called: SummedCall): AgentRefusal | undefined =>
      openingRefusal(server, { ...called, bySum, sessionSum });
    const { run, server, called } = await this.#called(opening, judge);
    if (!isCurrent(run, server, called.now)) throw refusal('run_elsewhere', whoIs(opening));
    // Lent before the token counts as used: where nothing can be lent now, it may ask again for as long as it lives.
    const repositories = await servers.lend({ id: run.id, kind: run.kind }, server.expiresAt);
    const lasting = lastingRepositories(repositories);
    await changeServer(parts, run.id, (now) => {
      const why = judge(now, called);
      if (why) throw refusal(why, whoIs(opening));
      return withSession(now, { ...called, bySum, sessionSum, lasting });
    });
    return {
      ...{ run: ordered(run), host: parts.host, steps: await this.#stepsOf(run) },
      ...{ repositories, session, now: parts.clock.now(), expiresAt: server.expiresAt },
    };
  }

  hear: Backups['hear'] = async (call, report) => {
    const { run, server, called } = await this.#called(call, sessionRefusal);
    if (report.run !== call.run || !isOfServer(report, server))
      throw refusal('report_of_other', whoIs(call));
    if (utf8(JSON.stringify(report)).length > MOST_REPORT_BYTES)
      throw fault('API_REQUEST_INVALID', { details: { part: 'body', problem: 'too_big' } });
    const kept = await changeServer(this.parts, run.id, (now) => {
      const why = sessionRefusal(now, called);
      if (why) throw refusal(why, whoIs(call));
      return withReport(now, report, called.now);
    });
    return answerTo(run, kept ?? server, called.now);
  };

  exported: Backups['exported'] = async (call, source) => {
    const { run, server, called } = await this.#called(call, sessionRefusal);
    const elsewhere = (): Fault =>
      fault('BACKUP_EXPORT_ELSEWHERE', { details: { run: run.id, step: run.step } });
    const isDue = run.step === 'boot' || run.step === 'save';
    if (!isDue || !isCurrent(run, server, called.now)) throw elsewhere();
    const found = run.sources.find(({ name }) => name === source);
    if (!found) throw fault('API_NOT_FOUND', { details: { run: run.id } });
    const { paths, manifest, snapshot } = found;
    const isHere = (await this.parts.scratch.leftovers()).includes(run.id);
    // Of what is saved, the paths are those of a server. Nobody fetches it again.
    if (!paths || !manifest || !isHere || snapshot !== undefined) throw elsewhere();
    return { paths, takenAt: manifest.takenAt };
  };

  opens: Backups['opens'] = async (call, sample) => {
    const servers = this.#servers(call);
    const { run, server, called } = await this.#called(call, sessionRefusal);
    if (run.step !== 'drill' || !isCurrent(run, server, called.now))
      throw refusal('run_elsewhere', whoIs(call));
    const asked = this.#samples.get(called.secretSum) ?? 0;
    if (asked >= MOST_SAMPLES) throw refusal('samples_spent', whoIs(call));
    this.#samples.set(called.secretSum, asked + 1);
    return servers.opens(sample);
  };

  #servers(call: AgentCall): ServersParts {
    if (this.parts.servers) return this.parts.servers;
    throw refusal('run_unknown', whoIs(call));
  }

  /** Everybody else hears the same, and not what was wrong. */
  async #called(
    call: AgentCall,
    judge: (server: BackupServer, called: SummedCall) => AgentRefusal | undefined,
  ): Promise<CalledRun> {
    const wait = this.#wrong.waitOf(call);
    if (wait !== undefined) throw fault('BACKUP_AGENT_THROTTLED', { retryAfterMs: wait });
    const refuse = (why: AgentRefusal): Fault => {
      this.#wrong.add(call);
      return refusal(why, whoIs(call));
    };
    if (!isId(call.run)) throw refuse('run_unknown');
    const [stored, { server }, secretSum] = await Promise.all([
      readRun(this.parts, call.run),
      readServerOf(this.parts, call.run),
      this.#sum(call.secret),
    ]);
    if (!stored || !server) throw refuse('run_unknown');
    const called = { secretSum, address: call.address, now: this.parts.clock.now() };
    const why = judge(server, called);
    if (why) throw refuse(why);
    return { run: stored.run, server, called };
  }

  /** What is left of it is decided by the run alone: its holder decides the same later. */
  async #stepsOf(run: BackupRun): Promise<readonly AgentStep[]> {
    const isDue = await isDrillDue({ parts: this.parts, run: () => run });
    // A server in the place of a lost one need not read back again what that one did.
    const left = agentSteps.filter((step) => !run.steps.some((ended) => ended.step === step));
    return left.filter((step) => (step === 'drill' ? isDue : run.kind !== 'drill'));
  }

  async #sum(text: string): Promise<string> {
    const [digest = new Uint8Array()] = await this.parts.hash([utf8(text)]);
    return toHex(digest);
  }
}

const whoIs = ({ run, address }: AgentCall) => ({ ...(isId(run) && { run }), address });

const ordered = ({
  id,
  kind,
  sources,
  requestedAt,
  checkPart,
  drillOf,
}: BackupRun): AgentOrder['run'] => ({
  ...{ id, kind, sources, requestedAt },
  ...(checkPart !== undefined && { checkPart }),
  ...(drillOf !== undefined && { drillOf }),
});
