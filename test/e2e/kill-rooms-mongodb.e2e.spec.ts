import { setTimeout as delay } from 'node:timers/promises';

import { MongoClient, type Db } from 'mongodb';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { Parts } from '#libs/platform';
import { databaseName, describePeer, describePeers, type ChatDocuments } from '#libs/testing';

import { AskedRooms } from './harness/asked-rooms.js';
import { Deployment } from './harness/deployment.js';
import { long, random, seed } from './harness/killing.js';
import { notedIn } from './harness/noted-questions.js';
import { Operator } from './harness/outside.js';
import { patientParts } from './harness/patient.js';
import type { Program } from './harness/program.js';

const KILLS = Number(process.env['INNKEEPER_TEST_ROOM_KILLS'] ?? (long ? 40 : 6));
const RESPONDERS = 2;
/** The test fails before Jest does, and says what it waited for. */
const HANGING_MS = 3_600_000;

/** The chat’s own database, as its servers write it. */
const writtenTo = (database: Db): ChatDocuments => {
  const collection = (name: string) => database.collection<{ readonly _id: string }>(name);
  return {
    async put(name, { _id, ...document }) {
      await collection(name).replaceOne({ _id: String(_id) }, document, { upsert: true });
    },
    async remove(name, _id) {
      await collection(name).deleteOne({ _id });
    },
  };
};

const title = `kill -9 of one of ${RESPONDERS} who answer in rooms (INNKEEPER_TEST_SEED=${seed})`;

describePeer('qdrant', title, (qdrant) => {
  describePeers(['mongodb', 'pubsub-fake'], 'on servers', (mongodb, pubsub) => {
    const name = databaseName();
    const responders: (Program | undefined)[] = [];
    let client: MongoClient;
    let deployment: Deployment;
    let parts: Parts;
    let rooms: AskedRooms;
    let more: Readonly<Record<string, string>>;

    const answering = { INNKEEPER_ROLES: 'llm-responder' };

    const startResponder = async (n: number): Promise<void> => {
      responders[n] = await deployment.startAlso('llm-responder', { ...more, ...answering });
    };

    beforeAll(async () => {
      const [{ url }, { host }, index] = await Promise.all([
        mongodb.shared(),
        pubsub.shared(),
        qdrant.shared(),
      ]);
      client = await MongoClient.connect(url);
      deployment = new Deployment({ mongodbUrl: url, pubsubHost: host });
      parts = patientParts(await deployment.parts());
      rooms = await AskedRooms.open(random, () => notedIn(parts), writtenTo(client.db(name)));
      await rooms.chat.fake.written();
      more = {
        ...rooms.settings,
        INNKEEPER_ROCKETCHAT_MONGODB_URL: url,
        INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: name,
        INNKEEPER_SEARCH_INDEX_KIND: 'qdrant',
        INNKEEPER_QDRANT_URL: `http://${index.host}`,
      };
      const door = 'webhook-ingest,catalog,api,change-stream-listener';
      await deployment.start('innkeeper', more, { door, rest: 'vectorizer' });
      rooms.chat.announceTo(deployment.door?.url ?? '');
      await Promise.all(Array.from({ length: RESPONDERS }, (_, n) => startResponder(n)));
      const key = deployment.setting('INNKEEPER_API_SIGNING_KEY');
      await rooms.prepare(
        new Operator(() => deployment.door?.url ?? '', key, 'admin'),
        new Operator(() => responders[0]?.url ?? '', key, 'viewer', 'person.0'),
      );
    }, HANGING_MS);
    afterAll(async () => {
      await Promise.all(responders.map((one) => one?.end('SIGKILL')));
      await deployment.stop();
      await rooms.close();
      await parts.close();
      await client.db(name).dropDatabase();
      await client.close();
    }, 120_000);

    it(
      `gives each question one answer, and none that is stale, in ${KILLS} kills`,
      async () => {
        rooms.chat.worsen();
        rooms.askers.start();
        for (let kill = 1; kill <= KILLS; kill++) {
          rooms.chat.chooseHowToDelete();
          await Promise.all([rooms.chat.stumble(), delay(random() * 4_000)]);
          const victim = Math.floor(random() * RESPONDERS);
          await responders[victim]?.end('SIGKILL');
          await delay(random() * 2_000);
          await startResponder(victim);
        }
        await rooms.settle();
        await rooms.expectOneAnswerEach();
        await rooms.expectRatingsTold(parts);
        const { asked, answered } = await rooms.counts();
        expect(answered).toBeGreaterThan(asked / 3);
      },
      HANGING_MS,
    );
  });
});
