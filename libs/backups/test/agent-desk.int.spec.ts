import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, fault, toHex, utf8 } from '#libs/kernel';
import { MemoryFleet } from '#libs/testing';

import type { AgentOrder } from '../src/agent/agent-order.js';
import type { AgentReport } from '../src/agent/agent-report.js';
import type { BackupRun, RunStep } from '../src/run/backup-run.js';
import { createRun } from '../src/run/run-documents.js';
import type { AgentOpening, Backups } from '../src/run/use-cases.js';
import type { BackupServer } from '../src/server/backup-server.js';
import { readServerOf, writeServer } from '../src/server/server-documents.js';
import { copyOf } from '../src/server/server-name.js';
import type { SealedSample, ServersParts } from '../src/server/servers-parts.js';
import { BackupsWorld } from './backups-world.js';

const ID = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
const NAME = 'innkeeper-test-backup';
const TOKEN = 'the token of this server';
const ADDRESS = '10.0.0.7';
const HOUR_MS = 3600_000;
const lent = { repository: 's3:store.example/data', password: 'of the data' };

let world: BackupsWorld;
let backups: Backups;
let lends: string[];
let isLendingAway: boolean;
let orderedUntil: number;
let opened: SealedSample[];
let lendable: AgentOrder['repositories'];
beforeEach(async () => {
  world = await BackupsWorld.open();
  [lends, opened, isLendingAway] = [[], [], false];
  lendable = { data: lent, keys: lent };
  backups = world.backups({ servers: servers() });
});
afterEach(() => world.close());

const now = () => world.embedded.clock.now();

const servers = (): ServersParts => {
  let sessions = 0;
  return {
    ...{ environment: 'test', hoursPerServer: 6, serversPerDay: 6 },
    fleet: new MemoryFleet({ clock: world.embedded.clock, sleep: () => Promise.resolve() }),
    orderOf: ({ name, labels }) => ({ name, labels, start: '' }) as never,
    lend: ({ id }, until) => {
      if (isLendingAway) return Promise.reject(fault('OUTBOUND_UNREACHABLE'));
      lends.push(`${id} for ${until - now()}`);
      return Promise.resolve(lendable);
    },
    leftReport: () => Promise.resolve(undefined),
    forgetLeft: () => Promise.resolve(),
    secret: () => `session ${(sessions += 1)}`,
    opens: (sample) => {
      opened.push(sample);
      return Promise.resolve(true);
    },
  };
};

const runAt = (step: RunStep, more: Partial<BackupRun> = {}): BackupRun => ({
  ...{ id: ID, kind: 'manual', requestedBy: 'operator', status: 'running', step, attempt: 1 },
  ...{ failures: 0, requestedAt: now(), stepStartedAt: now(), heartbeatAt: now(), claims: 1 },
  ...{ steps: [], warnings: [], revision: 1, worksOn: 'server' },
  sources: [
    {
      ...{ name: 'innkeeper', kind: 'innkeeper', repository: 'data', files: 1, bytes: 1 },
      ...{ addedBytes: 0, paths: ['/scratch/exports/innkeeper'] },
      manifest: {
        ...{ format: 1, source: 'innkeeper', kind: 'innkeeper', takenAt: 5, versions: {} },
        ...{ counts: {}, checksums: {}, files: 1, bytes: 1 },
      },
    },
  ],
  server: { name: NAME, state: 'made', number: 1, wantedAt: 0, expiresAt: now() + 6 * HOUR_MS },
  ...more,
});

/** A run with a server that was told its token and has not called yet. */
const ordered = async (
  step: RunStep,
  more: Partial<BackupRun> = {},
  known: Partial<BackupServer> = {},
): Promise<BackupRun> => {
  const run = runAt(step, more);
  await createRun(world.embedded, run);
  const [digest = new Uint8Array()] = await world.embedded.hash([utf8(TOKEN)]);
  const server = { run: ID, name: NAME, copy: copyOf(run), tokenSum: toHex(digest) };
  const expiresAt = run.server?.expiresAt ?? 0;
  orderedUntil = expiresAt;
  await writeServer(world.embedded, { ...server, addresses: [ADDRESS], expiresAt, ...known }, 0);
  return run;
};

const opening = (more: Partial<AgentOpening> = {}): AgentOpening => ({
  ...{ run: ID, secret: TOKEN, address: ADDRESS, by: 'made up by the server' },
  ...more,
});
const callOf = ({ session }: AgentOrder, address = ADDRESS) => ({
  ...{ run: ID, secret: session, address },
});
const why = async (work: Promise<unknown>) => {
  const failed = asFault(
    await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    ),
  );
  return [failed.code, failed.details['why']];
};
const refused = (reason: string) => ['BACKUP_AGENT_REFUSED', reason];
const reportOf = (more: Partial<AgentReport> = {}): AgentReport => ({
  ...{ run: ID, server: NAME, order: orderedUntil, number: 1, doing: 'pull', ended: [] },
  ...more,
});

describe('an order', () => {
  it('holds what the server needs, for as long as it lives, and is stored as sums alone', async () => {
    const run = await ordered('boot');
    const order = await backups.order(opening());
    expect(order).toEqual({
      run: { id: ID, kind: 'manual', sources: run.sources, requestedAt: run.requestedAt },
      ...{ host: 'innkeeper-test', steps: ['save', 'check', 'drill'], session: 'session 1' },
      ...{ repositories: { data: lent, keys: lent }, now: now(), expiresAt: now() + 6 * HOUR_MS },
    });
    expect(lends).toEqual([`${ID} for ${6 * HOUR_MS}`]);
    const kept = JSON.stringify(await readServerOf(world.embedded, ID));
    for (const secret of [TOKEN, order.session, lent.password, opening().by])
      expect(kept).not.toContain(secret);
  });

  it('remembers whose credentials last longer than the server, and none of them', async () => {
    await ordered('boot');
    const credentials = { accessKey: 'who-saves', accessSecret: 'secret of who saves' };
    lendable = {
      data: { ...lent, credentials },
      keys: { ...lent, credentials: { ...credentials, sessionToken: 'that ends' } },
    };
    await backups.order(opening());
    const { server } = await readServerOf(world.embedded, ID);
    expect(server?.used?.lasting).toEqual(['data']);
    expect(JSON.stringify(server)).not.toMatch(/who-saves|secret of|that ends/);
  });

  it('names a drill only where one is due, and nothing else for a run that only proves', async () => {
    await createRun(world.embedded, {
      ...runAt('close', { id: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e60', status: 'succeeded' }),
      drill: { of: ID, verdict: 'good', sources: [], rpoMs: 0, rtoMs: 0 },
    });
    await ordered('boot', { kind: 'daily', checkPart: 3 });
    const { steps, run } = await backups.order(opening());
    expect([steps, run.checkPart]).toEqual([['save', 'check'], 3]);
  });

  it('is to prove and nothing else for a run of that kind', async () => {
    await ordered('boot', { kind: 'drill', drillOf: ID });
    expect(await backups.order(opening())).toMatchObject({
      steps: ['drill'],
      run: { drillOf: ID },
    });
  });

  it('is given once where many ask at once', async () => {
    await ordered('boot');
    const asked = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) => backups.order(opening({ by: `caller ${n % 4}` }))),
    );
    const given = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const heard = await Promise.all(
      given.map((order) =>
        backups.hear(callOf(order), reportOf()).then(
          () => 1,
          () => 0,
        ),
      ),
    );
    expect(given.length).toBeGreaterThan(0);
    // The same caller may be answered twice; each answer makes the session before it void.
    expect(heard.reduce((sum: number, one) => sum + one, 0)).toBe(1);
  });

  it('is given again to who lost the answer, with another session', async () => {
    await ordered('boot');
    const lost = await backups.order(opening());
    world.pass(60_000);
    const again = await backups.order(opening());
    expect(again.session).not.toBe(lost.session);
    expect(await why(backups.hear(callOf(lost), reportOf()))).toEqual(refused('session_wrong'));
    expect(await backups.hear(callOf(again), reportOf())).toMatchObject({ next: 'work' });
    expect(await why(backups.order(opening()))).toEqual(refused('token_used'));
  });

  it('may be asked for again as long as nothing could be lent', async () => {
    await ordered('boot');
    isLendingAway = true;
    expect(await why(backups.order(opening()))).toEqual(['OUTBOUND_UNREACHABLE', undefined]);
    world.pass(HOUR_MS);
    isLendingAway = false;
    expect(await backups.order(opening({ by: 'another start' }))).toMatchObject({
      run: { id: ID },
    });
  });

  it.each([
    ['no run', opening({ run: 'nothing' }), 'run_unknown'],
    ['another run', opening({ run: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e61' }), 'run_unknown'],
    ['another token', opening({ secret: 'another' }), 'token_wrong'],
    ['another address', opening({ address: '10.0.0.8' }), 'address_wrong'],
  ])('is refused for %s, and nothing is lent', async (_, asked, reason) => {
    await ordered('boot');
    expect(await why(backups.order(asked))).toEqual(refused(reason));
    expect(lends).toEqual([]);
  });

  it.each(['destroy', 'clean', 'close'] as const)('is refused at the step %s', async (step) => {
    await ordered(step);
    expect(await why(backups.order(opening()))).toEqual(refused('run_elsewhere'));
    expect(lends).toEqual([]);
  });

  it('is refused to everybody in a process that makes no servers', async () => {
    await ordered('boot');
    expect(await why(world.backups().order(opening()))).toEqual(refused('run_unknown'));
  });

  it('is not looked for where somebody guesses, and the server itself is let in meanwhile', async () => {
    await ordered('boot');
    const guess = opening({ secret: 'a guess', address: '10.0.0.8' });
    for (let n = 0; n < 10; n++)
      expect(await why(backups.order(guess))).toEqual(refused('token_wrong'));
    expect(await why(backups.order(guess))).toEqual(['BACKUP_AGENT_THROTTLED', undefined]);
    expect(await backups.order(opening())).toMatchObject({ session: expect.any(String) });
  });
});

describe('a report', () => {
  it('is kept, and the highest number counts', async () => {
    await ordered('save');
    const order = await backups.order(opening());
    for (const number of [2, 5, 3, 5])
      await backups.hear(callOf(order), reportOf({ number, doing: 'save' }));
    const { server } = await readServerOf(world.embedded, ID);
    expect(server).toMatchObject({ report: { number: 5 }, heardAt: now() });
  });

  it('of another run, of an order before, or too large to be kept, is refused', async () => {
    await ordered('save');
    const call = callOf(await backups.order(opening()));
    const other = reportOf({ run: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e61' });
    expect(await why(backups.hear(call, other))).toEqual(refused('report_of_other'));
    const before = reportOf({ order: orderedUntil - 1000 });
    expect(await why(backups.hear(call, before))).toEqual(refused('report_of_other'));
    const detail = 'x'.repeat(1000);
    const warnings = Array.from({ length: 300 }, () => ({
      code: 'X',
      step: 'save' as const,
      detail,
    }));
    const ended = [{ step: 'save' as const, startedAt: 0, endedAt: 1, note: { warnings } }];
    expect(await why(backups.hear(call, reportOf({ ended })))).toEqual([
      'API_REQUEST_INVALID',
      undefined,
    ]);
    expect((await readServerOf(world.embedded, ID)).server?.report).toBeUndefined();
  });

  it.each([
    ['save', { next: 'work', upTo: 'check' }],
    ['forget', { next: 'wait' }],
    ['drill', { next: 'work', upTo: 'drill' }],
  ] as const)('at %s is answered %j', async (step, answer) => {
    await ordered(step);
    const order = await backups.order(opening());
    expect(await backups.hear(callOf(order), reportOf())).toEqual(answer);
  });
});

describe('a copy', () => {
  const fetched = async (step: RunStep, source = 'innkeeper', more: Partial<BackupRun> = {}) => {
    await ordered(step, more);
    return backups.exported(callOf(await backups.order(opening())), source);
  };

  it.each(['boot', 'save'] as const)('is named at %s, with when it was taken', async (step) => {
    await world.scratch.take(ID, 1);
    expect(await fetched(step)).toEqual({ paths: ['/scratch/exports/innkeeper'], takenAt: 5 });
  });

  it.each(['check', 'drill'] as const)('is not handed out at %s', async (step) => {
    await world.scratch.take(ID, 1);
    expect(await why(fetched(step))).toEqual(['BACKUP_EXPORT_ELSEWHERE', undefined]);
  });

  it('is elsewhere on a machine that has nothing of this run', async () => {
    expect(await why(fetched('save'))).toEqual(['BACKUP_EXPORT_ELSEWHERE', undefined]);
  });

  it('is not handed out once it is saved: then its paths are what a server said', async () => {
    await world.scratch.take(ID, 1);
    const sources = runAt('save').sources.map((source) => ({
      ...source,
      ...{ snapshot: 'a'.repeat(64), paths: ['/etc'] },
    }));
    expect(await why(fetched('save', 'innkeeper', { sources }))).toEqual([
      'BACKUP_EXPORT_ELSEWHERE',
      undefined,
    ]);
  });

  it('of a source that the run does not have is not found', async () => {
    await world.scratch.take(ID, 1);
    expect(await why(fetched('save', 'other'))).toEqual(['API_NOT_FOUND', undefined]);
  });
});

describe('a sealed sample', () => {
  const sample = { stream: 'call/1', sealed: 'AAAA' };

  it('is opened at the drill, a few times and no more', async () => {
    await ordered('drill');
    const call = callOf(await backups.order(opening()));
    for (let n = 0; n < 20; n++) expect(await backups.opens(call, sample)).toBe(true);
    expect(await why(backups.opens(call, sample))).toEqual(refused('samples_spent'));
    expect(opened).toHaveLength(20);
  });

  it.each(['boot', 'save', 'forget'] as const)('is not opened at %s', async (step) => {
    await ordered(step);
    const call = callOf(await backups.order(opening()));
    expect(await why(backups.opens(call, sample))).toEqual(refused('run_elsewhere'));
    expect(opened).toEqual([]);
  });

  it('is opened for the session alone: not for the token, nor from elsewhere', async () => {
    await ordered('drill');
    const order = await backups.order(opening());
    const byToken = { ...callOf(order), secret: TOKEN };
    expect(await why(backups.opens(byToken, sample))).toEqual(refused('session_wrong'));
    const elsewhere = callOf(order, '10.0.0.8');
    expect(await why(backups.opens(elsewhere, sample))).toEqual(refused('address_wrong'));
  });
});
