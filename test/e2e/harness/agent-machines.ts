import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { FakeHetzner, type HetznerMachine } from '#libs/testing';

import { HeldRestic } from './held-restic.js';

interface BundleTool {
  readonly bundle: (
    entry: string,
    name: string,
    options: { readonly folder: string },
  ) => Promise<{ readonly outfile: string }>;
}

const bundled = async (folder: string): Promise<string> => {
  const tool = fileURLToPath(new URL('../../../tools/bundle.js', import.meta.url));
  const { bundle } = (await import(tool)) as BundleTool;
  return (await bundle('apps/backup-agent/src/main.ts', 'backup-agent', { folder })).outfile;
};

/** Where the image of a backup server has Innkeeper, which a drill starts. */
const innkeeper = fileURLToPath(
  new URL('../../../dist/apps/innkeeper/src/main.js', import.meta.url),
);

/** What everybody on the machine could read of an agent while it worked, and what it wrote. */
export interface SeenAgent {
  readonly userData: string;
  readonly words: string;
  readonly environment: string;
  readonly said: () => string;
}

export interface MachinePrograms {
  readonly restic: string;
  readonly mongod: string;
}

interface RunningAgent {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly watcher: FSWatcher;
}

/**
 * A project at Hetzner whose servers are folders of this machine. What cloud-init would write there is written there, and
 * the agent starts as it ships: one bundled file, and an environment with nothing of ours. Off is off: nothing of it runs.
 */
export class AgentMachines {
  readonly seen: SeenAgent[] = [];
  readonly restic: HeldRestic;
  hetzner!: FakeHetzner;
  /** A server that has started takes so long until its agent does. */
  untilAgent: Promise<unknown> = Promise.resolve();
  #frozenAt: number | undefined;
  readonly #running = new Map<number, RunningAgent>();
  readonly #folder = mkdtempSync(join(tmpdir(), 'innkeeper-machines-'));

  private constructor(
    readonly bundle: string,
    private readonly programs: MachinePrograms,
  ) {
    this.restic = new HeldRestic(this.#folder, programs.restic);
  }

  static async start(programs: MachinePrograms): Promise<AgentMachines> {
    const machines = new AgentMachines(
      await bundled(mkdtempSync(join(tmpdir(), 'innkeeper-agent-'))),
      programs,
    );
    machines.hetzner = await FakeHetzner.start({
      clock: { now: () => machines.#frozenAt ?? Date.now() },
      onBoot: (machine, userData) => {
        machine.ipv4 = '127.0.0.1';
        void machines.untilAgent.then(() => machines.#boot(machine, userData));
      },
      onDestroy: (machine) => machines.#remove(machine),
    });
    return machines;
  }

  /** What Hetzner was asked for and has not done yet stays so, until it is let go. */
  freeze(): void {
    this.#frozenAt = Date.now();
    this.hetzner.state.startMs = 1;
  }

  thaw(): void {
    this.#frozenAt = undefined;
  }

  /** Everything that a server of ours left behind on this machine. */
  left(): Readonly<Record<'folders' | 'processes' | 'servers', readonly string[]>> {
    return {
      servers: this.hetzner.machines.map(({ name }) => name),
      folders: readdirSync(this.#folder).filter((name) => name.startsWith('innkeeper-')),
      processes: processesNaming(`${this.#folder}/innkeeper-`),
    };
  }

  /** Kill -9 of everything that works there. The unit of the agent turns the machine off then. */
  crash(): void {
    for (const { child } of this.#running.values()) killGroup(child);
  }

  async close(): Promise<void> {
    for (const machine of this.hetzner.machines) this.#remove(machine);
    await this.hetzner.close();
    rmSync(this.#folder, { recursive: true, force: true });
    rmSync(join(this.bundle, '..'), { recursive: true, force: true });
  }

  #boot(machine: HetznerMachine, userData: string): void {
    if (!this.hetzner.machines.includes(machine)) return;
    const folder = join(this.#folder, `${machine.name}-${machine.id}`);
    const [startFile, off] = [join(folder, 'agent.json'), join(folder, 'off')];
    mkdirSync(folder);
    const start = {
      ...startIn(userData),
      ...{ folder: join(folder, 'work'), innkeeper, powerOff: ['touch', off] },
    };
    writeFileSync(startFile, JSON.stringify(start), { mode: 0o600 });
    const child = spawn(process.execPath, [this.bundle, startFile], {
      env: {
        PATH: process.env['PATH'] ?? '',
        INNKEEPER_BACKUP_RESTIC: this.restic.program,
        INNKEEPER_BACKUP_MONGOD: this.programs.mongod,
      },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const turnOff = (): void => {
      machine.isOff = true;
      killGroup(child);
    };
    const watcher = watch(folder, () => existsSync(off) && turnOff());
    child.once('exit', turnOff);
    this.#running.set(machine.id, { child, folder, watcher });
    this.#look(child, userData);
  }

  #look(child: ChildProcess, userData: string): void {
    let said = '';
    const hears = (chunk: Buffer): void => {
      // It is surely there once it says something.
      if (said === '')
        this.seen.push({
          userData,
          ...{ words: textOf(child.pid, 'cmdline'), environment: textOf(child.pid, 'environ') },
          said: () => said,
        });
      said += chunk.toString();
    };
    child.stdout?.on('data', hears);
    child.stderr?.on('data', hears);
  }

  #remove({ id }: HetznerMachine): void {
    const agent = this.#running.get(id);
    if (!agent) return;
    this.#running.delete(id);
    agent.watcher.close();
    killGroup(agent.child);
    rmSync(agent.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

const killGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it runs any more.
  }
};

/** As cloud-init reads it: the one file that it writes. */
const startIn = (userData: string): object => {
  const [, files = '[]'] = /^write_files: (.*)$/m.exec(userData) ?? [];
  const [file] = JSON.parse(files) as readonly { readonly content: string }[];
  return JSON.parse(file?.content ?? '{}') as object;
};

const processesNaming = (text: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) =>
      ['cmdline', 'environ'].some((file) => textOf(Number(pid), file).includes(text)),
    );

/** It may have ended meanwhile. */
const textOf = (pid: number | undefined, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
