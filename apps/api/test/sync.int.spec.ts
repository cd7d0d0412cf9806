import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createHistoryRuns, createSyncSources } from '#libs/intake';
import { systemClock } from '#libs/kernel';
import type { ProviderApi } from '#libs/ports/provider';

import { runApi, type RunningApi } from './running-api.js';

const never = () => Promise.reject(new Error('not asked'));
const recipe = (name: string) => ({
  ...{ name, entities: ['call'], by: 'start' as const, page: never },
  passes: [{ everyMs: 60_000, reachMs: 600_000 }],
});
const aircall: ProviderApi = {
  ...{ provider: 'aircall', recipes: [recipe('calls'), recipe('users')] },
  onlyTold: [{ what: 'presence', events: ['user.connected'], why: 'no list has it' }],
  ...{ webhooks: { inspect: never, mend: never }, ping: never, lookUp: never },
};

interface Shown {
  readonly items: readonly {
    readonly source: string;
    readonly lists: readonly { readonly list: string; readonly runs: readonly object[] }[];
  }[];
}

describe('the routes of sync', () => {
  let api: RunningApi;
  beforeAll(async () => {
    api = await runApi();
    const { documents } = api.parts;
    await createSyncSources({ documents, clock: systemClock }).tell(
      new Map([['aircall', aircall]]),
    );
  });
  afterAll(() => api.stop());

  it('show what the role that asks has told of itself', async () => {
    const { status, body } = await api.ask<Shown>('viewer', '/api/sync');
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        source: 'aircall',
        lists: [{ list: 'calls', runs: [] }, { list: 'users' }],
        onlyTold: [{ what: 'presence', why: 'no list has it' }],
      },
    ]);
  });

  it('ask for an import as documents, which nobody else may', async () => {
    const path = '/api/sync/aircall';
    expect((await api.ask('viewer', path, { method: 'POST', body: {} })).status).toBe(403);
    const first = await api.ask('operator', path, { method: 'POST', body: { list: 'calls' } });
    expect([first.status, first.body]).toEqual([202, { started: ['calls'], running: [] }]);
    const second = await api.ask('operator', path, { method: 'POST', body: {} });
    expect(second.body).toEqual({ started: ['users'], running: ['calls'] });
    const { body } = await api.ask<Shown>('viewer', '/api/sync');
    expect(body.items[0]?.lists[0]?.runs).toMatchObject([
      { pass: 'import', state: 'asked', read: 0, fresh: 0 },
    ]);
  });

  it('stop an import', async () => {
    const { status } = await api.ask('operator', '/api/sync/aircall', { method: 'DELETE' });
    expect(status).toBe(204);
    const runs = createHistoryRuns({ documents: api.parts.documents, clock: systemClock });
    expect((await runs.open()).map(({ state }) => state)).toEqual(['stopping', 'stopping']);
  });

  it('know no other provider and no other list', async () => {
    const post = { method: 'POST', body: { list: 'songs' } };
    for (const source of ['aircall', 'crow'])
      expect(await api.ask('operator', `/api/sync/${source}`, post)).toMatchObject({
        status: 404,
        body: { code: 'SYNC_SOURCE_UNKNOWN' },
      });
  });
});
