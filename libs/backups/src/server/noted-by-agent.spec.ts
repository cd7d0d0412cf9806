import { describe, expect, it } from '@jest/globals';

import type { BackupRun } from '../run/backup-run.js';
import type { RunNote } from '../run/run-events.js';
import { notedByAgent } from './noted-by-agent.js';

const source = { kind: 'keys', repository: 'keys', files: 0, bytes: 0, addedBytes: 0 } as const;
const run: BackupRun = {
  ...{ id: 'run', kind: 'manual', requestedBy: 'operator', status: 'running', step: 'save' },
  ...{ attempt: 1, failures: 0, claims: 1, revision: 1, steps: [], warnings: [] },
  ...{ requestedAt: 0, stepStartedAt: 0, heartbeatAt: 0 },
  sources: [{ ...source, name: 'keys' }],
};
const manifest = {
  ...({ format: 1, source: 'keys', kind: 'keys', takenAt: 1, versions: {} } as const),
  ...{ files: 1, bytes: 1, counts: {}, checksums: {} },
};
/** All that a server could say, at any step. */
const everything: RunNote = {
  sources: [
    {
      name: 'keys',
      snapshot: 'aa',
      paths: ['/there'],
      savedPaths: ['/saved/there'],
      files: 1,
      bytes: 2,
      addedBytes: 3,
      manifest,
    },
    { name: 'another', snapshot: 'bb' },
  ],
  warnings: [{ code: 'PACK_DAMAGED', step: 'close', detail: 'x' }],
  retention: { kept: 0, planned: { data: ['aa'], keys: [] }, unnamed: [] },
  server: { name: 'x', state: 'gone', number: 9, wantedAt: 0, expiresAt: 0 },
  drill: { of: 'another', verdict: 'good', sources: [], rpoMs: 1, rtoMs: 2 },
};

describe('what a run takes from its server', () => {
  it('when it saved is what became of its own sources, and never a manifest or a path of ours', () => {
    expect(notedByAgent(run, 'save', everything)).toEqual({
      warnings: [{ code: 'PACK_DAMAGED', step: 'save', detail: 'x' }],
      sources: [
        {
          ...{ name: 'keys', snapshot: 'aa', savedPaths: ['/saved/there'] },
          ...{ files: 1, bytes: 2, addedBytes: 3 },
        },
      ],
    });
  });

  it('when it checked is what it warns of', () => {
    expect(notedByAgent(run, 'check', everything)).toEqual({
      warnings: [{ code: 'PACK_DAMAGED', step: 'check', detail: 'x' }],
    });
  });

  it('when it drilled is a verdict on what the run asked for', () => {
    const { drill } = notedByAgent({ ...run, drillOf: 'older' }, 'drill', everything);
    expect(drill).toMatchObject({ of: 'older', verdict: 'good' });
    expect(notedByAgent(run, 'drill', everything).drill?.of).toBe('run');
    expect(Object.keys(notedByAgent(run, 'drill', everything))).toEqual(['warnings', 'drill']);
  });
});
