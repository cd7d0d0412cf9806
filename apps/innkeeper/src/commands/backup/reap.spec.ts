import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type { ReapedServersAnswer } from '#libs/routes';

import { run } from '../../../test/fake-outside.js';

const RUN = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
const server = (why: string): ReapedServersAnswer['left'][number] => ({
  ...{ name: `innkeeper-prod-backup-${RUN}`, run: RUN },
  why: why,
});
const platform = (answer: Partial<ReapedServersAnswer>) => ({
  reapBackupServers: () => Promise.resolve({ destroyed: [], left: [], ...answer }),
});

describe('backup reap', () => {
  it('names each server that went and why, and exits 0', async () => {
    const { code, out, err } = await run(
      'backup reap',
      platform({ destroyed: [server('run_ended')] }),
    );
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(`✔ innkeeper-prod-backup-${RUN} is gone: its backup needs it no more.\n`);
  });

  it('says that there was none', async () => {
    const { code, out } = await run('backup reap', platform({}));
    expect([code, out]).toEqual([0, '✔ No server stands that no backup needs.\n']);
  });

  it.each(['overdue', 'protected', 'too_many', 'refused'])(
    'exits 1 where one that should go is left, says why and where to read on: %s',
    async (why) => {
      const { code, out, err } = await run('backup reap', platform({ left: [server(why)] }));
      expect(code).toBe(1);
      expect(out).toMatch(
        /^! innkeeper-prod-backup-\S+ stays: (?!overdue|protected\.|refused).+\.\n$/,
      );
      expect(err).toContain('docs/runbooks/backup-server-left.md');
    },
  );

  it('exits 0 for one that may be wanted yet', async () => {
    const { code, err } = await run('backup reap', platform({ left: [server('just_seen')] }));
    expect([code, err]).toEqual([0, '']);
  });

  it('is one document as JSON, with the same exit code', async () => {
    const answer = { destroyed: [server('overdue')], left: [server('protected')] };
    const { code, documents, err } = await run('backup reap --json', platform(answer));
    expect([code, documents, err]).toEqual([1, [answer], '']);
  });

  it('exits 3 where no platform answers, or no fleet', async () => {
    for (const why of ['PLATFORM_UNREACHABLE', 'FLEET_UNREACHABLE'] as const) {
      const reapBackupServers = () => Promise.reject(fault(why));
      expect((await run('backup reap', { reapBackupServers })).code).toBe(3);
    }
  });
});
