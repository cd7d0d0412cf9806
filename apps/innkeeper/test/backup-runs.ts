import type { BackupRunAnswer, BackupStateAnswer } from '#libs/routes';

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 10, 21, 3, 0, seconds)).toISOString();

/** A run as a platform shows it. */
export const runShown = (more: Partial<BackupRunAnswer> = {}): BackupRunAnswer => ({
  ...{ id: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f', kind: 'manual', requestedBy: 'operator' },
  ...{ status: 'running', step: 'save', attempt: 1, requestedAt: at(0), startedAt: at(1) },
  ...{ endedAt: null, steps: [], sources: [], warnings: [] },
  ...more,
});

/** The server of a run, as it was when it was gone; less of it before. */
export const serverShown = (
  state: NonNullable<BackupRunAnswer['server']>['state'] = 'gone',
  more: Partial<NonNullable<BackupRunAnswer['server']>> = {},
): NonNullable<BackupRunAnswer['server']> => {
  const reached = ['wanted', 'made', 'heard', 'gone'].indexOf(state);
  return {
    ...{ name: 'innkeeper-prod-backup-019ad3c2', state, number: 1, wantedAt: at(3) },
    ...(reached >= 1 && { type: 'cpx31', location: 'fsn1' }),
    ...{ madeAt: reached >= 1 ? at(5) : null, heardAt: reached >= 2 ? at(65) : null },
    ...{ goneAt: reached >= 3 ? at(13 * 60 + 5) : null, cents: reached >= 3 ? 1.76 : null },
    expiresAt: at(6 * 3600),
    ...more,
  };
};

const source = (name: string, repository: string, files: number, bytes: number) => ({
  ...{ name, kind: name, repository, snapshot: 'c0ffee12'.repeat(8), files, bytes },
  addedBytes: Math.round(bytes / 20),
});

/** One that did everything. */
export const goodRun = (more: Partial<BackupRunAnswer> = {}): BackupRunAnswer =>
  runShown({
    ...{ status: 'succeeded', step: 'close', endedAt: at(13) },
    steps: [
      { step: 'admit', startedAt: at(1), endedAt: at(1), attempts: 1 },
      { step: 'export', startedAt: at(1), endedAt: at(3), attempts: 1 },
      { step: 'save', startedAt: at(3), endedAt: at(6), attempts: 2 },
      { step: 'drill', startedAt: at(6), endedAt: at(13), attempts: 1 },
    ],
    sources: [
      source('innkeeper', 'data', 14, 48_300_000),
      source('rocketchat', 'data', 212, 2_148_000_000),
      source('keys', 'keys', 2, 90_000),
    ],
    retention: { kept: 23, planned: { data: [], keys: [] }, removed: ['a', 'b'], unnamed: [] },
    drill: {
      ...{
        of: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f',
        verdict: 'good',
        rpoMs: 5_200,
        rtoMs: 6_400,
      },
      sources: [
        { name: 'innkeeper', started: 'Innkeeper', differences: [] },
        { name: 'rocketchat', started: 'MongoDB 6.0.5', differences: [] },
      ],
    },
    ...more,
  });

export const stateShown = (more: Partial<BackupStateAnswer> = {}): BackupStateAnswer => ({
  ...{ verdict: 'good', answer: 'The backup is good: it ended 9 h ago.', troubles: [] },
  ...more,
});
