import type { CaptureItem } from '#libs/capture';
import { describe, expect, it } from '@jest/globals';

import type { Alert } from '../alerts/alert.js';
import type { Alerts, Trouble } from '../alerts/alerts.js';
import { examineFollowed } from '../doctor/followed.js';
import { feedTroubles } from './feed-troubles.js';
import { watchFeeds } from './watch-feeds.js';

const NOW = 1_000_000;
const well: CaptureItem = {
  ...{ name: 'chat_message', phase: 'stream', done: 5, lagMs: 200, tokenAt: NOW, parked: [] },
  preImages: false,
};

/** Alerts in memory, raised once each. */
const remembered = () => {
  const raised = new Map<string, Alert>();
  const nameOf = ({ cause, about }: Pick<Alert, 'about' | 'cause'>) => `${cause}/${about}`;
  const alerts: Pick<Alerts, 'clear' | 'list' | 'raise'> = {
    raise: async (trouble: Trouble) => {
      if (raised.has(nameOf(trouble))) return undefined;
      const alert: Alert = { ...trouble, alert: nameOf(trouble), state: 'raised', version: 1 };
      raised.set(nameOf(trouble), alert);
      return alert;
    },
    clear: async (cause, about) => {
      const alert = raised.get(nameOf({ cause, about }));
      raised.delete(nameOf({ cause, about }));
      return alert && { ...alert, state: 'cleared' };
    },
    list: async () => [...raised.values()],
  };
  return { alerts, raised };
};

const rig = () => {
  let items: readonly CaptureItem[] = [well];
  const told: string[] = [];
  const { alerts, raised } = remembered();
  const watch = watchFeeds({ alerts, feeds: async () => items, clock: { now: () => NOW } });
  return {
    alerts,
    raised,
    told,
    look: async (...now: readonly CaptureItem[]) => {
      items = now;
      await watch(({ cause, about, state }) => told.push(`${state} ${cause} ${about}`));
    },
  };
};

describe('what is wrong with a feed', () => {
  it.each([
    ['nothing', {}, []],
    [
      'a lost history',
      { code: 'CAPTURE_HISTORY_LOST', phase: 'snapshot' },
      ['CAPTURE_HISTORY_LOST'],
    ],
    ['a collection that is gone', { code: 'CAPTURE_COLLECTION_GONE' }, ['CAPTURE_COLLECTION_GONE']],
    ['a missing right', { code: 'CAPTURE_FORBIDDEN', lagMs: 90_000 }, ['CAPTURE_FORBIDDEN']],
    ['a short outage', { code: 'CAPTURE_UNREACHABLE', lagMs: 20_000 }, []],
    ['a long outage', { code: 'CAPTURE_UNREACHABLE', lagMs: 90_000 }, ['CAPTURE_LAGGING']],
    ['nobody who follows it', { lagMs: 90_000 }, ['CAPTURE_LAGGING']],
    ['a mass deletion', { waiting: { count: 40, most: 20 } }, ['CAPTURE_DELETION_WAITING']],
  ] as const)('is seen where there is %s', (_what, over, causes) => {
    expect(feedTroubles({ ...well, ...over }).map(({ cause }) => cause)).toEqual(causes);
  });
});

describe('watching feeds', () => {
  it('raises what is wrong once, and clears it when it is over', async () => {
    const { look, told } = rig();
    const gone: CaptureItem = { ...well, phase: 'halted', code: 'CAPTURE_COLLECTION_GONE' };
    await look(gone);
    await look(gone);
    await look(well);
    await look(well);
    expect(told).toEqual([
      'raised CAPTURE_COLLECTION_GONE chat_message',
      'cleared CAPTURE_COLLECTION_GONE chat_message',
    ]);
  });

  it('tells each feed apart, and is done with one that is not followed any more', async () => {
    const { look, told } = rig();
    const late: CaptureItem = { ...well, lagMs: 90_000 };
    await look(late, { ...well, name: 'crm' });
    await look({ ...well, name: 'crm' });
    expect(told).toEqual([
      'raised CAPTURE_LAGGING chat_message',
      'cleared CAPTURE_LAGGING chat_message',
    ]);
  });

  it('says since when a feed is late, and leaves the alerts of others alone', async () => {
    const { alerts, look, raised } = rig();
    await alerts.raise({ cause: 'HISTORY_UNREAD', about: 'aircall', found: [], startedAt: 1 });
    await look({ ...well, lagMs: 90_000 });
    await look(well);
    expect([...raised.keys()]).toEqual(['HISTORY_UNREAD/aircall']);
    await look({ ...well, lagMs: 90_000 });
    expect(raised.get('CAPTURE_LAGGING/chat_message')?.startedAt).toBe(NOW - 90_000);
  });
});

describe('the doctor of feeds', () => {
  const examined = (item: CaptureItem, lead: readonly string[] = ['capture/chat_message']) =>
    examineFollowed({
      feeds: async () => [item],
      leases: {
        list: async () => lead.map((name) => ({ name, holder: 'a', term: 1, expiresInMs: 5_000 })),
      },
      clock: { now: () => NOW },
      startedAt: NOW - 600_000,
    });

  it('has nothing to say of one that is well', async () => {
    expect(await examined(well)).toEqual([]);
  });

  it('names the feed, how late it is, and the runbook', async () => {
    const [late] = await examined({ ...well, lagMs: 600_000 });
    expect(late).toMatchObject({ code: 'CAPTURE_LAGGING', about: 'feed chat_message' });
    expect(late?.says).toContain('10 min behind');
    expect(late?.next).toContain('docs/runbooks/capture-lagging.md');
  });

  it('says that nobody follows it: not for a moment between two, but when it is late', async () => {
    expect(await examined(well, [])).toEqual([]);
    for (const item of [
      { ...well, lagMs: 90_000 },
      { ...well, tokenAt: 0 },
    ])
      expect((await examined(item, ['capture/other']))[0]).toMatchObject({
        code: 'LEASE_FREE',
        about: 'capture/chat_message',
      });
  });

  it('names documents that were set aside, by why', async () => {
    const parked = (['a', 'b'] as const).map((id) => ({
      ...{ id, code: 'CAPTURE_DOCUMENT_UNREADABLE' as const, triedAt: NOW },
    }));
    expect(await examined({ ...well, parked })).toMatchObject([
      {
        code: 'CAPTURE_DOCUMENTS_ASIDE',
        says: '2 set aside (CAPTURE_DOCUMENT_UNREADABLE): a, b.',
      },
    ]);
  });
});
