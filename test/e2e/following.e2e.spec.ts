import { MongoClient, type Collection } from 'mongodb';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { allSubscriptions, allTopics } from '#libs/contracts';
import { openParts, readSettings, type Parts } from '#libs/platform';
import { databaseName, describePeers } from '#libs/testing';

import { distributedSettings } from './harness/distributed-settings.js';
import { Operator, until } from './harness/outside.js';
import { Program } from './harness/program.js';

interface Job {
  readonly _id: number;
  readonly title: string;
}

/** Alone they need nothing but the servers. */
const roles = ['webhook-ingest', 'catalog', 'api'] as const;

describePeers(['mongodb', 'pubsub-fake'], 'two listeners', (mongodb, pubsub) => {
  let settings: Record<string, string>;
  let client: MongoClient;
  let jobs: Collection<Job>;
  let parts: Parts;
  let viewer: Operator;
  const programs: Program[] = [];

  const start = async (role: 'change-stream-listener' | (typeof roles)[number]) => {
    const program = await Program.start(role, { ...settings, INNKEEPER_ROLES: role });
    programs.push(program);
    return program;
  };
  /** Who follows, by the name of a process as a holder of leases. */
  const leader = async (): Promise<string | undefined> =>
    (await parts.leases.list()).find(({ name }) => name === 'capture/jobs')?.holder;
  const titles = async (): Promise<readonly string[]> => {
    const { json } = await viewer.get('/api/records/notice?limit=200');
    return (json as { items: { subject: string }[] }).items.map(({ subject }) => subject).sort();
  };
  const told = async (title: string): Promise<void> => {
    await until(`${title} is a record`, async () => (await titles()).includes(title));
  };

  beforeAll(async () => {
    const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
    client = await MongoClient.connect(url);
    const name = databaseName();
    jobs = client.db(name).collection<Job>('jobs');
    await jobs.insertOne({ _id: 0, title: 'before' });
    const follow = [{ name: 'jobs', database: name, collection: 'jobs', url, subject: 'title' }];
    settings = {
      ...distributedSettings({ mongodbUrl: url, pubsubHost: host }),
      INNKEEPER_FOLLOW: JSON.stringify(follow),
    };
    parts = await openParts(
      readSettings({ ...settings, INNKEEPER_ROLES: 'catalog' }, () => ''),
      undefined,
    );
    await parts.bus.create(allTopics, allSubscriptions);
    const [, , api] = await Promise.all(roles.map(start));
    viewer = new Operator(
      () => api?.url ?? '',
      settings['INNKEEPER_API_SIGNING_KEY'] ?? '',
      'viewer',
    );
  }, 120_000);

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.end('SIGKILL')));
    await parts.close();
    await jobs.drop();
    await client.close();
  });

  it('work one at a time; when one is killed the other goes on, with nothing left out and nothing twice', async () => {
    const first = await start('change-stream-listener');
    await told('before');
    const led = await leader();
    const second = await start('change-stream-listener');
    await jobs.insertOne({ _id: 1, title: 'with two' });
    await told('with two');
    expect(await leader()).toBe(led);

    await first.end('SIGKILL');
    await jobs.insertOne({ _id: 2, title: 'with none' });
    await jobs.updateOne({ _id: 0 }, { $set: { title: 'changed' } });
    await jobs.deleteOne({ _id: 1 });
    await told('with none');
    await told('changed');
    await until('the deleted one is gone', async () => (await titles()).length === 2);
    expect(await titles()).toEqual(['changed', 'with none']);
    expect(await leader()).not.toBe(led);

    // One fact for each state that was there: nothing was told again by the one that took over.
    const facts = await viewer.get('/api/facts?type=intake.notice.observed.v1&limit=200');
    const streams = (facts.json as { items: { stream: string }[] }).items.map(
      ({ stream }) => stream,
    );
    const of = (id: number) => streams.filter((stream) => stream === `notice/jobs.main.${id}`);
    expect([of(0), of(1), of(2)].map(({ length }) => length)).toEqual([2, 2, 1]);
    expect((await second.end()).code).toBe(0);
  }, 300_000);
});
