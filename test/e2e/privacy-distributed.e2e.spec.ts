import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MongoClient } from 'mongodb';

import { subscriptions, topics, type Topic } from '#libs/contracts';
import type { Parts } from '#libs/platform';
import { describePeers } from '#libs/testing';

import { Deployment } from './harness/deployment.js';
import { overhear } from './harness/ears.js';
import { askEveryRoute, shownMarks, shownToWhom, wronglyAnswered } from './harness/every-route.js';
import { markedBody, marksIn } from './harness/marks.js';
import { marksInCollections } from './harness/mongodb-look.js';
import { knock, until } from './harness/outside.js';
import { POISON } from './harness/sabotage.js';

/** Topics on which nothing of anybody may be, in no attribute and in no body: also what nobody could handle. */
const open: readonly Topic[] = [
  topics.intakeFacts,
  topics.logFacts,
  topics.records,
  topics.chat,
  topics.gone,
  ...Object.values(subscriptions).flatMap(({ deadLetter }) => deadLetter ?? []),
];

describePeers(
  ['mongodb', 'pubsub-fake'],
  'a person who is in everything that came in, distributed',
  (mongodb, pubsub) => {
    const folder = mkdtempSync(join(tmpdir(), 'innkeeper-watched-'));
    const heard: string[] = [];
    let platform: Deployment;
    let listening: Parts;
    let client: MongoClient;

    beforeAll(async () => {
      const [{ url }, { host }] = await Promise.all([mongodb.shared(), pubsub.shared()]);
      platform = new Deployment({ mongodbUrl: url, pubsubHost: host });
      client = new MongoClient(url);
      await platform.start('watched', {
        INNKEEPER_LOG_LEVEL: 'debug',
        WATCHED_FOLDER: folder,
      });
      listening = await platform.parts();
      await overhear(listening.bus, open, ({ name }, messages) => {
        for (const { attributes, data } of messages)
          heard.push(`${name} ${JSON.stringify(attributes)} ${Buffer.from(data).toString()}`);
      });
    }, 60_000);

    afterAll(async () => {
      await platform.stop();
      await listening.close();
      await client.close();
      rmSync(folder, { recursive: true, force: true });
    }, 60_000);

    const databases = () =>
      ['INNKEEPER_MONGODB_DATABASE', 'INNKEEPER_KEYS_MONGODB_DATABASE'].map((name) =>
        client.db(platform.setting(name)),
      );

    it('is in records, and in nothing else that is stored, shown to a viewer, told to others or written', async () => {
      const token = platform.setting('INNKEEPER_AIRCALL_TOKENS');
      const door = platform.door?.url ?? '';
      const proved = [
        markedBody('call.commented', token, { id: 990001 }).replace('flowerpot', POISON),
        ...['call.ended.answered', 'call.commented', 'contact.created', 'number.created'].map(
          (sample) => markedBody(sample, token),
        ),
        markedBody('message.received.sms', token),
      ];
      for (const body of proved) expect((await knock(door, body)).status).toBe(200);
      const unproved = markedBody('call.commented', 'not-the-token');
      expect((await knock(door, unproved)).status).toBe(401);

      const { viewer } = platform;
      const count = async (path: string): Promise<number> =>
        ((await viewer.get(path)).json as { items: unknown[] }).items.length;
      await until('all of it is where it goes', async () => {
        const counts = [count('/api/deliveries'), count('/api/quarantine'), count('/api/dead')];
        return (await Promise.all(counts)).join() === `${proved.length},1,1`;
      });
      await until('it is in the records', async () => {
        const { text } = await viewer.get('/api/records/call?limit=10');
        return marksIn(text).includes('flowerpot');
      });
      await until('others have heard', async () =>
        ['intake.facts', 'catalog.records', 'intake.deliveries.v1--intake.dead'].every((name) =>
          heard.some((one) => one.startsWith(name)),
        ),
      );

      const stored = (await Promise.all(databases().map(marksInCollections))).flat();
      expect(stored.filter(({ where }) => !where.includes('records_'))).toEqual([]);
      expect(stored.some(({ where }) => where.includes('records_'))).toBe(true);
      expect(heard.flatMap((one) => marksIn(one))).toEqual([]);
      const paths = ['facts', 'deliveries', 'quarantine', 'dead', 'doctor', 'settings'];
      const shown = await Promise.all(paths.map((path) => viewer.get(`/api/${path}`)));
      expect(shown.flatMap(({ text }) => marksIn(text))).toEqual([]);
      const printed = [platform.door, platform.rest].map((one) => one?.ended);
      const written = printed.map((one) => `${one?.stdout}${one?.stderr}`).join('');
      expect(written).toContain('"level":"debug"');
      expect(marksIn(written)).toEqual([]);
      expect(written).not.toContain(token);
    }, 120_000);

    it('is shown by every route of the document to those only who may see it', async () => {
      const asked = await askEveryRoute(
        () => platform.rest?.url ?? '',
        platform.setting('INNKEEPER_API_SIGNING_KEY'),
        'contact/aircall.main.77120045',
      );
      expect(wronglyAnswered(asked)).toEqual([]);
      expect(shownMarks(asked)).toEqual(shownToWhom);
    }, 60_000);
  },
);
