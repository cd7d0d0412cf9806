import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { AgentReport } from '#libs/backups';

import { LEFT_REPORTS_STAY_MS, leftReports, lookForLeft } from '../src/composition/left-reports.js';

const watch = { signal: new AbortController().signal };
const RUN = '019ad0a4-0000-7000-8000-000000000001';
const report: AgentReport = {
  run: RUN,
  ...{ server: 'innkeeper-test-backup-1', order: 5_000, number: 7, doing: 'done' },
  ended: [
    {
      ...{ step: 'save', startedAt: 1_000, endedAt: 2_000 },
      note: {
        sources: [
          { name: 'innkeeper', snapshot: 'ab'.repeat(32), files: 3, bytes: 4, addedBytes: 2 },
        ],
        warnings: [{ code: 'BACKUP_SOURCE_UNREADABLE', step: 'save', detail: 'files=1' }],
      },
    },
  ],
};

describe('a report that a server left', () => {
  let repository: string;
  beforeEach(async () => {
    repository = await mkdtemp(join(tmpdir(), 'left-reports-'));
  });
  afterEach(() => rm(repository, { recursive: true, force: true }));

  const put = (text: string) => writeFile(join(repository, 'runs', `${RUN}.json`), text);

  it('is found by who looks there for its run, until it is taken away', async () => {
    const reports = leftReports({ repository });
    expect(await reports.find(RUN, watch)).toBeUndefined();
    await reports.leave(report, watch);
    expect(await leftReports({ repository }).find(RUN, watch)).toEqual(report);
    expect(await reports.find(RUN.replace(/1$/, '2'), watch)).toBeUndefined();
    await reports.remove(RUN, watch);
    await reports.remove(RUN, watch);
    expect(await reports.find(RUN, watch)).toBeUndefined();
  });

  it.each([
    ['is no JSON', '{"run":'],
    ['is of another run', JSON.stringify({ ...report, run: RUN.replace(/1$/, '2') })],
    ['lacks a part', JSON.stringify({ ...report, number: undefined })],
    ['says more than a server may', JSON.stringify({ ...report, retention: { kept: 0 } })],
    [
      'notes what no server notes',
      JSON.stringify({
        ...report,
        ended: [{ ...report.ended[0], note: { retention: { kept: 0, planned: {}, unnamed: [] } } }],
      }),
    ],
    ['has an id that is none', JSON.stringify(report).replace('ab'.repeat(32), 'latest')],
    ['is longer than any of ours', `${JSON.stringify(report)}${' '.repeat(1 << 20)}`],
  ])('counts as none where it %s', async (_how, text) => {
    const reports = leftReports({ repository });
    await reports.leave(report, watch);
    await put(text);
    expect(await reports.find(RUN, watch)).toBeUndefined();
  });

  it('goes after 30 days, though nobody took it', async () => {
    const reports = leftReports({ repository });
    await reports.leave(report, watch);
    const other = RUN.replace(/1$/, '2');
    await reports.leave({ ...report, run: other }, watch);
    const now = Date.now();
    const old = new Date(now - LEFT_REPORTS_STAY_MS - 60_000);
    await utimes(join(repository, 'runs', `${RUN}.json`), old, old);
    const before = now - LEFT_REPORTS_STAY_MS;
    const find = lookForLeft(reports, { clock: { now: () => now } });
    expect(await find(other, watch)).toMatchObject({ run: other });
    expect(await reports.find(RUN, watch)).toBeUndefined();
    expect(await reports.removeBefore(before, watch)).toEqual([]);
    expect(await readdir(join(repository, 'runs'))).toEqual([`${other}.json`]);
  });
});
