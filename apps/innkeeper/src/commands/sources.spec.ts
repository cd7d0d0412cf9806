import { describe, expect, it } from '@jest/globals';

import type { SourceAnswer, TallyAnswer } from '#libs/routes';

import { run } from '../../test/fake-outside.js';

const tally = (more: Partial<TallyAnswer> = {}): TallyAnswer => ({
  ...{ taken: 0, repeated: 0, notUnderstood: 0, failed: 0, canaries: 0, refused: {} },
  ...more,
});
const source = (more: Partial<SourceAnswer> = {}): SourceAnswer => ({
  ...{ source: 'aircall', way: 'door', path: '/webhooks/aircall', on: true, alerts: [] },
  says: 'one live secret (INNKEEPER_AIRCALL_TOKENS)',
  ...{ lastDelivery: null, lastCanary: null, hour: tally(), day: tally(), secrets: [] },
  quarantine: { count: 0, bytes: 0, more: false },
  ...more,
});
const answering = (...items: ReturnType<typeof source>[]) => ({
  sources: () =>
    Promise.resolve({
      items,
      strangers: { hour: tally(), day: tally({ refused: { INTAKE_SOURCE_UNKNOWN: 1200 } }) },
    }),
});

describe('sources', () => {
  it('shows each way in with its figures', async () => {
    const { out, code } = await run(
      'sources',
      answering(
        source({ hour: tally({ taken: 3 }), day: tally({ taken: 40, repeated: 2 }) }),
        source({ source: 'aircall-api', way: 'api', path: undefined, on: false, says: 'off' }),
      ),
    );
    expect(code).toBe(0);
    expect(out).toMatch(/aircall +\/webhooks\/aircall +on +never +never +3 +40 +2 +0/);
    expect(out).toMatch(/aircall-api +API +off +never +0 +0 +0 +0/);
    expect(out).toContain('1,200 refused in the last day at doors that do not exist.');
  });

  it('says what was refused and why, what waits, what is read, and the next thing to do', async () => {
    const { out } = await run(
      'sources',
      answering(
        source({
          day: tally({ refused: { INTAKE_TOKEN_INVALID: 7 }, notUnderstood: 4, failed: 5 }),
          quarantine: { count: 100, bytes: 2048, more: true },
          sync: { lists: 3, reading: 1, failed: ['calls: X'], untold: 9, coveredTo: null },
          next: 'Do this.',
        }),
      ),
    );
    expect(out).toMatch(/refused +7 INTAKE_TOKEN_INVALID/);
    expect(out).toMatch(/quarantine +more than 100, 2\.0 KiB/);
    expect(out).toMatch(/not understood +4\n +failed +5\n +lists +3, 1 of them being read\n/);
    expect(out).toMatch(/not read +calls: X\n +never told +9\n +Next: Do this\./);
  });

  it('gives a machine one line for each source', async () => {
    const { documents } = await run('sources --json', answering(source(), source()));
    expect(documents).toHaveLength(2);
    expect(documents[0]).toMatchObject({ source: 'aircall', path: '/webhooks/aircall' });
  });
});
