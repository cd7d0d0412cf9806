import { describe, expect, it } from '@jest/globals';

import type { BackupRunAnswer } from '#libs/routes';

import { goodRun, runShown } from '../../../test/backup-runs.js';
import type { Sink } from '../../terminal/io.js';
import { noPaint } from '../../terminal/process-io.js';
import { runDisplayOn } from './run-display.js';

const ERASE = '\r\u001b[2K';

/** What stands on a terminal of this width, or in a pipe, after each of these states, a second apart. */
const shown = async (runs: readonly BackupRunAnswer[], width?: number): Promise<string> => {
  let text = '';
  let now = 0;
  const sink: Sink = {
    write: (more) => Promise.resolve(void (text += String(more))),
    ...{ terminal: width !== undefined, width: width ?? Infinity, paint: noPaint },
  };
  const display = runDisplayOn(sink, () => now);
  for (const run of runs) {
    await display.show(run);
    now += 1_000;
  }
  await display.end();
  return text;
};
/** The last thing that stood on the line that changes. */
const living = (text: string): string | undefined => text.split(ERASE).at(-2);

const saving = (bytesDone: number, filesDone: number): BackupRunAnswer =>
  runShown({
    progress: { of: 'rocketchat', bytesDone, filesDone, bytes: 400 * 1024 ** 2, files: 3_000 },
  });

describe('how far a run is', () => {
  it('stands on one line of a terminal: bytes, files, and what is left by the speed so far', async () => {
    const text = await shown([saving(0, 0), saving(100 * 1024 ** 2, 1_204)], 120);
    expect(living(text)).toBe(
      '… saves rocketchat  █████░░░░░░░░░░░░░░░  25%  100 MiB of 400 MiB  1,204 of 3,000 files  3 s left',
    );
  });

  it('leaves out what a narrow terminal has no room for, and never breaks the line', async () => {
    for (const width of [20, 40, 60, 80]) {
      const line = living(await shown([saving(0, 0), saving(100 * 1024 ** 2, 1_204)], width));
      expect(line).toMatch(/^… saves rocketchat/);
      expect(line?.length).toBeLessThan(width);
    }
  });

  it('leaves a line for each step that is done, once', async () => {
    const { steps } = goodRun();
    const run = (done: number) => runShown({ steps: steps.slice(0, done) });
    const text = await shown([run(1), run(2), run(2), goodRun()], 80);
    const lines = text.split('\n').map((one) => one.split(ERASE).at(-1));
    expect(lines).toEqual([
      ...['✔ waits for its turn 0 ms', '✔ copies the sources 2 s'],
      ...['✔ saves 3 s', '✔ restores it as proof 7 s', ''],
    ]);
  });

  it('says that a step is tried again', async () => {
    expect(living(await shown([runShown({ attempt: 2 })], 80))).toBe('… saves (attempt 2)');
  });

  it('is a line for each step in a pipe, and one now and then for a long one', async () => {
    const long = Array.from({ length: 12 }, (_, i) => saving(i * 30 * 1024 ** 2, i));
    const text = await shown([runShown({ step: 'export' }), ...long, goodRun()]);
    expect(text.split('\n')).toEqual([
      'export: copies the sources',
      'save: saves',
      'save: rocketchat, 150 MiB of 400 MiB, 5 of 3,000 files',
      'save: rocketchat, 300 MiB of 400 MiB, 10 of 3,000 files',
      '',
    ]);
  });
});
