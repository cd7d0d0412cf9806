import { fault, type Fault } from '#libs/kernel';
import { MemoryDisk, MemoryRepository, MemoryScratch, MemorySource } from '#libs/testing';

import type { AgentAnswer, AgentOrder } from '../src/agent/agent-order.js';
import type { AgentEnd, AgentParts } from '../src/agent/agent-parts.js';
import type { AgentReport } from '../src/agent/agent-report.js';
import { workAsAgent } from '../src/agent/work-as-agent.js';
import type { RunSource } from '../src/run/backup-run.js';

interface AgentSleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Stands still while anything can happen, then jumps to the next sleeper. */
class JumpingTime {
  #now = 0;
  #sleepers: AgentSleeper[] = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper: AgentSleeper = {
        at: this.#now + Math.max(0, ms),
        wake: () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake);
    });
  }

  async until<T>(work: Promise<T>): Promise<T> {
    let isOver = false;
    const over = work.finally(() => (isOver = true));
    over.catch(() => undefined);
    for (;;) {
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      if (isOver) return over;
      const next = this.#sleepers.toSorted((a, b) => a.at - b.at)[0];
      if (!next) throw new Error('Nothing will ever happen again.');
      this.#now = Math.max(this.#now, next.at);
      next.wake();
    }
  }
}

export const HOUR_MS = 3_600_000;
const RUN = 'a-run';
const NOW = 1_800_000_000_000;

/** What becomes of one report: it arrives and is answered, it never arrives, or only its answer is lost. */
export type ReportFate = 'arrives' | 'is_lost' | 'answer_is_lost' | 'comes_late' | 'comes_twice';

/** A server with everything in memory, and a home that it calls. */
export class AgentWorld {
  readonly time = new JumpingTime();
  readonly disk = new MemoryDisk();
  readonly scratch = new MemoryScratch({ disk: this.disk });
  readonly stop = new AbortController();
  readonly #clock = { now: () => NOW + this.time.now() };
  readonly data = new MemoryRepository({ disk: this.disk, clock: this.#clock });
  readonly keys = new MemoryRepository({ disk: this.disk, clock: this.#clock, password: 'keys' });
  readonly sources = (['innkeeper', 'keys'] as const).map(
    (kind) => new MemorySource({ name: kind, kind, disk: this.disk, clock: this.#clock }),
  );
  /** As a follower keeps it: the highest number that it has heard. */
  heard: AgentReport | undefined;
  readonly sent: { readonly at: number; readonly report: AgentReport }[] = [];
  readonly left: AgentReport[] = [];
  readonly pulled: string[] = [];
  pullTroubles: Fault[] = [];
  pullMs = 30_000;
  proofMs = 60_000;
  mayLeave = true;
  /** What home says to a report; a thrown fault is what the way home does. */
  answer: (report: AgentReport) => AgentAnswer = () => ({ next: 'work', upTo: 'drill' });
  fate: (call: number) => ReportFate = () => 'arrives';

  async order(lifeMs = 6 * HOUR_MS, steps: AgentOrder['steps'] = ['save', 'check', 'drill']) {
    const { signal } = this.stop;
    for (const repository of [this.data, this.keys]) await repository.prepare({ signal });
    const sources: RunSource[] = [];
    for (const source of this.sources) {
      const { name } = source;
      const { manifest, paths } = await source.export(`/home/exports/${name}`, { signal });
      sources.push({
        ...{ name, kind: source.kind, repository: name === 'keys' ? 'keys' : 'data' },
        ...{ manifest, paths, files: manifest.files, bytes: manifest.bytes, addedBytes: 0 },
      });
    }
    const lent = { repository: 's3:https://bucket', password: 'lent' };
    const run = { id: RUN, kind: 'manual', sources, requestedAt: NOW - 60_000 } as const;
    const now = NOW;
    const order: AgentOrder = {
      ...{ run, steps, now, host: 'innkeeper-test', session: 'session' },
      ...{ repositories: { data: lent, keys: lent }, expiresAt: now + lifeMs },
    };
    return order;
  }

  /** Works from the order to the end; waiting takes no time. */
  async work(order?: AgentOrder): Promise<AgentEnd> {
    const task = {
      order: order ?? (await this.order()),
      server: 'server',
      signal: this.stop.signal,
    };
    return this.time.until(workAsAgent(this.parts(), task));
  }

  parts(): AgentParts {
    return {
      ...{ scratch: this.scratch, sources: this.sources, host: 'innkeeper-test' },
      repositories: { data: { writer: this.data }, keys: { writer: this.keys } },
      monotonic: () => this.time.now(),
      sleep: (ms, signal) => this.time.sleep(ms, signal),
      pull: (order, watch) => this.#pull(order, watch),
      send: (report, { signal }) => this.#send(report, signal),
      leave: async (report) => {
        if (!this.mayLeave) throw fault('BACKUP_REPOSITORY_UNREACHABLE');
        this.left.push(report);
      },
      proveRestored: async (_restored, { signal }) => {
        await this.time.sleep(this.proofMs, signal);
        signal.throwIfAborted();
        return { started: true, chain: 'whole', position: 1, hash: '', opened: 'yes' };
      },
    };
  }

  /** What anybody knows at the end: what was heard, or else what lies where the backups are. */
  get known(): AgentReport | undefined {
    return [this.heard, this.left.at(-1)]
      .filter((report) => report !== undefined)
      .toSorted((a, b) => b.number - a.number)[0];
  }

  async #pull(
    { source, into }: Parameters<AgentParts['pull']>[0],
    { signal, onProgress }: Parameters<AgentParts['pull']>[1],
  ): Promise<readonly string[]> {
    this.pulled.push(source.name);
    await this.time.sleep(this.pullMs / 2, signal);
    signal.throwIfAborted();
    const trouble = this.pullTroubles.shift();
    if (trouble) throw trouble;
    onProgress({ filesDone: 1, bytesDone: 1 });
    const [from = ''] = source.paths ?? [];
    for (const file of this.disk.under(from))
      this.disk.write(into + file.slice(from.length), this.disk.read(file) ?? '');
    await this.time.sleep(this.pullMs / 2, signal);
    signal.throwIfAborted();
    return [into];
  }

  async #send(report: AgentReport, signal: AbortSignal): Promise<AgentAnswer> {
    const fate = this.fate(this.sent.length);
    this.sent.push({ at: this.time.now(), report });
    const hear = (): AgentAnswer => {
      const answer = this.answer(report);
      if (report.number > (this.heard?.number ?? 0)) this.heard = report;
      return answer;
    };
    if (fate === 'is_lost') throw fault('BACKUP_DESK_UNREACHABLE');
    if (fate === 'comes_late') {
      // Overtaken by later ones, and nobody waits for its answer any more.
      void this.time.sleep(40_000, new AbortController().signal).then(hear);
      await this.time.sleep(60_000, signal);
      throw fault('BACKUP_DESK_UNREACHABLE');
    }
    const answer = hear();
    if (fate === 'comes_twice') hear();
    if (fate === 'answer_is_lost') throw fault('BACKUP_DESK_UNREACHABLE');
    return answer;
  }
}
