import { spawn } from 'node:child_process';
import { open } from 'node:fs/promises';

import type { GroupLeader, ListProcesses } from './processes.js';

export interface GatedProgram {
  readonly program: readonly [string, ...(readonly string[])];
  readonly cwd: string;
  readonly log: string;
  /** A file that is made when the program begins. */
  readonly begun: string;
  readonly env: Readonly<Record<string, string>>;
  readonly list: ListProcesses;
}

/** A process that is there, and does nothing until it may go. It ends by itself when we die before. */
export interface Gate {
  readonly leader: GroupLeader;
  readonly go: () => Promise<void>;
  readonly drop: () => void;
}

/**
 * A shell waits for one line and then becomes the program, under the same number. So nobody has to know of a program
 * that runs and was not noted: without the line, when we died before, it reads the end of the pipe and leaves. It leaves
 * a file when it goes on, so that a program that is not there never counts as running.
 */
const WAITING =
  'read -r go || exit 75; command -v "$1" >/dev/null || exit 127; : >"$0"; exec "$@" </dev/null';

/** In a group and a session of its own, so that it lives on when we end, however we end. */
export const startBehindGate = async (order: GatedProgram): Promise<Gate | undefined> => {
  const log = await open(order.log, 'a', 0o600);
  try {
    const child = spawn('/bin/sh', ['-c', WAITING, order.begun, ...order.program], {
      ...{ cwd: order.cwd, env: order.env, detached: true },
      stdio: ['pipe', log.fd, log.fd],
    });
    child.on('error', () => undefined);
    child.stdin?.on('error', () => undefined);
    child.unref();
    const { pid, stdin } = child;
    if (pid === undefined || !stdin) return undefined;
    const self = (await order.list()).find((one) => one.pid === pid);
    if (!self) {
      stdin.destroy();
      return undefined;
    }
    return {
      leader: { pid, began: self.began },
      go: () => new Promise((resolve) => stdin.end('go\n', () => resolve())),
      drop: () => void stdin.destroy(),
    };
  } finally {
    await log.close();
  }
};
