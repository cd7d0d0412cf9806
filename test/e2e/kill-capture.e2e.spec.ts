import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';
import type { ExaminationAnswer } from '#libs/routes';
import { databaseName, describePeer, type MongoReplicaSet } from '#libs/testing';

import { ChatTalkers, seenOf, type Seen, type Shown } from './harness/chat-talkers.js';
import { DataFolder } from './harness/data-folder.js';
import { captureKillPoints } from './harness/kill-point.js';
import { long, random, seed } from './harness/killing.js';
import { Operator, until } from './harness/outside.js';
import { PlatformProcess } from './harness/platform-process.js';
import { toldStreams } from './harness/repeated-facts.js';
import type { Fate } from './harness/topology.js';

const ROUNDS = Number(process.env['INNKEEPER_TEST_CAPTURE_KILLS'] ?? (long ? 200 : 25));
const MESSAGES = Number(
  process.env['INNKEEPER_TEST_CAPTURE_MESSAGES'] ?? (long ? 1_000_000 : 50_000),
);
const TALKERS = 6;
/** Of so many rounds one also closes a room of the chat. */
const CLOSING = 8;
/** Nobody indexes here, and nobody answers in the chat. */
const unread: ReadonlySet<string> = new Set(
  [
    subscriptions.indexOfRecords,
    subscriptions.roomsOfHints,
    subscriptions.roomsOfChat,
    subscriptions.roomsOfGone,
  ].map(({ name }) => name),
);
/** The test fails before Jest does, and says what it waited for. */
const HANGING_MS = 1_800_000;

describePeer('mongodb', `kill -9 of who follows and who is followed (${seed})`, (peer) => {
  const folder = new DataFolder();
  const database = databaseName();
  let set: MongoReplicaSet;
  let talkers: ChatTalkers;
  let running: PlatformProcess | undefined;

  const admin = (): Operator =>
    new Operator(() => running?.url ?? 'http://127.0.0.1:1', folder.secret('issuer'), 'admin');

  const start = async (fate: Fate = {}): Promise<void> => {
    const settings = {
      ...folder.settings,
      INNKEEPER_ROLES: 'change-stream-listener,webhook-ingest,catalog,api',
      INNKEEPER_ROCKETCHAT_MONGODB_URL: set.url,
      INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: database,
    };
    running = await PlatformProcess.start(settings, fate);
  };

  /**
   * Nobody is shown anything while the chat's database does not say within a second who may read it. A slow machine is late
   * with that now and then, and one page of hundreds is enough. A person is told to come again, and so are we.
   */
  const pageOf = async (path: string) => {
    const { status, text, json } = await admin().get(path);
    if (status === 503 && text.includes('DIRECTORY_UNAVAILABLE')) return undefined;
    if (status !== 200) throw new Error(`records answer ${status} ${text}`);
    return json as { items: Record<string, string>[]; next: string | null };
  };

  /** What the platform shows of a kind. */
  const shown = async (kind: string, field: string): Promise<Seen> => {
    const all: Shown[] = [];
    for (let after = ''; ;) {
      const path = `/api/records/${kind}?limit=200${after}`;
      const page = await until(`a page of ${kind} is shown`, () => pageOf(path));
      for (const item of page.items)
        all.push({ id: (item['id'] ?? '').split('.')[2] ?? '', text: item[field] ?? '' });
      if (page.next === null) return seenOf(all);
      after = `&after=${encodeURIComponent(page.next)}`;
    }
  };

  const more = (): Promise<unknown> => {
    const { done } = talkers;
    return until('people went on', () => Promise.resolve(talkers.done > done + 20));
  };

  const killPrimary = async (): Promise<void> => {
    const port = await set.killPrimary();
    await delay(random() * 1_000);
    await set.restart(port);
  };

  /** A listener that dies may die again while it starts. */
  const killListener = async (): Promise<void> => {
    await running?.end('SIGKILL');
    if (random() < 0.3) await start({ afterMs: random() * 2_000 });
    if (!running?.alive) await start();
  };

  const killSomebody = (): Promise<unknown> => {
    const draw = random();
    if (draw < 0.3) return killPrimary();
    return draw < 0.8 ? killListener() : Promise.all([killPrimary(), killListener()]);
  };

  const expectSame = async (kind: string, field: string, expected: Seen): Promise<void> => {
    let seen: Seen | undefined;
    await until(`${kind} is as in the chat`, async () => {
      seen = await shown(kind, field);
      return seen.digest === expected.digest;
    }).catch((error: unknown) => {
      expect({ seen, error }).toEqual({ seen: expected });
    });
  };

  /** Of what runs here. */
  const findings = async (): Promise<ExaminationAnswer['findings']> => {
    const { json } = await admin().get('/api/doctor');
    const { findings: found } = json as ExaminationAnswer;
    return found.filter(({ about }) => about === undefined || !unread.has(about));
  };

  /** An alert that an outage raised is cleared by itself. */
  const expectWell = async (): Promise<void> => {
    await until('nothing needs a person', async () => (await findings()).length === 0).catch(
      async (error: unknown) => {
        expect(await findings()).toEqual([]);
        throw error;
      },
    );
  };

  /** However slow the machine is: for as long as it comes on, it is waited for. */
  const settled = async (): Promise<void> => {
    const look = async () => {
      const { json: capture } = await admin().get('/api/capture');
      const { json: doctor } = await admin().get('/api/doctor');
      const { items } = capture as { items: { phase: string }[] };
      const { head, consumers } = doctor as ExaminationAnswer;
      const isBehind = consumers.some(({ name, behind = 0 }) => behind > 0 && !unread.has(name));
      const isDone = !isBehind && items.every(({ phase }) => phase === 'stream');
      return { isDone, position: head?.position ?? 0 };
    };
    for (let { isDone, position } = await look(); !isDone;)
      ({ isDone, position } = await until('it came on', async () => {
        const now = await look();
        return (now.isDone || now.position > position) && now;
      }));
  };

  const expectNothingLostOrRepeated = async (): Promise<void> => {
    await talkers.stop();
    await settled();
    const messages = await talkers.messages();
    await expectSame('chat_message', 'text', messages);
    await expectSame('chat_room', 'topic', await talkers.rooms());
    await expectWell();
    await running?.end('SIGTERM');
    const told = await folder.inspect((parts) => toldStreams(parts, 'chat_'));
    expect(told.repeated).toEqual([]);
    // Those that were taken away before anybody read them say nothing.
    expect(told.facts).toBeGreaterThan(messages.count);
  };

  beforeAll(async () => {
    set = await peer.start();
    talkers = new ChatTalkers(set.url, database, random);
    await talkers.history(MESSAGES);
  }, HANGING_MS);
  afterAll(async () => {
    await talkers.close();
    await running?.end('SIGKILL');
    await set.stop();
    folder.remove();
  }, 120_000);

  it(
    `loses and doubles nothing of ${MESSAGES} messages in ${ROUNDS} rounds of kills`,
    async () => {
      await start();
      talkers.start(TALKERS);
      for (let round = 1; round <= ROUNDS; round++) {
        await more();
        if (round % CLOSING === 0) await talkers.closeRoom();
        await delay(random() * 1_500);
        await killSomebody();
      }
      await until('people did all they can', () => Promise.resolve(talkers.didAll));
      await expectNothingLostOrRepeated();
    },
    HANGING_MS,
  );

  // The short form takes a few of the points; the seed says which.
  const points = long
    ? captureKillPoints
    : captureKillPoints.filter((_, i) => (i + seed) % 5 === 0);

  it.each(points)(
    'loses and doubles nothing when killed at %s',
    async (point) => {
      await running?.end('SIGTERM');
      await start({ at: `${point}:${1 + Math.floor(random() * 6)}` });
      talkers.start(TALKERS);
      await running?.died();
      await start();
      await more();
      await expectNothingLostOrRepeated();
    },
    HANGING_MS,
  );
});
