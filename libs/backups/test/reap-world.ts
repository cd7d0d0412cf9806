import { setImmediate } from 'node:timers/promises';

import { randomId, Secret, type Id } from '#libs/kernel';
import { MemoryFleet, type MemoryMachine } from '#libs/testing';

import type { AgentReport } from '../src/agent/agent-report.js';
import type { BackupsParts } from '../src/backups-parts.js';
import { composeBackups } from '../src/compose.js';
import type { BackupRun, RunServer } from '../src/run/backup-run.js';
import { changeRun, createRun } from '../src/run/run-documents.js';
import type { Backups } from '../src/run/use-cases.js';
import type { ReapedServers } from '../src/server/reaped-servers.js';
import { changeServer, writeServer } from '../src/server/server-documents.js';
import { labelsOfServer, serverNameOf } from '../src/server/server-name.js';
import type { ServersParts } from '../src/server/servers-parts.js';
import { BackupsWorld } from './backups-world.js';

const HOUR_MS = 3_600_000;
export const ENVIRONMENT = 'test';

/** A run and the machine that it ordered. */
export interface RunOnServer {
  readonly id: Id;
  readonly machine: MemoryMachine;
  readonly expiresAt: number;
}

/** Runs with servers of their own, in documents and in a fleet. Nobody works at them but the test. */
export class ReapWorld {
  readonly fleet: MemoryFleet;

  private constructor(readonly backups: BackupsWorld) {
    const { clock } = backups.embedded;
    // Others who wait see how time passes.
    const sleep = async (ms: number): Promise<void> => {
      clock.pass(ms);
      await setImmediate();
    };
    this.fleet = new MemoryFleet({ clock, sleep, centsPerHour: 1.5 });
  }

  static async open(): Promise<ReapWorld> {
    return new ReapWorld(await BackupsWorld.open());
  }

  get now(): number {
    return this.backups.embedded.clock.now();
  }

  get names(): readonly string[] {
    return this.fleet.machines.map(({ name }) => name);
  }

  close(): Promise<void> {
    return this.backups.close();
  }

  pass(ms: number): void {
    this.backups.pass(ms);
  }

  parts({
    aheadMs = 0,
    ...other
  }: Partial<BackupsParts> & { aheadMs?: number } = {}): BackupsParts {
    const clock = { now: () => this.now + aheadMs };
    return this.backups.partsOf({ clock, servers: this.servers(), ...other });
  }

  process(other: Parameters<ReapWorld['parts']>[0] = {}): Backups {
    return composeBackups(this.parts(other));
  }

  reap(other: Parameters<ReapWorld['parts']>[0] = {}): Promise<ReapedServers> {
    return this.process(other).reap();
  }

  servers(): ServersParts {
    const refuse = () => Promise.reject(new Error('nobody works here'));
    return {
      ...{ fleet: this.fleet, environment: ENVIRONMENT, lend: refuse, opens: refuse },
      orderOf: (wish) => ({ ...wish, userData: new Secret('') }),
      leftReport: () => Promise.resolve(undefined),
      forgetLeft: () => Promise.resolve(),
      ...{ secret: () => 's', hoursPerServer: 6, serversPerDay: 6 },
    };
  }

  /** A run at this state, on a server that runs. */
  async run(
    more: Partial<BackupRun> = {},
    server: Partial<RunServer> & { readonly hours?: number } = {},
  ): Promise<RunOnServer> {
    const { hours = 6, ...other } = server;
    const id = randomId(this.now);
    const expiresAt = this.now + hours * HOUR_MS;
    const machine = await this.machineOf(id, expiresAt);
    const ofRun: RunServer = {
      ...{ name: machine.name, state: 'heard', number: 1, id: machine.id, wantedAt: this.now },
      ...{ madeAt: this.now, heardAt: this.now, expiresAt },
      ...other,
    };
    await createRun(this.parts(), runOf(id, this.now, { server: ofRun, ...more }));
    const known = { run: id, name: machine.name, copy: '', tokenSum: 'f00d', expiresAt };
    const used = { by: 'it', address: '192.0.2.1', sessionSum: 'beef', at: this.now };
    await writeServer(this.parts(), { ...known, used, heardAt: this.now }, 0);
    return { id, machine, expiresAt };
  }

  /** A server that stands under the name and labels of a run. */
  async machineOf(run: Id, expiresAt: number): Promise<MemoryMachine> {
    const name = await serverNameOf(this.backups.embedded, { environment: ENVIRONMENT, run });
    const labels = labelsOfServer({ environment: ENVIRONMENT, run, expiresAt });
    const machine = this.fleet.addStranger(name, labels);
    this.fleet.pass();
    return machine;
  }

  /** Its process hears the server. */
  async hear(run: Id): Promise<void> {
    await changeServer(this.parts(), run, (now) => ({ ...now, heardAt: this.now }));
  }

  /** What it said last. */
  async says(run: Id, doing: AgentReport['doing'], other: Partial<AgentReport> = {}) {
    await changeServer(this.parts(), run, (now) => ({
      ...now,
      report: {
        ...{ run, server: now.name, order: now.expiresAt, number: 1, doing, ended: [] },
        ...other,
      },
    }));
  }

  /** Who holds the run renews the claim. */
  async renew(run: Id): Promise<void> {
    const claim = { type: 'claim', at: this.now, holder: randomId(this.now) } as const;
    await changeRun(this.parts(), run, claim);
  }

  isThere(name: string): boolean {
    return this.names.includes(name);
  }
}

const runOf = (id: Id, now: number, more: Partial<BackupRun>): BackupRun => ({
  ...{ id, kind: 'daily', requestedBy: 'schedule', status: 'running', step: 'save' },
  ...{ attempt: 1, failures: 0, claims: 1, revision: 3, worksOn: 'server' },
  ...{ requestedAt: now, startedAt: now, stepStartedAt: now, heartbeatAt: now },
  ...{ steps: [], sources: [], warnings: [] },
  ...more,
});

export const ended = (now: number): Partial<BackupRun> => ({
  ...{ status: 'succeeded', step: 'close', endedAt: now },
});
