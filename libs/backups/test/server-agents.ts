import { fault, toHex, utf8, type Code } from '#libs/kernel';
import { MemoryDisk, MemoryScratch, MemorySource, type MemoryMachine } from '#libs/testing';

import type { AgentAnswer, AgentOrder } from '../src/agent/agent-order.js';
import type { AgentReport } from '../src/agent/agent-report.js';
import { workAsAgent } from '../src/agent/work-as-agent.js';
import type { BackupsParts } from '../src/backups-parts.js';
import {
  hasEnded,
  type BackupRun,
  type RunProgress,
  type RunRepository,
} from '../src/run/backup-run.js';
import { readRun } from '../src/run/run-documents.js';
import { changeServer } from '../src/server/server-documents.js';
import type { BackupsWorld } from './backups-world.js';

/**
 * How the agent of a machine behaves. `silent`: it never starts. `deaf`: nobody hears it after it was ordered, and it leaves
 * its report. `late`: it reaches nobody for twenty minutes and a half. `dead`: its machine ends when it was ordered. `stuck`: it goes on saying that it fetches.
 */
export type AgentHabit = 'working' | 'silent' | 'late' | 'deaf' | 'dead' | 'stuck' | Code;

interface AgentsHome {
  readonly base: BackupsWorld;
  readonly parts: BackupsParts;
  readonly end: (name: string) => void;
}

/** What machines of the fleet do, with a desk of a few lines: the real agent, and others that fail in one way. */
export class ServerAgents {
  /** Of the first machine, the second one and so on; more of them work. */
  habits: AgentHabit[] = [];
  /** Of one that is stuck. */
  progress: RunProgress | undefined;
  /** Whose credentials the desk lends for good. */
  lasting: readonly RunRepository[] = [];
  /** What arrives of what it says: somebody who took it over may say something else. */
  arrives: (report: AgentReport) => AgentReport = (report) => report;
  readonly left = new Map<string, AgentReport>();
  /** Runs that had a report taken away. */
  readonly forgotten: string[] = [];
  /** Tokens that were taken, by machine. */
  readonly taken: string[] = [];
  readonly refused: string[] = [];
  readonly #gone = new Map<string, AbortController>();
  #booted = 0;

  constructor(private readonly home: () => AgentsHome) {}

  boot(machine: MemoryMachine): void {
    const habit = this.habits[this.#booted] ?? 'working';
    this.#booted += 1;
    const gone = new AbortController();
    this.#gone.set(machine.id, gone);
    if (habit === 'silent') return;
    void this.#live(machine, habit, gone.signal).catch(() => undefined);
  }

  gone(machine: MemoryMachine): void {
    this.#gone.get(machine.id)?.abort();
  }

  async #live(
    machine: MemoryMachine,
    habit: Exclude<AgentHabit, 'silent'>,
    signal: AbortSignal,
  ): Promise<void> {
    const { parts, end } = this.home();
    if (habit === 'late') await parts.sleep(20.5 * 60_000, signal);
    const order = await this.#order(machine, signal);
    if (habit === 'dead') return end(machine.name);
    const says = (report: Omit<AgentReport, 'order' | 'run' | 'server'>) =>
      this.#hear(machine, {
        ...{ run: order.run.id, server: machine.name, order: order.expiresAt },
        ...report,
      });
    if (habit === 'stuck')
      for (let number = 1; !signal.aborted; number++) {
        await says({
          ...{ number, doing: 'pull', ended: [] },
          ...(this.progress && { progress: this.progress }),
        });
        await parts.sleep(20_000, signal);
      }
    else if (habit === 'working' || habit === 'late' || habit === 'deaf')
      await this.#work(machine, order, habit === 'deaf', signal);
    else await says({ number: 1, doing: 'done', ended: [], error: { at: 'save', code: habit } });
    if (!signal.aborted) end(machine.name);
  }

  async #order(machine: MemoryMachine, signal: AbortSignal): Promise<AgentOrder> {
    const { parts } = this.home();
    const { run: id, token } = JSON.parse(machine.userData) as { run: string; token: string };
    const [digest = new Uint8Array()] = await parts.hash([utf8(token)]);
    const now = parts.clock.now();
    const { lasting } = this;
    const used = { by: machine.id, address: '', sessionSum: '', at: now, lasting };
    const told = await changeServer(parts, id, (server) => {
      signal.throwIfAborted();
      const isIts = server.tokenSum === toHex(digest) && server.used === undefined;
      return isIts ? { ...server, used } : server;
    });
    if (told?.used?.by !== machine.id) {
      this.refused.push(machine.id);
      throw fault('BACKUP_AGENT_REFUSED');
    }
    this.taken.push(machine.id);
    const stored = await readRun(parts, id);
    if (!stored) throw fault('BACKUP_NOT_FOUND');
    const lent = { repository: '/', password: '' };
    return {
      ...{ run: stored.run, host: parts.host, session: '', now, expiresAt: told.expiresAt },
      steps: stored.run.kind === 'drill' ? ['drill'] : ['save', 'check', 'drill'],
      repositories: { data: lent, keys: lent },
    };
  }

  async #work(
    machine: MemoryMachine,
    order: AgentOrder,
    isDeaf: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { base, parts } = this.home();
    const disk = new MemoryDisk();
    const { clock } = parts;
    const unheard = fault('BACKUP_DESK_UNREACHABLE');
    await workAsAgent(
      {
        host: order.host,
        scratch: new MemoryScratch({ disk }),
        proveRestored: parts.proveRestored,
        repositories: {
          data: { writer: base.data.beside({ disk }) },
          keys: { writer: base.keys.beside({ disk }) },
        },
        sources: (['innkeeper', 'keys'] as const).map(
          (kind) => new MemorySource({ name: kind, kind, disk, clock }),
        ),
        monotonic: () => clock.now(),
        sleep: parts.sleep,
        pull: async ({ source: { name, paths = [] }, into }) => {
          const [from = ''] = paths;
          const files = base.disk.under(from);
          if (files.length === 0)
            throw fault('BACKUP_EXPORT_ELSEWHERE', { details: { source: name } });
          for (const file of files)
            disk.write(`${into}${file.slice(from.length)}`, base.disk.read(file) ?? '');
          return [into];
        },
        send: (report) => (isDeaf ? Promise.reject(unheard) : this.#hear(machine, report)),
        leave: async (report) => void this.left.set(report.run, report),
      },
      { order, server: machine.name, signal },
    );
  }

  async #hear(machine: MemoryMachine, said: AgentReport): Promise<AgentAnswer> {
    const { parts } = this.home();
    const report = this.arrives(said);
    const heardAt = parts.clock.now();
    await changeServer(parts, report.run, (server) =>
      server.used?.by === machine.id && report.number > (server.report?.number ?? 0)
        ? { ...server, report, heardAt }
        : server,
    );
    return answerTo((await readRun(parts, report.run))?.run);
  }
}

const answerTo = (run: BackupRun | undefined): AgentAnswer => {
  if (!run || hasEnded(run) || ['destroy', 'clean', 'close'].includes(run.step))
    return { next: 'leave' };
  if (run.step === 'drill') return { next: 'work', upTo: 'drill' };
  return { next: run.step === 'preview' || run.step === 'forget' ? 'wait' : 'work', upTo: 'check' };
};
