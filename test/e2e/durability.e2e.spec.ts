import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { describe, expect } from '@jest/globals';

import { itNeeding, type Need } from '#libs/testing';

import { DataFolder } from './harness/data-folder.js';
import { randomFrom } from './harness/history.js';
import { until } from './harness/outside.js';
import { Program } from './harness/program.js';
import { Senders } from './harness/senders.js';
import { answersOf } from './harness/system-calls.js';

const strace: Need = {
  name: 'strace',
  // Present is not enough: containers often forbid to trace.
  met: spawnSync('strace', ['-f', '-e', 'trace=none', 'true']).status === 0,
  reason: 'strace is not on this machine, or may not trace here',
  howToGet: 'apt-get install strace (in a container with the capability SYS_PTRACE)',
};

// `-D`: the platform stays our child, the tracer is somebody else's.
const traced = (output: string) => (command: readonly string[]) => [
  ...['strace', '-D', '-f', '-y', '-s', '32', '-o', output],
  ...['-e', 'trace=read,write,writev,fsync,fdatasync,pwrite64', ...command],
];

/** One sender: each sync is for its own delivery. Several: one sync may be for all that came in one turn. */
describe.each([1, 8])('the sync behind a 200, with %i at once', (count) => {
  itNeeding(
    strace,
    'writes and syncs the write-ahead log between reading a delivery and answering 200',
    async () => {
      const folder = new DataFolder();
      const output = folder.file('system-calls');
      const program = await Program.start('innkeeper', folder.settings, traced(output));
      const senders = new Senders(folder.secret('aircall-token'), randomFrom(5), () => program.url);
      senders.start(count);
      await until('enough is answered', async () => senders.answered.length >= 50 * count);
      await senders.stop();
      await program.end();

      const lines = readFileSync(output, 'utf8').split('\n');
      folder.remove();
      const answers = answersOf(lines, 'innkeeper.db-wal');
      expect(answers.length).toBe(senders.answered.length);
      expect(answers.filter(({ synced }) => !synced)).toEqual([]);

      // The same trace of a store that does not sync must not pass.
      const unsynced = lines.filter((line) => !line.includes('sync('));
      expect(answersOf(unsynced, 'innkeeper.db-wal').some(({ synced }) => synced)).toBe(false);
    },
    60_000,
  );
});
