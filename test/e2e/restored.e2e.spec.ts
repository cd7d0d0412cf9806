import { DatabaseSync } from 'node:sqlite';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { subscriptions } from '#libs/contracts';

import { isDrained } from './harness/compare.js';
import { expectNothingLost } from './harness/comparison.js';
import { DataFolder } from './harness/data-folder.js';
import { nextBody, randomFrom } from './harness/history.js';
import { healthOf, knock, Operator, until, type ShownHealth } from './harness/outside.js';
import { Program } from './harness/program.js';
import type { Answered } from './harness/senders.js';

const random = randomFrom(13);

let folder: DataFolder;
let program: Program;
let answered: Answered[];

beforeEach(() => {
  folder = new DataFolder();
  answered = [];
});
afterEach(async () => {
  await program.end('SIGKILL');
  folder.remove();
});

const start = async (roles = ''): Promise<void> => {
  program = await Program.start('innkeeper', { ...folder.settings, INNKEEPER_ROLES: roles });
};

const send = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) {
    const body = nextBody(random, folder.secret('aircall-token'));
    const { status, json } = await knock(program.url, body);
    expect(status).toBe(200);
    answered.push({ id: (json as { id: string }).id, body });
  }
};

const operator = (role: 'viewer' | 'admin') =>
  new Operator(() => program.url, folder.secret('issuer'), role);

/** The stopped parts of roles, by name. */
const stoppedWith = (code: string) =>
  until(`a role stops with ${code}`, async () => {
    const { status, health } = await healthOf(program.url);
    const stopped = health.roles.filter((part) => !part.ready);
    return status === 503 && stopped.some((part) => part.code === code) && stopped;
  });

const names = (parts: ShownHealth['roles']): string[] => parts.map(({ name }) => name).sort();

/** Whether intake has put everything that it was given into the log. */
const taken = () =>
  until('intake is done', async () => {
    const { json } = await operator('viewer').get('/api/doctor');
    const { consumers } = json as { consumers: { name: string; behind?: number }[] };
    const intake = consumers.find(({ name }) =>
      name.includes(subscriptions.intakeOfDeliveries.name),
    );
    return intake?.behind === 0;
  });

const inLog = (change: string): void => {
  const database = new DatabaseSync(folder.file('innkeeper.db'));
  database.exec(change);
  database.close();
};

const findings = async (): Promise<string[]> => {
  const { json } = await operator('viewer').get('/api/doctor');
  return (json as { findings: { code: string }[] }).findings.map(({ code }) => code);
};

describe('a log that is not what it was', () => {
  it('stops what follows it where a fact is missing, and says so; the door and intake go on', async () => {
    await start('webhook-ingest,api');
    await send(20);
    await taken();
    await program.end();
    inLog('DELETE FROM log_facts WHERE position = 7');

    await start();
    const stopped = await stoppedWith('LOG_CHAIN_BROKEN');
    await until('both have met it', async () => {
      const { health } = await healthOf(program.url);
      return names(health.roles.filter(({ ready }) => !ready)).length === 2;
    });
    expect(stopped.map(({ code }) => code)).toContain('LOG_CHAIN_BROKEN');
    expect(await findings()).toContain('LOG_CHAIN_BROKEN');
    await send(5);
    await taken();
    const { text } = await operator('admin').post('/api/verify');
    expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
      whole: false,
      position: 7,
    });
  }, 60_000);

  it('names a fact that was changed', async () => {
    await start();
    await send(10);
    await taken();
    await program.end();
    inLog(`UPDATE log_facts SET data = replace(data, '"rank":', '"rank":1') WHERE position = 5`);

    await start();
    const { text } = await operator('admin').post('/api/verify');
    expect(JSON.parse(text.trim().split('\n').at(-1) ?? '')).toMatchObject({
      whole: false,
      position: 5,
    });
    await until('doctor says so', async () => (await findings()).includes('LOG_CHAIN_BROKEN'));
  }, 60_000);

  it('does not go on silently on an older log, and has everything again after its new era', async () => {
    await start();
    await send(30);
    await taken();
    await until('drained', async () => {
      const { json } = await operator('viewer').get('/api/doctor');
      return (json as { consumers: { behind?: number }[] }).consumers.every(
        ({ behind = 0 }) => behind === 0,
      );
    });
    await program.end();
    // The last third is not in the backup; everything else is as it was.
    inLog(`
      DELETE FROM log_commits WHERE first > 15;
      DELETE FROM log_facts WHERE position >= (SELECT max(first) + max(count) FROM log_commits
        WHERE first = (SELECT max(first) FROM log_commits));
    `);

    await start();
    expect(names(await stoppedWith('LOG_RESTORED'))).toEqual(
      expect.arrayContaining(['catalog/catalog']),
    );
    await until('doctor says so', async () => (await findings()).includes('LOG_RESTORED'));
    // Nothing of it is the door's business.
    await send(5);
    const { json, status } = await operator('admin').post('/api/log/restored');
    expect(status).toBeLessThan(300);
    expect(json).toMatchObject({ afresh: ['catalog', 'relay'] });
    expect((json as { republished: number }).republished).toBeGreaterThanOrEqual(30);
    await program.end();

    for (let round = 0; ; round++) {
      await start();
      await taken();
      await until('ready', async () => (await healthOf(program.url)).status === 200);
      await program.end();
      if (await folder.inspect(isDrained)) break;
      expect(round).toBeLessThan(20);
    }
    await folder.inspect((parts) => expectNothingLost(parts, answered));
  }, 90_000);
});
