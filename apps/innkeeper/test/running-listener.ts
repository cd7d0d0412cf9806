import type { JsonObject, OperatorRole } from '#libs/kernel';
import { Secret } from '#libs/kernel';
import { issueToken, readSettings, runProcess, type Log, silentLog } from '#libs/platform';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { BSON, MongoClient, type Db, type Document } from 'mongodb';

import { loadRoles } from '../src/roles.js';

const signingKey = 'a signing key of the tests, long enough';

export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Every role that a followed document passes, on embedded parts. */
export const runListener = async (env: Readonly<Record<string, string>>) => {
  const directory = mkdtempSync(join(tmpdir(), 'innkeeper-listener-'));
  const settings = readSettings(
    {
      INNKEEPER_DATA_DIR: directory,
      INNKEEPER_HTTP_PORT: '0',
      INNKEEPER_ROLES: 'webhook-ingest,catalog,api,change-stream-listener',
      INNKEEPER_API_SIGNING_KEY: signingKey,
      INNKEEPER_CANARY_SECONDS: '0',
      INNKEEPER_ROCKETCHAT_TOKENS: 'a-token-of-the-tests',
      ...env,
    },
    () => '',
  );
  const events: string[] = [];
  const write = (event: string) => void events.push(event);
  const log: Log = { ...silentLog, info: write, warn: write, error: write };
  const running = await runProcess(await loadRoles(), settings, log);

  const ask = async (role: OperatorRole, path: string, name = 'Zoe'): Promise<Answer> => {
    const token = await issueToken(new Secret(signingKey), { name, role });
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(running.url + path, { headers });
    return { status: response.status, body: (await response.json()) as JsonObject };
  };

  /**
   * Asks again while nobody can tell who may read this, as its `Retry-After` tells everybody to. That lasts a little longer
   * than an outage of the chat, and comes by itself where a slow machine misses the second that rights have.
   */
  const askUntilTold = async (...question: Parameters<typeof ask>): Promise<Answer> => {
    for (;;) {
      const answer = await ask(...question);
      if (answer.body['code'] !== 'DIRECTORY_UNAVAILABLE') return answer;
      await delay(20);
    }
  };

  return {
    events,
    ask,
    askUntilTold,
    parts: running.parts,
    url: running.url,
    /** What a list shows, as far as it fits on a page. */
    async listed(role: OperatorRole, kind: string): Promise<readonly JsonObject[]> {
      const { status, body } = await askUntilTold(role, `/api/records/${kind}?limit=200`);
      if (status !== 200) throw new Error(`records answer ${status} ${JSON.stringify(body)}`);
      return body['items'] as unknown as readonly JsonObject[];
    },
    /** What facts say of a message that we wrote, and the whole of them as they lie in the log. */
    async saidOfAnswer(id: string) {
      const stored = await running.parts.log.read(0, 1_000);
      const facts = stored.filter(({ stream }) =>
        stream.startsWith(`chat_answer/rocketchat.main.${id}`),
      );
      const said = facts.map(({ data }) => JSON.parse(data) as JsonObject);
      return { facts, said, reasons: said.map(({ reason }) => reason) };
    },
    async stop(): Promise<void> {
      await running.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export type RunningListener = Awaited<ReturnType<typeof runListener>>;

/** Waits for what follows: nothing here is held to a time. */
export const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await delay(20);
};

const fixtures = new URL('../../../test/fixtures/rocketchat/mongo/', import.meta.url);

export const fixture = (name: string): Document =>
  BSON.EJSON.parse(readFileSync(new URL(`${name}.json`, fixtures), 'utf8')) as Document;

export interface Chat {
  readonly db: Db;
  readonly close: () => Promise<void>;
}

export const CHANNEL = 'mznyEdxBicLJNyfdE';
export const BOT = 'AwZyTLwwGJm2QkbdE';

/** A chat with one public channel that our account is in, one private group that it is not in, and two people. */
export const openChat = async (url: string, name: string): Promise<Chat> => {
  const client = await MongoClient.connect(url);
  const db = client.db(name);
  const into = (collection: string, ...documents: readonly Document[]) =>
    db.collection(collection).insertMany(documents.map((document) => ({ ...document })));
  await into(
    'rocketchat_room',
    fixture('room-01-public-channel'),
    fixture('room-03-private-group'),
  );
  await into('users', fixture('user-01-keycloak-user'), fixture('user-02-bot'));
  const owner = fixture('subscription-01-channel-owner');
  const ofBot = { ...owner, _id: 'subscriptionOfBot01', u: { _id: BOT, username: 'askdesk.bot' } };
  await into('rocketchat_subscription', owner, ofBot);
  await into('rocketchat_message', fixture('message-01-plain'));
  await into('rocketchat_permissions', { _id: 'view-c-room', roles: ['admin', 'user', 'bot'] });
  return {
    db,
    async close() {
      await db.dropDatabase();
      await client.close();
    },
  };
};
