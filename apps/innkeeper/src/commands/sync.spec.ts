import { describe, expect, it } from '@jest/globals';

import type { SyncRunAnswer, SyncSourceAnswer } from '#libs/routes';

import { run } from '../../test/fake-outside.js';

const runAt = (state: SyncRunAnswer['state'], read: number, more: object = {}): SyncRunAnswer => ({
  ...{ pass: 'import', state, askedAt: '2026-11-21T11:00:00.000Z', pages: 1, read, of: 10 },
  fresh: 2,
  ...more,
});
const sourceWith = (source: string, list: string, runs: SyncRunAnswer[]): SyncSourceAnswer => ({
  ...{ source, toldAt: '2026-11-21T11:00:00.000Z', onlyTold: [] },
  lists: [{ list, entities: [], passes: [], runs }],
});
const lists = (...runs: ReturnType<typeof runAt>[]) => ({
  items: [sourceWith('aircall', 'calls', runs), sourceWith('guesty', 'reservations', [])],
});
const answering = (...answers: ReturnType<typeof lists>[]) => ({
  sync: () =>
    Promise.resolve(answers.length > 1 ? (answers.shift() ?? lists()) : (answers[0] ?? lists())),
});

describe('sync', () => {
  it('lists every list of every provider, how far it was read and what nobody had told us', async () => {
    const { out, code } = await run('sync', answering(lists(runAt('running', 4))));
    expect(code).toBe(0);
    expect(out).toMatch(/aircall +calls +import +running +4 of 10 +2/);
    expect(out).toMatch(/guesty +reservations +not yet/);
  });

  it('exits 1 where a list could not be read, and says why', async () => {
    const failed = runAt('failed', 4, { code: 'PROVIDER_API_REFUSED' });
    const { out, code } = await run('sync list', answering(lists(failed)));
    expect(code).toBe(1);
    expect(out).toContain('failed: PROVIDER_API_REFUSED');
  });

  it('says what to do where no provider is asked', async () => {
    const { out, err, code } = await run('sync', { sync: () => Promise.resolve({ items: [] }) });
    expect({ out, code }).toEqual({ out: '', code: 0 });
    expect(err).toContain('credentials');
  });

  it('gives a machine one line for each provider', async () => {
    const { documents } = await run('sync --json', answering(lists()));
    expect(documents).toMatchObject([{ source: 'aircall' }, { source: 'guesty' }]);
  });

  it('starts an import, of one list alone where that is asked', async () => {
    const asked: unknown[] = [];
    const startSync = (...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve({ started: ['calls'], running: ['users'] });
    };
    const { out, err, code } = await run('sync start aircall --list calls', { startSync });
    expect(code).toBe(0);
    expect(asked).toEqual([['aircall', 'calls']]);
    expect(out).toContain('Importing 1 list (1 are read already).');
    expect(err).toContain('innkeeper sync status aircall');
  });

  it('shows an import until it is over', async () => {
    const answers = answering(
      ...[lists(runAt('asked', 0)), lists(runAt('running', 4)), lists(runAt('done', 10))],
    );
    const { out, code } = await run('sync status aircall', answers);
    expect(code).toBe(0);
    expect(out).toContain('10 entities read, 2 of them not told before.');
  });

  it('exits 1 when an import failed', async () => {
    expect((await run('sync status', answering(lists(runAt('failed', 4))))).code).toBe(1);
  });

  it('stops an import', async () => {
    const stopped: string[] = [];
    const stopSync = async (source: string) => void stopped.push(source);
    const { code, out } = await run('sync stop aircall', { stopSync });
    expect([code, stopped]).toEqual([0, ['aircall']]);
    expect(out).toContain('what was read stays');
  });
});
