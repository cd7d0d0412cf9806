import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { agentStartText, type AgentStart } from '#libs/platform/local';

/** A program that an agent started, as everybody on the machine sees it. */
export interface SeenChild {
  readonly pid: number;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface AgentProcess {
  readonly child: ChildProcess;
  readonly startFile: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** The bundle as a process, with nothing of ours in its environment. */
export const startAgent = (
  bundle: string,
  folder: string,
  start: AgentStart,
  restic: string,
): AgentProcess => {
  const startFile = join(folder, 'agent.json');
  writeFileSync(startFile, agentStartText(start), { mode: 0o600 });
  const child = spawn(process.execPath, [bundle, startFile], {
    env: { PATH: process.env['PATH'] ?? '', INNKEEPER_BACKUP_RESTIC: restic },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, startFile, output: () => said, ended };
};

/** Every process whose environment or words name this folder; where processes can be looked at. */
export const seenIn = (folder: string): readonly SeenChild[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      const [words, entries] = [textOf(pid, 'cmdline'), textOf(pid, 'environ')];
      if (!`${words} ${entries}`.includes(folder)) return [];
      const environment = Object.fromEntries(
        entries
          .split('\0')
          .filter((entry) => entry.includes('='))
          .map((entry) => [
            entry.slice(0, entry.indexOf('=')),
            entry.slice(entry.indexOf('=') + 1),
          ]),
      );
      return [{ pid: Number(pid), words: words.split('\0'), environment }];
    });

/** It may have ended meanwhile. */
const textOf = (pid: string, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
};
