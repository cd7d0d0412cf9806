import { afterAll, beforeAll, expect, it } from '@jest/globals';

import type { BackupRunAnswer } from '#libs/routes';

import { until } from './harness/outside.js';
import { good, nothing, type ServerBackups } from './harness/server-backups.js';
import { describeServerBackups, PATIENCE_MS } from './harness/server-peers.js';

const steps = [
  ...['admit', 'prepare', 'export', 'boot', 'save', 'check', 'preview', 'forget', 'drill'],
  ...['destroy', 'clean', 'close'],
];

const statesIn = (stdout: string): readonly BackupRunAnswer[] =>
  stdout
    .split('\n')
    .slice(0, -1)
    .map((text) => JSON.parse(text) as BackupRunAnswer);

const serversIn = (stdout: string): readonly string[] => [
  ...new Set(statesIn(stdout).flatMap(({ server }) => (server ? [server.state] : []))),
];

describeServerBackups('a backup on a server of its own, from schedule to self-destruct', (open) => {
  let world: ServerBackups;
  let id: string;
  let watched: string;

  beforeAll(async () => {
    world = await open();
    await world.start();
    await world.function.start();
  }, PATIENCE_MS);

  afterAll(() => world.close(), PATIENCE_MS);

  it(
    'is asked for by the function at its time, and shows the whole life of its server to who watches',
    async () => {
      const agentMayStart = Promise.withResolvers<void>();
      world.machines.untilAgent = agentMayStart.promise;
      world.machines.freeze();
      world.function.schedule();
      ({ id } = await until('the function asks for it', async () => (await world.all())[0]));
      const watch = await world.begin('backup', 'watch', id);
      const sees = (state: string) =>
        until(`a server that is ${state} is seen`, async () => {
          return serversIn(watch.stdout).includes(state);
        });
      await sees('wanted');
      world.machines.thaw();
      await sees('made');
      agentMayStart.resolve();
      const { code, stderr, stdout } = await watch.over();
      await world.function.unschedule();
      watched = stdout;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(serversIn(stdout)).toEqual(['wanted', 'made', 'heard', 'gone']);
      expect(statesIn(stdout).at(-1)).toMatchObject({
        ...{ id, requestedBy: 'schedule', status: good.status, worksOn: 'server' },
        server: { type: 'cpx31', location: 'fsn1', number: 1, cents: 2.98 },
      });
    },
    PATIENCE_MS,
  );

  it('has done each step once, is proved, and its document warns of nothing but of accounts that do not end', async () => {
    const run = await world.kept(id);
    expect(run).toMatchObject({
      ...{ ...good, drill: { verdict: 'good' } },
      sources: ['innkeeper', 'files', 'keys'].map((name) => ({
        ...{ name, snapshot: expect.stringMatching(/^[0-9a-f]{64}$/) },
      })),
    });
    expect(run.steps.map(({ step, attempts }) => [step, attempts])).toEqual(
      steps.map((step) => [step, 1]),
    );
    expect((await world.server(id))?.report).toMatchObject({
      doing: 'done',
      ended: [{ step: 'save' }, { step: 'check' }, { step: 'drill' }],
    });
  });

  it('leaves nothing: no server, no process, no lock, no report and no folder', async () => {
    expect(await world.left()).toEqual(nothing);
  });

  it('has told nobody a secret: neither its server at its start, nor a command line, nor a log', () => {
    const { machines, lent, secrets } = world;
    const [agent, ...others] = machines.seen;
    if (!agent || others.length > 0) throw new Error('There was not one agent.');
    const texts = {
      'the user data': agent.userData,
      'the command line of the agent': agent.words,
      'the environment of the agent': agent.environment,
      'what the agent said': agent.said(),
      'what the function said': world.function.log,
      'what the orchestrator said': world.logs,
      'what who watches saw': watched,
    };
    for (const [where, text] of Object.entries(texts))
      for (const [what, secret] of Object.entries({ ...secrets, ...lent }))
        expect({ where, what, isThere: text.includes(secret) }).toEqual({
          ...{ where, what, isThere: false },
        });
    const names = agent.environment.split('\0').map((entry) => entry.split('=')[0]);
    expect(names.filter(Boolean)).toEqual([
      ...['PATH', 'INNKEEPER_BACKUP_RESTIC', 'INNKEEPER_BACKUP_MONGOD'],
    ]);
    expect(world.function.log).toContain('backup.watched');
    expect(agent.said()).toContain('"end":"heard"');
  });
});
