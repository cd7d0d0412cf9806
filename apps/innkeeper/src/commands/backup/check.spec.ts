import { describe, expect, it } from '@jest/globals';

import type { JudgeOrder, RepositoryJudgement } from '#libs/backups';

import { NOW, run } from '../../../test/fake-outside.js';
import type { OpenedRepository } from '../../judging/open-repository.js';

const good: RepositoryJudgement = {
  ...{ verdict: 'good', findings: [], depth: 'data', snapshots: 2 },
  newest: new Date(NOW - 3 * 3_600_000).toISOString(),
};
const bad: RepositoryJudgement = {
  ...{ ...good, verdict: 'bad' },
  findings: [{ code: 'PACK_DAMAGED', detail: 'pack 12ab' }],
};

const check = async (
  judge: OpenedRepository['judge'],
  more = '',
  interrupted = new AbortController().signal,
) => {
  let isClosed = false;
  const close = async () => {
    isClosed = true;
  };
  const answer = await run(
    `backup check --repository /r --password-file /p ${more}`,
    {},
    { repository: async () => ({ judge, close }) },
    { interrupted },
  );
  expect(isClosed).toBe(true);
  return answer;
};

describe('backup check', () => {
  it('says in one line that a repository is good, and what was looked at', async () => {
    const { code, out } = await check(async () => good);
    expect([code, out]).toEqual([
      0,
      'Good: 2 snapshots, the newest 3 h ago, depth data, in 0 ms.\n',
    ]);
  });

  it('says what each finding means and what to do', async () => {
    const { code, out } = await check(async () => bad);
    expect(code).toBe(1);
    expect(out.split('\n').slice(0, 4)).toEqual([
      '✖ PACK_DAMAGED  Stored data is not what was stored.',
      '  pack 12ab',
      expect.stringMatching(/^ {2}Next: .*backup-repository-damaged\.md/),
      '',
    ]);
    expect(out).toContain('Bad: 2 snapshots');
  });

  it('gives a program one document', async () => {
    const { code, documents } = await check(async () => bad, '--json');
    expect([code, documents]).toEqual([1, [bad]]);
  });

  it('hands on what it was asked, and says on stderr where it is', async () => {
    const orders: JudgeOrder[] = [];
    const { err } = await check(async (order, onStage) => {
      orders.push(order);
      await onStage('restore');
      return good;
    }, '--depth restore --newest-within 26h --expect-host laptop');
    expect(orders).toMatchObject([
      { depth: 'restore', newestWithinMs: 26 * 3_600_000, host: 'laptop' },
    ]);
    expect(err).toBe('Looks at: restore …\n');
  });

  it('has no verdict when a person stops it', async () => {
    const stopping = new AbortController();
    const answer = await check(
      async ({ watch: { signal } }) => {
        stopping.abort();
        throw signal.reason;
      },
      '--json',
      stopping.signal,
    );
    expect([answer.code, answer.out]).toEqual([1, '']);
    expect(answer.err).toContain('there is no verdict');
  });
});
