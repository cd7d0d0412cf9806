import { expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import { CounterLog, databaseName, describePeer } from '#libs/testing';
import {
  draft,
  eventLogBehaviours,
  inWorld,
  type EventLogHarness,
  type Log,
} from '#suites/event-log';

const counterLog = (url: string): EventLogHarness => ({
  make: async (clock) => {
    const client = await new MongoClient(url).connect();
    const name = databaseName();
    const none = () => Promise.reject(new Error('the saboteur has none'));
    return {
      // Only what the behaviours below ask of it is there.
      open: () => Promise.resolve(new CounterLog(client, name, clock) as unknown as Log),
      close: () => Promise.resolve(),
      settle: () => Promise.resolve(),
      restart: none,
      process: none,
      dispose: async () => {
        await client.db(name).dropDatabase();
        await client.close();
      },
    };
  },
  dispose: () => Promise.resolve(),
});

describePeer('mongodb', 'the suite of the log, given the counter log', (peer) => {
  const run = async (title: keyof typeof eventLogBehaviours): Promise<void> => {
    const behaviour = eventLogBehaviours[title];
    if (!behaviour) throw new Error(`there is no behaviour "${title}"`);
    const { url } = await peer.shared();
    await inWorld(counterLog(url), behaviour);
  };

  it('is given a log that works for one writer and one reader', async () => {
    const { url } = await peer.shared();
    await inWorld(counterLog(url), async ({ log }) => {
      await log.observe([await draft('one')]);
      await log.observe([await draft('two')]);
      expect((await log.read(1, 10)).map(({ position }) => position)).toEqual([2, 3]);
    });
  }, 60_000);

  it('rejects it, because a reader does not see every fact of competing writers', async () => {
    await expect(
      run('shows a reader every fact once, in order, while clients compete'),
    ).rejects.toThrow();
  }, 60_000);

  it('rejects it, because it stores a known fact again', async () => {
    await expect(
      run('skips what is known, one by one, and answers the old position'),
    ).rejects.toThrow();
  }, 60_000);
});
