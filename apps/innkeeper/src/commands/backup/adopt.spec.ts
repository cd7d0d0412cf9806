import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type { BackupsAdoptedAnswer } from '#libs/routes';

import { run } from '../../../test/fake-outside.js';

const RUN = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
const unnamed = [
  { repository: 'keys' as const, id: 'c0ffee12'.padEnd(64, '0'), time: '2026-11-01T03:00:00Z' },
];
const platform = (answer: BackupsAdoptedAnswer) => ({
  adoptBackups: () => Promise.resolve(answer),
});

describe('backup adopt', () => {
  it('says how many runs came back, and nothing else where all is named', async () => {
    const { code, out, err } = await run('backup adopt', platform({ adopted: [RUN], unnamed: [] }));
    expect({ code, out, err }).toEqual({ code: 0, out: '✔ 1 run taken from the log.\n', err: '' });
  });

  it('names each snapshot that nobody knows, and where that is explained', async () => {
    const { out, err } = await run('backup adopt', platform({ adopted: [], unnamed }));
    expect(out).toBe('✔ 0 runs taken from the log.\n! c0ffee12 in keys, of 2026-11-01T03:00:00Z\n');
    expect(err).toContain('1 snapshot of no run');
    expect(err).toContain('backup-snapshots-unnamed.md');
  });

  it('is one document as JSON', async () => {
    const answer = { adopted: [RUN], unnamed };
    const { documents, err } = await run('backup adopt --json', platform(answer));
    expect([documents, err]).toEqual([[answer], '']);
  });

  it('exits 3 where no platform answers', async () => {
    const adoptBackups = () => Promise.reject(fault('PLATFORM_UNREACHABLE'));
    expect((await run('backup adopt', { adoptBackups })).code).toBe(3);
  });
});
