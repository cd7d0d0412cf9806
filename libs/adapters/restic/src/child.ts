import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

import { fault, type Fault } from '#libs/kernel';

import type { ResticEnd } from './failure.js';

export interface ChildOrder {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly graceMs: number;
  readonly signal: AbortSignal;
  readonly onOutput?: (line: string) => void;
  readonly onError?: (line: string) => void;
}

export interface EndedChild extends ResticEnd {
  /** It did not end when it was asked to: what it held is left behind. */
  readonly wasKilled: boolean;
}

/** What is kept of an output: a check of a broken repository may say a line for each pack. */
const LINES = 20_000;

/**
 * Runs a program without a shell, to its end. Aborted, it is asked to end as a person would (SIGINT, on which restic
 * takes its lock away), and killed when it has not done so in time. It always ends before this does.
 */
export const runChild = (order: ChildOrder): Promise<EndedChild> =>
  new Promise((resolve, reject) => {
    const { program, args, env, graceMs, signal, onOutput, onError } = order;
    const output: string[] = [];
    const errors: string[] = [];
    let wasKilled = false;
    let grace: NodeJS.Timeout | undefined;
    const child = spawn(program, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stop = (): void => {
      child.kill('SIGINT');
      grace = setTimeout(() => {
        wasKilled = true;
        child.kill('SIGKILL');
      }, graceMs);
    };
    const forget = (): void => {
      clearTimeout(grace);
      signal.removeEventListener('abort', stop);
    };
    eachLine(child, 'stdout', output, onOutput);
    eachLine(child, 'stderr', errors, onError);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    child.once('error', (cause) => {
      // Without a process there is nothing to wait for; a signal that could not be sent is no end.
      if (child.pid !== undefined) return;
      forget();
      reject(notStarted(cause));
    });
    child.once('close', (exit) => {
      forget();
      resolve({ exit: exit ?? undefined, output: output.join('\n'), errors, wasKilled });
    });
  });

const eachLine = (
  child: ChildProcess,
  from: 'stdout' | 'stderr',
  kept: string[],
  told?: (line: string) => void,
): void => {
  const input = child[from];
  if (!input) return;
  createInterface({ input, crlfDelay: Infinity }).on('line', (line) => {
    told?.(line);
    // Progress is told and not kept.
    if (line.startsWith('{"message_type":"status"') || line.trim() === '') return;
    if (kept.length < LINES) kept.push(line);
  });
};

const notStarted = (cause: Error): Fault => fault('BACKUP_RESTIC_MISSING', { cause });
