import { existsSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';

import { loadDump, MongoDatabase } from '#libs/adapters/mongodb';
import { resticRepository } from '#libs/adapters/restic';
import { asFault, canonicalJson, Secret } from '#libs/kernel';
import type { BackupRunAnswer, ErasureAnswer, ExaminationAnswer } from '#libs/routes';
import {
  describePeers,
  describeRestic,
  programPath,
  type Emulator,
  type FoundPeer,
  type FoundRestic,
  type MongoReplicaSet,
  type Peers,
  type RedisServer,
  type S3Server,
} from '#libs/testing';

import { CHAT, DistributedBackups } from './harness/distributed-backups.js';
import { guestPosts, guestStream } from './harness/guest-posts.js';
import { nextBody, randomFrom } from './harness/history.js';
import { deliver, knock, until } from './harness/outside.js';
import { recordsOf, type ShownRecords } from './harness/shown-records.js';

const PASSPHRASE = 'seven herons at one flowerpot';
/** For starting and stopping three servers and three processes on a busy machine. */
const PATIENCE_MS = 600_000;
const signal = new AbortController().signal;
/** Of a run that ended well. Both, so that a failure shows which warnings there were. */
const unwarned = { status: 'succeeded', warnings: [] };

interface ServersOfFar {
  readonly mongodb: FoundPeer<Peers['mongodb']>;
  readonly pubsub: FoundPeer<Peers['pubsub-fake']>;
  readonly firestore: FoundPeer<Peers['firestore']>;
  readonly redis: FoundPeer<Peers['redis']>;
  readonly s3: FoundPeer<Peers['s3']>;
  readonly restic: FoundRestic;
}

const lostAndFound = (peers: ServersOfFar): void => {
  let mongodb: MongoReplicaSet;
  let firestore: Emulator;
  let redis: RedisServer;
  let s3: S3Server;
  let far: DistributedBackups;
  let lost: DistributedBackups | undefined;
  let before: ShownRecords;
  let first: BackupRunAnswer;
  /** What the log hears only later. */
  let owed: string;

  const settled = (records: number): Promise<ShownRecords> =>
    until('everything is in records', async () => {
      const { json } = await far.at('viewer').get('/api/doctor');
      const { consumers } = json as ExaminationAnswer;
      if (!consumers.every(({ behind }) => (behind ?? 0) === 0)) return false;
      const shown = await recordsOf(far.at('operator'));
      return Object.keys(shown).length >= records && shown;
    });
  const findings = async (): Promise<readonly string[]> =>
    ((await far.at('viewer').get('/api/doctor')).json as ExaminationAnswer).findings.map(
      ({ code }) => code,
    );
  const made = async (...words: readonly string[]): Promise<BackupRunAnswer> => {
    const ended = await far.backup('run', ...words);
    if (ended.code !== 0) throw new Error(`no backup: ${ended.stdout}${ended.stderr}`);
    return JSON.parse(ended.stdout) as BackupRunAnswer;
  };
  const inChat = async <T>(look: (chat: MongoDatabase['db']) => Promise<T>): Promise<T> => {
    const database = new MongoDatabase({ url: mongodb.url, name: CHAT });
    try {
      return await look(database.db);
    } finally {
      await database.close();
    }
  };
  const places = async () => ({
    mongodbUrl: mongodb.url,
    pubsubHost: (await peers.pubsub.shared()).host,
    redisUrl: redis.url,
    firestoreHost: firestore.host,
    ...{ s3, restic: peers.restic.path, mongod: programPath('mongod') ?? 'mongod' },
  });

  beforeAll(async () => {
    [mongodb, firestore, redis, s3] = await Promise.all([
      peers.mongodb.start(),
      peers.firestore.start(),
      // One of its own: it is emptied.
      peers.redis.start(),
      peers.s3.start(),
    ]);
    far = await DistributedBackups.open(await places());
    far.writeFile('photo.bin', 3_000_000);
    await inChat(async (chat) => {
      await chat.collection('users').insertMany([{ name: 'zoe' }, { name: 'ari' }]);
      await chat
        .collection('messages')
        .insertMany(Array.from({ length: 500 }, (_, i) => ({ text: `message ${i}` })));
    });
    await far.start();
    const random = randomFrom(5);
    const tokens = far.setting('INNKEEPER_AIRCALL_TOKENS');
    for (let i = 0; i < 20; i++)
      expect((await knock(far.door?.url ?? '', nextBody(random, tokens))).status).toBe(200);
    for (const post of await guestPosts())
      expect((await deliver(far.door?.url ?? '', post)).status).toBe(200);
    await settled(12);
    const asked = { target: guestStream, also: [], confirm: false };
    const { finds } = (await far.at('admin').post('/api/erasures', asked)).json as ErasureAnswer;
    const also = finds.map(({ stream }) => stream);
    const erased = await far.at('admin').post('/api/erasures', { ...asked, also, confirm: true });
    expect(erased.status).toBeLessThan(300);
  }, PATIENCE_MS);
  afterAll(async () => {
    await far?.stop('SIGKILL');
    for (const each of [far, lost]) each?.remove();
    await Promise.all([mongodb, firestore, redis, s3].map((server) => server?.stop()));
  }, PATIENCE_MS);

  it(
    'a backup by the command line saves each source, and a platform on a database of the drill proves it',
    async () => {
      first = await made();
      expect(first).toMatchObject({ ...unwarned, drill: { verdict: 'good' } });
      expect(
        first.sources.map(({ name, repository, snapshot }) => [name, repository, snapshot?.length]),
      ).toEqual([
        ['innkeeper', 'data', 64],
        ['chat', 'data', 64],
        ['files', 'data', 64],
        ['keys', 'keys', 64],
      ]);
      const started = first.drill?.sources.map((source) => [source.name, source.started ?? '']);
      expect(Object.fromEntries(started ?? [])).toMatchObject({
        innkeeper: expect.stringContaining('Innkeeper on a copy'),
        chat: expect.stringContaining('mongod'),
      });
      expect(existsSync(far.dataDir)).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'its history is in the log, which the process that made it knows only from afar',
    async () => {
      await far.untilTold(first.id, 'succeeded');
      const told = await far.told(first.id);
      expect(told.at(0)).toBe('requested');
      expect(told.at(-1)).toBe('succeeded');
    },
    PATIENCE_MS,
  );

  it(
    'who saves cannot remove what was saved; another account does, once a later backup of the day is there',
    async () => {
      const { data } = far.accounts;
      const snapshot = first.sources[0]?.snapshot ?? '';
      const writer = resticRepository({
        program: peers.restic.path,
        repository: `s3:${s3.url}/far-data`,
        password: new Secret('of-the-far-data'),
        credentials: { accessKey: data.accessKey, accessSecret: new Secret(data.accessSecret) },
        environment: process.env,
        patienceMs: 2_000,
      });
      const refused = await writer.remove([snapshot], { signal }).then(() => undefined, asFault);
      expect(refused?.code).toBe('BACKUP_ACCESS_DENIED');
      const second = await made('--kind', 'daily');
      const third = await made('--kind', 'daily');
      const fourth = await made('--kind', 'daily');
      const idsOf = ({ sources }: BackupRunAnswer): readonly string[] =>
        sources.flatMap(({ repository, snapshot }) =>
          repository === 'data' && snapshot !== null ? [snapshot] : [],
        );
      // The oldest stays while there are fewer than the rules ask for, and the one before this until this is good.
      expect(third.retention?.removed).toEqual([]);
      expect(fourth.retention?.removed?.toSorted()).toEqual([...idsOf(second)].toSorted());
      const left = (await writer.list({ signal })).map(({ id }) => id);
      expect(left.toSorted()).toEqual([first, third, fourth].flatMap(idsOf).toSorted());
    },
    PATIENCE_MS,
  );

  it(
    'a log that goes away while a backup is saved delays nothing but its history',
    async () => {
      far.writeFile('film.bin', 40_000_000);
      const asked = await far.atBackups('operator').post('/api/backups', { kind: 'daily' });
      const { id } = asked.json as BackupRunAnswer;
      const shown = async () =>
        (await far.atBackups('viewer').get(`/api/backups/${id}`)).json as BackupRunAnswer;
      await until('it saves', async () => (await shown()).step === 'save');
      await Promise.all(mongodb.ports.map((port) => mongodb.kill(port)));
      const ended = await until('it ends', async () => {
        const run = await shown();
        return run.endedAt !== null && run;
      });
      expect(ended).toMatchObject({ ...unwarned, step: 'close' });
      for (const port of mongodb.ports) await mongodb.restart(port);
      await mongodb.primaryPort();
      owed = id;
    },
    PATIENCE_MS,
  );

  it(
    'the doctor of a process that makes no backups tells that they are not good',
    async () => {
      await until('it is told', async () => (await findings()).includes('BACKUP_KIT_MISSING'));
    },
    PATIENCE_MS,
  );

  it(
    'a kit is made where there are settings alone',
    async () => {
      const to = join(far.folder, 'innkeeper-kit.age');
      await writeFile(join(far.folder, 'passphrase'), PASSPHRASE, { mode: 0o600 });
      const kit = await far.type(
        [
          ...['backup', 'kit', '--to', to],
          ...['--passphrase-file', join(far.folder, 'passphrase')],
          ...['--tell', far.orchestrator?.url ?? ''],
        ],
        far.orchestratorSettings,
      );
      expect(kit).toMatchObject({ code: 0, stderr: expect.not.stringContaining('--tell') });
      expect(existsSync(far.dataDir)).toBe(false);
    },
    PATIENCE_MS,
  );

  it(
    'who dies is followed by another process, though the queue was emptied; and nobody works beside it',
    async () => {
      far.writeFile('play.bin', 40_000_000);
      const another = await far.startAnother();
      const ask = async (key: string) => {
        const headers = { 'idempotency-key': key };
        const asked = await far
          .atBackups('operator')
          .post('/api/backups', { kind: 'daily' }, headers);
        return (asked.json as BackupRunAnswer).id;
      };
      const shown = async (id: string) =>
        (await far.atBackups('viewer').get(`/api/backups/${id}`)).json as BackupRunAnswer;
      const ended = (id: string) =>
        until(`${id} ends`, async () => {
          const run = await shown(id);
          return run.endedAt !== null && run;
        });
      const id = await ask('the-first');
      // What is saved by now is saved again: who follows has another machine, and no copy on it.
      await until('it saves, and one source is saved', async () => {
        const { step, sources } = await shown(id);
        return step === 'save' && sources.some(({ snapshot }) => snapshot !== null);
      });
      const first = far.orchestrator;
      far.orchestrator = another;
      expect(await ended(await ask('the-second'))).toMatchObject({
        status: 'refused',
        error: { code: 'BACKUP_ALREADY_RUNS' },
      });
      await first?.end('SIGKILL');
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
      expect(await ended(id)).toMatchObject(unwarned);
      await far.untilTold(id, 'succeeded');
      expect(await made('--kind', 'daily')).toMatchObject(unwarned);
    },
    PATIENCE_MS,
  );

  it(
    'the log hears by itself what it missed, and the doctor elsewhere knows of the kit',
    async () => {
      // Both within a minute, which the test before has passed already. Who made that backup is dead by now.
      await far.untilTold(owed, 'succeeded');
      await until('nobody asks for a kit', async () => {
        return !(await findings()).includes('BACKUP_KIT_MISSING');
      });
    },
    PATIENCE_MS,
  );

  it(
    'all is lost: on an empty replica set everything is as it was, and who was erased stays erased',
    async () => {
      before = await settled(12);
      const last = await made();
      expect(last).toMatchObject(unwarned);
      await far.stop('SIGKILL');
      await Promise.all([mongodb.stop(), firestore.stop()]);
      [mongodb, firestore] = await Promise.all([peers.mongodb.start(), peers.firestore.start()]);
      const restored = join(far.folder, 'restored');
      const brought = await far.type(
        [
          ...['backup', 'restore', '--kit', join(far.folder, 'innkeeper-kit.age')],
          ...['--passphrase-file', join(far.folder, 'passphrase'), '--to', restored],
        ],
        { INNKEEPER_BACKUP_RESTIC: peers.restic.path },
      );
      expect({ stderr: brought.stderr, code: brought.code }).toMatchObject({ code: 0 });
      // What mongorestore does by the page.
      for (const source of ['innkeeper', 'keys', 'chat']) {
        const folder = join(restored, 'sources', source, 'copy');
        await loadDump({ folder, url: new Secret(mongodb.url) }, { signal });
      }
      lost = far;
      far = far.on(await places());
      await cp(join(restored, 'sources', 'files', 'files'), far.files, { recursive: true });
      await far.start();
      const era = await far.type(['log', 'restored', '--to', far.api?.url ?? '', '--json']);
      expect(era).toMatchObject({ code: 0 });
      await far.stop();
      await far.startAgain();
      const verified = await far.type(['verify', '--to', far.api?.url ?? '']);
      expect(verified).toMatchObject({ code: 0 });
      const after = await settled(Object.keys(before).length);
      expect(canonicalJson(after)).toBe(canonicalJson(before));
      expect(JSON.stringify(after)).not.toContain('Quillfeather');
      expect(JSON.stringify(after)).toContain('Otto Lind');
    },
    PATIENCE_MS,
  );

  it(
    'one collection of the chat comes back beside the one that lives',
    async () => {
      await inChat((chat) => chat.collection('users').deleteMany({}));
      const found = await far.type(
        [...['backup', 'restore', '--collection', `${CHAT}.users`, '--into', 'chatfound']],
        {
          ...far.orchestratorSettings,
          INNKEEPER_BACKUP_WORK_DIR: join(far.folder, 'a-machine', 'without-backups'),
          INNKEEPER_BACKUP_RESTORE_MONGODB_URL: mongodb.url,
        },
      );
      expect(found).toMatchObject({ code: 0 });
      const database = new MongoDatabase({ url: mongodb.url, name: 'chatfound' });
      expect(await database.db.collection('users').countDocuments()).toBe(2);
      await database.close();
      expect(await inChat((chat) => chat.collection('users').countDocuments())).toBe(0);
      expect(await inChat((chat) => chat.collection('messages').countDocuments())).toBe(500);
    },
    PATIENCE_MS,
  );

  it(
    'the next backup goes to the same repositories, and is proved',
    async () => {
      // What lies there was named by runs whose documents are lost, and nobody took them back from the log.
      const unnamed = (repository: string) => ({
        ...{ code: 'BACKUP_SNAPSHOTS_UNNAMED', step: 'preview' },
        detail: expect.stringMatching(`^${repository} holds `),
      });
      expect(await made()).toMatchObject({
        ...{ status: 'succeeded_with_warnings', warnings: [unnamed('data'), unnamed('keys')] },
        drill: { verdict: 'good' },
      });
      expect(existsSync(far.dataDir)).toBe(false);
    },
    PATIENCE_MS,
  );
};

describePeers(['mongodb', 'pubsub-fake'], 'backups of a platform on servers', (mongodb, pubsub) => {
  describePeers(['firestore', 'redis'], 'with runs and jobs apart', (firestore, redis) => {
    describePeers(['s3', 'mongodb'], 'to buckets', (s3) => {
      describeRestic('restic', 'are proved, and all of it comes back', (restic) =>
        lostAndFound({ mongodb, pubsub, firestore, redis, s3, restic }),
      );
    });
  });
});
