import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';

import { allSubscriptions, allTopics, subscriptions } from '#libs/contracts';
import { openParts, readSettings, type Parts } from '#libs/platform';
import { describePeer, describePeers } from '#libs/testing';

import { isDrained } from './harness/compare.js';
import { DataFolder } from './harness/data-folder.js';
import { distributedSettings } from './harness/distributed-settings.js';
import { randomFrom } from './harness/history.js';
import { healthOf, Operator, until } from './harness/outside.js';
import { Program, type ProgramName } from './harness/program.js';
import { Senders } from './harness/senders.js';

/** What each role has to show in health, and nothing else. */
const parts = {
  'webhook-ingest': [
    'webhook-ingest/intake.deliveries.v1--intake',
    'webhook-ingest/intake.quarantine.v1--quarantine-keeper',
  ],
  catalog: [
    'catalog/catalog',
    'catalog/catalog.gone.v1--rooms.dead-letter--keeper',
    'catalog/catalog.records.v1--index.dead-letter--keeper',
    'catalog/intake.chat.v1--rooms.dead-letter--keeper',
    'catalog/intake.deliveries.v1--intake.dead-letter--keeper',
    'catalog/intake.hints.v1--capture.dead-letter--keeper',
    'catalog/intake.hints.v1--refresh.dead-letter--keeper',
    'catalog/intake.hints.v1--rooms.dead-letter--keeper',
    'catalog/intake.quarantine.v1--quarantine-keeper.dead-letter--keeper',
    'catalog/relay',
  ],
  api: ['api/answers'],
  'provider-sync': [
    'provider-sync/announce-alerts.v1',
    'provider-sync/intake.hints.v1--refresh',
    'provider-sync/read-history.v1',
    'provider-sync/refresh-entity.v1',
    'provider-sync/watch-door.v1',
  ],
  'change-stream-listener': ['change-stream-listener/intake.hints.v1--capture'],
  vectorizer: ['vectorizer/catalog.records.v1--index'],
  'llm-responder': [
    'llm-responder/catalog.gone.v1--rooms',
    'llm-responder/intake.chat.v1--rooms',
    'llm-responder/intake.hints.v1--rooms',
    'llm-responder/questions',
  ],
  'backup-orchestrator': ['backup-orchestrator/work-backup.v1'],
} as const;
type RoleName = keyof typeof parts;
const roleNames = Object.keys(parts) as RoleName[];

/** What can run alone: who writes an embedded index and who asks it share a process. */
const alone: readonly (readonly RoleName[])[] = [
  ...roleNames
    .filter((role) => role !== 'vectorizer' && role !== 'llm-responder')
    .map((role) => [role]),
  ['vectorizer', 'llm-responder'],
];
const programOf = ([role = 'api', ...others]: readonly RoleName[]): ProgramName =>
  others.length > 0 ? 'innkeeper' : role;

const programs: Program[] = [];
const started = async (...args: Parameters<typeof Program.start>): Promise<Program> => {
  const program = await Program.start(...args);
  programs.push(program);
  return program;
};

afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
});

/** Ready with exactly the parts of these roles, and an end in time that says it is one. */
const expectToWork = async (
  program: Program,
  roles: readonly RoleName[],
  backends: readonly string[],
): Promise<void> => {
  const { status, health } = await healthOf(program.url);
  expect([status, health.status]).toEqual([200, 'ready']);
  const shown = health.roles.map(({ name }) => name).sort();
  expect(shown).toEqual(roles.flatMap((role) => [...parts[role]]).sort());
  expect(health.roles.every(({ ready }) => ready)).toBe(true);
  expect(health.backends.map(({ name }) => name).sort()).toEqual([...backends].sort());
  await expectToStop(program);
};

const expectToStop = async (program: Program): Promise<void> => {
  const { code, stderr } = await program.end('SIGTERM');
  expect(code).toBe(0);
  // Cut off at the deadline, which is within the grace of Docker and Kubernetes, it would exit with 0 too.
  expect(stderr).toContain('"event":"process.stopped","outcome":"stopped"');
};

describe('roles, embedded', () => {
  let folder: DataFolder;
  beforeAll(() => {
    folder = new DataFolder();
  });
  afterAll(() => folder.remove());

  it('boots all together, ready in every part', async () => {
    const program = await started('innkeeper', { ...folder.settings, ...info });
    await expectToWork(program, roleNames, ['sqlite', 'sqlite index']);
  }, 30_000);

  it.each(alone.map((roles) => [roles.join(' and '), roles] as const))(
    'boots %s alone, ready in its parts only',
    async (_, roles) => {
      const settings = { ...folder.settings, ...info, INNKEEPER_ROLES: roles.join() };
      const program = await started('innkeeper', settings);
      const index = roles.includes('vectorizer') ? ['sqlite index'] : [];
      await expectToWork(program, roles, ['sqlite', ...index]);
    },
    30_000,
  );

  it('hands work on from role to role, each in a process of its own', async () => {
    const alone = (role: RoleName) =>
      started('innkeeper', { ...folder.settings, INNKEEPER_ROLES: role });
    const worked = async (role: RoleName, done: (parts: Parts) => Promise<boolean>) => {
      // A stop finishes the batch in hand only, so it may take a few rounds.
      for (let round = 0; round < 20 && !(await folder.inspect(done)); round++) {
        const program = await alone(role);
        await delay(200);
        await program.end();
      }
    };
    const door = await alone('webhook-ingest');
    const senders = new Senders(folder.secret('aircall-token'), randomFrom(1), () => door.url);
    senders.start(4);
    await until('something is answered', async () => senders.answered.length > 20);
    await senders.stop();
    await door.end();
    await worked('webhook-ingest', async ({ bus }) => {
      const backlog = await bus.backlog(subscriptions.intakeOfDeliveries);
      return backlog?.waiting === 0;
    });
    await worked('catalog', isDrained);
    const api = await alone('api');
    const viewer = new Operator(() => api.url, folder.secret('issuer'), 'viewer');
    const { json } = await viewer.get('/api/records/call?limit=1');
    expect(json).toMatchObject({ items: [{ kind: 'call' }] });
  }, 60_000);

  it('stops in time, with 0, while senders post', async () => {
    const program = await started('innkeeper', { ...folder.settings, ...info });
    const senders = new Senders(folder.secret('aircall-token'), randomFrom(2), () =>
      program.alive ? program.url : undefined,
    );
    senders.start(20);
    await until('much is answered', async () => senders.answered.length > 200);
    await expectToStop(program);
    expect(senders.refused).toBe(0);
    await senders.stop();
  }, 60_000);
});

/** What a role has besides, where the servers are others. The index is a file of its process. */
const ownBackends: Readonly<Partial<Record<RoleName, readonly string[]>>> = {
  'provider-sync': ['redis'],
  'backup-orchestrator': ['redis'],
  vectorizer: ['sqlite index'],
  'llm-responder': ['sqlite index'],
};

const info = { INNKEEPER_LOG_LEVEL: 'info' } as const;

describePeer('redis', 'roles, distributed', (redis) => {
  describePeers(['mongodb', 'pubsub-fake'], 'on servers of their own', (mongodb, pubsub) => {
    let settings: Record<string, string>;
    let backends: readonly string[];
    const index = new DataFolder();
    afterAll(() => index.remove());

    beforeAll(async () => {
      const [{ url }, { host }, { url: redisUrl }] = await Promise.all([
        mongodb.shared(),
        pubsub.shared(),
        redis.shared(),
      ]);
      settings = {
        ...distributedSettings({ mongodbUrl: url, pubsubHost: host, redisUrl }),
        INNKEEPER_DATA_DIR: index.path,
      };
      const names = ['INNKEEPER_MONGODB_DATABASE', 'INNKEEPER_KEYS_MONGODB_DATABASE'];
      backends = ['pubsub', ...names.map((name) => `mongodb/${settings[name]}`)];
      const opened = await openParts(
        readSettings({ ...settings, INNKEEPER_ROLES: 'catalog' }, () => ''),
        undefined,
      );
      await opened.bus.create(allTopics, allSubscriptions);
      await opened.close();
    }, 60_000);

    it('boots all together, ready in every part', async () => {
      const program = await started('innkeeper', { ...settings, ...info });
      await expectToWork(program, roleNames, [...backends, 'redis', 'sqlite index']);
    }, 60_000);

    it.each(alone.map((roles) => [roles.join(' and '), roles] as const))(
      'boots %s alone, as its own program, ready in its parts only',
      async (_, roles) => {
        const own = { ...settings, ...info, INNKEEPER_ROLES: roles.join() };
        const program = await started(programOf(roles), own);
        const besides = roles.flatMap((role) => ownBackends[role] ?? []);
        await expectToWork(program, roles, [...new Set([...backends, ...besides])]);
      },
      60_000,
    );

    it('stops each in time, with 0, while senders post', async () => {
      const [door, catalog] = await Promise.all([
        started('webhook-ingest', { ...settings, ...info, INNKEEPER_ROLES: 'webhook-ingest' }),
        started('catalog', { ...settings, ...info, INNKEEPER_ROLES: 'catalog' }),
      ]);
      const senders = new Senders(settings['INNKEEPER_AIRCALL_TOKENS'] ?? '', randomFrom(3), () =>
        door.alive ? door.url : undefined,
      );
      senders.start(20);
      await until('much is answered', async () => senders.answered.length > 100);
      await Promise.all([expectToStop(door), expectToStop(catalog)]);
      await senders.stop();
    }, 60_000);
  });
});
