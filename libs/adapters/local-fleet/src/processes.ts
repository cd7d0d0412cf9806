import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** A process of this machine that has not ended. */
export interface LocalProcess {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** When it began, in words of the system: a number alone is given to another process one day. */
  readonly began: string;
}

export type ListProcesses = () => Promise<readonly LocalProcess[]>;

/** Linux says it in files. A boot has an id, and times count from it. */
export const processesByProc: ListProcesses = async () => {
  const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(pids.map((pid) => processIn(Number(pid), boot)));
  return all.filter((one) => one !== undefined);
};

/** One that ended while it was read is none. Its name stands in brackets and may hold anything, brackets too. */
const processIn = async (pid: number, boot: string): Promise<LocalProcess | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, parent, group, ...others] = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = others[STARTED_AT];
  if (state === undefined || ticks === undefined || hasEnded(state)) return undefined;
  return { pid, parent: Number(parent), group: Number(group), began: `${boot}/${ticks}` };
};

/** The 22nd field, counted behind the group, which is the fifth. */
const STARTED_AT = 16;

const run = promisify(execFile);

/** Other systems have no such files, and a program that all of them know. It says when one began to the second. */
export const processesByPs: ListProcesses = async () => {
  const columns = ['pid=', 'ppid=', 'pgid=', 'state=', 'lstart='].join(',');
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = await run('ps', ['-A', '-o', columns], { env, maxBuffer: 1 << 26 });
  return stdout.split('\n').flatMap((line) => processOf(line) ?? []);
};

export const processOf = (line: string): LocalProcess | undefined => {
  const [, pid, parent, group, state = '', began = ''] =
    /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
  if (pid === undefined || hasEnded(state)) return undefined;
  return { pid: Number(pid), parent: Number(parent), group: Number(group), began };
};

/** Ended, and its parent did not ask how. */
const hasEnded = (state: string): boolean => state.startsWith('Z') || state.startsWith('X');

export const processesOf = (platform: NodeJS.Platform): ListProcesses =>
  platform === 'linux' ? processesByProc : processesByPs;

/** Who the leader of a group was, when it began. */
export type GroupLeader = Pick<LocalProcess, 'pid' | 'began'>;

export const isSame = (one: GroupLeader, other: GroupLeader): boolean =>
  one.pid === other.pid && one.began === other.began;

/**
 * The leader, its group, and everything that they started, also where that left the group. A number that another process
 * has by now leads to nobody: while a group has a member, its number is given to nobody else.
 */
export const familyOf = (
  leader: GroupLeader,
  all: readonly LocalProcess[],
): readonly LocalProcess[] => {
  const holder = all.find(({ pid }) => pid === leader.pid);
  if (holder && !isSame(holder, leader)) return [];
  const family = new Map<number, LocalProcess>();
  const add = (one: LocalProcess): void => {
    if (family.has(one.pid)) return;
    family.set(one.pid, one);
    for (const child of all) if (child.parent === one.pid) add(child);
  };
  for (const one of all) if (one.pid === leader.pid || one.group === leader.pid) add(one);
  return [...family.values()];
};
