import { randomId, Secret } from '#libs/kernel';
import { MemoryFleet } from '#libs/testing';

import type { BackupsParts } from '../src/backups-parts.js';
import { composeBackups } from '../src/compose.js';
import { hasEnded, type BackupRun, type RunKind } from '../src/run/backup-run.js';
import type { ServersParts } from '../src/server/servers-parts.js';
import { BackupsWorld } from './backups-world.js';
import { ServerAgents } from './server-agents.js';

const LOOKS_EVERY_MS = 10_000;
/** Longer than any run with two servers. */
const ENDS_WITHIN_MS = 30 * 3600_000;
const PORTS = ['documents', 'fleet'] as const;

/** Where a process dies: at which of its calls, and whether that call was still made. */
export interface Death {
  readonly call: number;
  readonly isDone: boolean;
}

/** A process that looks for runs. From its death on none of its calls answers, and nothing wakes it. */
class Worker {
  /** Each call that it made, and at which step it knew the run to be. */
  readonly calls: { readonly name: string; readonly step: string }[] = [];
  isDead = false;
  step = '';
  readonly stopping = new AbortController();

  constructor(private readonly death?: Death) {}

  async call<T>(name: string, work: () => Promise<T>): Promise<T> {
    this.calls.push({ name, step: this.step });
    const dies = this.death?.call === this.calls.length;
    if (this.isDead || (dies && !this.death.isDone)) return this.#end();
    const answer = await work();
    if (dies || this.isDead) return this.#end();
    return answer;
  }

  #end(): Promise<never> {
    this.isDead = true;
    return new Promise(() => undefined);
  }
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Backups on servers, with processes, machines and one time that passes when nobody has anything to do. */
export class ServersWorld {
  readonly fleet: MemoryFleet;
  readonly agents: ServerAgents;
  readonly workers: Worker[] = [];
  serversPerDay = 6;
  hoursPerServer = 6;
  #sleepers: Sleeper[] = [];
  #busy = 0;
  #tokens = 0;
  #requests = 0;

  private constructor(readonly base: BackupsWorld) {
    const { clock } = base.embedded;
    this.agents = new ServerAgents(() => ({
      ...{ base, parts: this.partsOf(), end: (name) => this.fleet.end(name) },
    }));
    this.fleet = new MemoryFleet({
      ...{ clock, centsPerHour: 2, sleep: this.sleep },
      onStart: (machine) => this.agents.boot(machine),
      onGone: (machine) => this.agents.gone(machine),
    });
  }

  static async open(): Promise<ServersWorld> {
    return new ServersWorld(await BackupsWorld.open());
  }

  async close(): Promise<void> {
    for (const { stopping } of this.workers) stopping.abort();
    for (const { wake } of this.#sleepers) wake();
    await this.#settle();
    await this.base.close();
  }

  readonly sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper: Sleeper = {
        at: this.base.embedded.clock.now() + ms,
        wake: () => {
          this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
          signal.removeEventListener('abort', sleeper.wake);
          resolve();
        },
      };
      this.#sleepers.push(sleeper);
      signal.addEventListener('abort', sleeper.wake);
    });

  servers(fleet: ServersParts['fleet'] = this.fleet): ServersParts {
    return {
      ...{ fleet, environment: 'test' },
      ...{ hoursPerServer: this.hoursPerServer, serversPerDay: this.serversPerDay },
      orderOf: ({ run, name, labels, token }) => ({
        ...{ name, labels },
        userData: new Secret(JSON.stringify({ run, token: token.reveal() })),
      }),
      lend: () => Promise.reject(new Error('the desk of these tests lends nothing')),
      leftReport: async (run) => this.agents.left.get(run),
      forgetLeft: async (run) => void this.agents.forgotten.push(run),
      secret: () => `token ${(this.#tokens += 1)}`,
      opens: () => Promise.resolve(true),
    };
  }

  partsOf(other: Partial<BackupsParts> = {}, worker?: Worker): BackupsParts {
    const parts = this.base.partsOf({ sleep: this.sleep, servers: this.servers(), ...other });
    const ports = { documents: parts.documents, fleet: this.fleet };
    const [documents, fleet] = PORTS.map((name) => this.#watched(name, ports[name], worker));
    return {
      ...parts,
      documents: documents as BackupsParts['documents'],
      ...(parts.servers && { servers: this.servers(fleet as ServersParts['fleet']) }),
      sleep: async (ms, signal) => {
        await parts.sleep(ms, signal);
        if (worker?.isDead) await new Promise(() => undefined);
      },
    };
  }

  /** A process that looks for runs, now and every ten seconds. */
  start(other: Partial<BackupsParts> = {}, death?: Death): Worker {
    const worker = new Worker(death);
    this.workers.push(worker);
    const holder = randomId(this.base.embedded.clock.now());
    const parts = this.partsOf({ holder, ...other }, worker);
    void this.#looks(worker, parts);
    return worker;
  }

  async #looks({ stopping }: Worker, parts: BackupsParts): Promise<void> {
    const backups = composeBackups(parts);
    while (!stopping.signal.aborted) {
      for (const id of await backups.due().catch(() => []))
        void backups.advance(id, stopping.signal).catch(() => undefined);
      await parts.sleep(LOOKS_EVERY_MS, stopping.signal);
    }
  }

  async ask(kind: RunKind = 'manual'): Promise<string> {
    const key = `server ${(this.#requests += 1)}`;
    const backups = composeBackups(this.partsOf());
    return (await backups.request({ kind, key, by: 'operator' })).run.id;
  }

  show(id: string): Promise<BackupRun> {
    return composeBackups(this.partsOf()).show(id);
  }

  async run(kind: RunKind = 'manual'): Promise<BackupRun> {
    const id = await this.ask(kind);
    return this.ended(id);
  }

  ended(id: string): Promise<BackupRun> {
    return this.until(id, hasEnded);
  }

  /** Time passes until a run is so. */
  async until(id: string, isSo: (run: BackupRun) => boolean): Promise<BackupRun> {
    const { clock } = this.base.embedded;
    const latest = clock.now() + ENDS_WITHIN_MS;
    for (;;) {
      await this.#settle();
      const run = await this.show(id);
      if (isSo(run)) return run;
      if (clock.now() > latest) throw new Error(`It never is: ${JSON.stringify(run)}`);
      this.#jump();
    }
  }

  async pass(ms: number): Promise<void> {
    const { clock } = this.base.embedded;
    const until = clock.now() + ms;
    void this.sleep(ms, new AbortController().signal);
    while (clock.now() < until) {
      await this.#settle();
      this.#jump();
    }
    await this.#settle();
  }

  async #settle(): Promise<void> {
    do for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    while (this.#busy > 0);
  }

  #jump(): void {
    const [next] = [...this.#sleepers].sort((a, b) => a.at - b.at);
    if (!next) throw new Error('Nobody waits for anything.');
    const { clock } = this.base.embedded;
    clock.pass(Math.max(0, next.at - clock.now()));
    next.wake();
    this.fleet.pass();
  }

  #watched<T extends object>(name: string, port: T, worker: Worker | undefined): T {
    return new Proxy(port, {
      get: (target, method) => {
        const value: unknown = Reflect.get(target, method);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): Promise<unknown> => {
          const made = async (): Promise<unknown> => {
            const [{ name: collection }, document] = args as [
              { name?: string },
              { body?: unknown },
            ];
            const answer: unknown = await (value as (...all: unknown[]) => unknown).apply(
              target,
              args,
            );
            if (worker && method === 'swap' && collection === 'backup_runs')
              worker.step = (document.body as { run: BackupRun }).run.step;
            return answer;
          };
          // A fleet may wait for time to pass.
          const call = name === 'documents' ? () => this.#counted(made) : made;
          return worker ? worker.call(`${name}.${String(method)}`, call) : call();
        };
      },
    });
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#busy += 1;
    try {
      return await work();
    } finally {
      this.#busy -= 1;
    }
  }
}
