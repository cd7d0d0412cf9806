import { setTimeout as delay } from 'node:timers/promises';

import { fault } from '#libs/kernel';

import {
  familyOf,
  isSame,
  type GroupLeader,
  type ListProcesses,
  type LocalProcess,
} from './processes.js';

export interface FamilyEnding {
  readonly leader: GroupLeader;
  readonly list: ListProcesses;
  /** How long they may end by themselves. */
  readonly graceMs: number;
  readonly signal: AbortSignal;
}

const LOOKED_EVERY_MS = 25;
/** A process that does not even end by SIGKILL hangs in the kernel, mostly at a disk. */
const KILLED_WITHIN_MS = 30_000;

/** Ends all of them: asked first, each once, and killed then. Who was seen once is followed, also without its parents. */
export const endFamily = async ({ leader, list, graceMs, signal }: FamilyEnding): Promise<void> => {
  const asked = new Map<number, LocalProcess>();
  const since = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const alive = await aliveOf(leader, asked, list);
    if (alive.length === 0) return;
    const waited = performance.now() - since;
    if (waited > graceMs + KILLED_WITHIN_MS) throw fault('FLEET_UNREACHABLE');
    for (const one of alive) {
      if (waited >= graceMs) send(one.pid, 'SIGKILL');
      else if (!asked.has(one.pid)) send(one.pid, 'SIGTERM');
      asked.set(one.pid, one);
    }
    await delay(LOOKED_EVERY_MS);
  }
};

const aliveOf = async (
  leader: GroupLeader,
  asked: ReadonlyMap<number, LocalProcess>,
  list: ListProcesses,
): Promise<readonly LocalProcess[]> => {
  const all = await list();
  const alive = new Map(familyOf(leader, all).map((one) => [one.pid, one]));
  for (const one of all) {
    const before = asked.get(one.pid);
    if (!before || !isSame(before, one)) continue;
    alive.set(one.pid, one);
    for (const child of all) if (child.parent === one.pid) alive.set(child.pid, child);
  }
  return [...alive.values()];
};

const send = (pid: number, name: 'SIGKILL' | 'SIGTERM'): void => {
  try {
    process.kill(pid, name);
  } catch (cause) {
    // It ended meanwhile, which is what is wanted.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH')
      throw fault('FLEET_UNREACHABLE', { cause });
  }
};
