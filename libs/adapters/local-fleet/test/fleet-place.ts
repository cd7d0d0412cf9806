import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { Secret } from '#libs/kernel';
import type { ServerFleet, ServerOrder } from '#libs/ports/server-fleet';
import { HANG_MS } from '#libs/testing';

import { localFleet, type LocalFleetOptions } from '../src/index.js';

export const watch = { signal: new AbortController().signal };
export const labels = { 'innkeeper-environment': 'test', 'innkeeper-run': 'run-1' };
export const order: ServerOrder = {
  ...{ name: 'innkeeper-test-backup-1', labels },
  userData: new Secret('{"token":"of one server"}'),
};

/** One that does nothing until it is asked to go, and for as long as it is held then. */
const PROGRAM = `#!/bin/sh
trap 'while [ -e "$HELD" ]; do sleep 0.02; done; exit 0' TERM
while :; do sleep 0.05; done
`;

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
};

export const until = async (isSo: () => boolean): Promise<void> => {
  const deadline = Date.now() + HANG_MS;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`never: ${isSo.toString()}`);
    await delay(10);
  }
};

/** A folder for a fleet, and the program that its servers are. */
export class FleetPlace {
  readonly root = mkdtempSync(join(tmpdir(), 'innkeeper-fleet-'));
  readonly folder = join(this.root, 'servers');
  readonly program = join(this.root, 'program');
  readonly held = join(this.root, 'held');

  constructor(script = PROGRAM) {
    writeFileSync(this.program, script, { mode: 0o700 });
  }

  open(change: Partial<LocalFleetOptions> = {}): ServerFleet {
    return localFleet({
      ...{ folder: this.folder, program: [this.program] },
      environment: { PATH: process.env['PATH'] ?? '', HELD: this.held },
      ...change,
    });
  }

  at(name: string, file: string): string {
    return join(this.folder, name, file);
  }

  names(): readonly string[] {
    return existsSync(this.folder)
      ? readdirSync(this.folder).filter((name) => !name.startsWith('.'))
      : [];
  }

  pidOf(name: string): number {
    const { pid } = JSON.parse(readFileSync(this.at(name, 'process.json'), 'utf8')) as {
      pid: number;
    };
    return pid;
  }

  async end(name: string): Promise<void> {
    const pid = this.pidOf(name);
    if (isAlive(pid)) process.kill(-pid, 'SIGKILL');
    await until(() => !isAlive(pid));
  }

  /** Also after a test that failed. */
  async dispose(): Promise<void> {
    for (const name of this.names())
      if (existsSync(this.at(name, 'process.json'))) await this.end(name);
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 20 });
  }
}
