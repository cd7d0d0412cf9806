import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { folderSource } from '#libs/adapters/local-files';
import { resticRepository } from '#libs/adapters/restic';
import { sqliteKeys, sqliteKeysSource } from '#libs/adapters/sqlite';
import type { AgentOrder, BackupRun } from '#libs/backups';
import { Secret, systemClock } from '#libs/kernel';
import type { AgentStart } from '#libs/platform/local';
import {
  bundleProgram,
  describeRestic,
  HANG_MS,
  removeProgram,
  RunningProgram,
} from '#libs/testing';

import { bundled, type BundleMetafile } from './bundle-of-test.js';
import { DeskOfTest, SESSION, TOKEN } from './desk-of-test.js';
import { seenIn, startAgent, type AgentProcess, type SeenChild } from './started-agent.js';

const HOUR_MS = 3_600_000;
const RUN = '01a00000-0000-7000-8000-000000000001';
const PASSWORDS = { data: 'the password of the data', keys: 'the password of the keys' };
const GUEST = 'Anna Bergström';

let root = '';
let bundle = '';
let metafile: BundleMetafile;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'innkeeper-agent-'));
  ({ outfile: bundle, metafile } = await bundled(join(root, 'image')));
}, HANG_MS);
afterAll(() => rmSync(root, { recursive: true, force: true }));

describeRestic('restic', 'the program of a server of a backup', ({ path: restic }) => {
  let home = '';
  let folder = '';
  let desk: DeskOfTest;
  let agent: AgentProcess;
  const signal = new AbortController().signal;

  const repositoryOf = (name: keyof typeof PASSWORDS, at = join(home, `restic-${name}`)) =>
    resticRepository({
      ...{ program: restic, repository: at },
      ...{ password: new Secret(PASSWORDS[name]), environment: process.env },
    });

  const ordered = async (lifeMs: number): Promise<AgentOrder> => {
    const live = join(home, 'live');
    mkdirSync(join(live, 'deep'), { recursive: true });
    writeFileSync(join(live, `${GUEST}.txt`), GUEST);
    writeFileSync(join(live, 'deep', 'zeros'), Buffer.alloc(300_000));
    const keys = sqliteKeys({ path: ':memory:', masterKey: new Secret(new Uint8Array(32)) });
    const versions = { innkeeper: 'test' };
    const sources = [
      folderSource({ name: 'files', folder: live, clock: systemClock }),
      sqliteKeysSource({ keys, versions, clock: systemClock }),
    ];
    const exported: BackupRun['sources'][number][] = [];
    for (const source of sources) {
      const { name, kind } = source;
      const into = join(home, 'exports', name);
      mkdirSync(into, { recursive: true });
      const { manifest, paths } = await source.export(into, { signal });
      const repository = kind === 'keys' ? 'keys' : 'data';
      const { files, bytes } = manifest;
      exported.push({ name, kind, repository, manifest, paths, files, bytes, addedBytes: 0 });
    }
    keys.close();
    for (const name of ['data', 'keys'] as const)
      cpSync(join(root, `made-${name}`), join(home, `restic-${name}`), { recursive: true });
    const lent = (name: keyof typeof PASSWORDS) => ({
      ...{ repository: join(home, `restic-${name}`), password: PASSWORDS[name] },
    });
    const now = Date.now();
    return {
      run: { id: RUN, kind: 'manual', sources: exported, requestedAt: now },
      ...{ host: 'innkeeper-test', steps: ['save', 'check', 'drill'], session: SESSION, now },
      ...{ repositories: { data: lent('data'), keys: lent('keys') }, expiresAt: now + lifeMs },
    };
  };

  const begin = async (other: Partial<AgentStart> = {}, lifeMs = HOUR_MS): Promise<void> => {
    desk = await DeskOfTest.open(await ordered(lifeMs));
    const start: AgentStart = {
      ...{ run: RUN, url: desk.url, token: new Secret(TOKEN), name: 'innkeeper-test-backup-1' },
      ...{ environment: 'test', expiresAt: Date.now() + lifeMs, lifeSeconds: 3600, folder },
      ...other,
    };
    agent = startAgent(bundle, home, start, restic);
  };

  /** Until it is so. Only a hang ends it otherwise. */
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await rest(10);
  };

  const nothingRuns = async (): Promise<void> => until(() => seenIn(folder).length === 0);

  // Making one takes longer than everything that a server does with it.
  beforeAll(async () => {
    for (const name of ['data', 'keys'] as const)
      await repositoryOf(name, join(root, `made-${name}`)).prepare({ signal });
  }, HANG_MS);

  beforeEach(() => {
    home = mkdtempSync(join(root, 'home-'));
    folder = join(home, 'server');
  });
  afterEach(async () => {
    agent.child.kill('SIGKILL');
    await agent.ended;
    await desk.close();
  });

  it(
    'fetches, saves, checks, proves and ends, and nothing secret is seen of it',
    async () => {
      await begin();
      const seen = new Map<number, SeenChild>();
      let isOver = false;
      void agent.ended.then(() => (isOver = true));
      await until(() => {
        for (const child of seenIn(folder)) seen.set(child.pid, child);
        return isOver;
      });
      expect({ code: await agent.ended, output: agent.output() }).toMatchObject({ code: 0 });
      expect(desk.last).toMatchObject({
        doing: 'done',
        run: RUN,
        server: 'innkeeper-test-backup-1',
      });
      expect(desk.last?.error).toBeUndefined();
      expect(desk.last?.ended.map(({ step }) => step)).toEqual(['save', 'check', 'drill']);
      expect(desk.last?.ended[2]?.note.drill).toMatchObject({
        verdict: 'good',
        sources: [
          { name: 'files', differences: [] },
          { name: 'keys', differences: [] },
        ],
      });
      expect(await repositoryOf('data').list({ signal })).toHaveLength(1);
      expect(await repositoryOf('keys').list({ signal })).toHaveLength(1);
      // The token was used, so the file that held it is gone; and so is everything that it worked with.
      expect([existsSync(agent.startFile), existsSync(folder)]).toEqual([false, false]);
      const words = [...seen.values()].flatMap((child) => child.words).join(' ');
      const secrets = [TOKEN, SESSION, ...Object.values(PASSWORDS)];
      for (const secret of [...secrets, GUEST, home]) expect(agent.output()).not.toContain(secret);
      for (const secret of secrets) expect(words).not.toContain(secret);
      const programs = [...seen.values()].filter(({ pid }) => pid !== agent.child.pid);
      expect(programs.length).toBeGreaterThan(3);
      for (const { environment } of programs) {
        expect(Object.values(environment).join(' ')).not.toMatch(new RegExp(`${TOKEN}|${SESSION}`));
        for (const name of Object.keys(environment))
          expect(name).toMatch(/^(?:RESTIC_|AWS_|PATH$|HOME$|TMPDIR$|TZ$|LC_ALL$)/);
      }
    },
    HANG_MS,
  );

  it(
    'takes no broken copy for whole, and goes on where it broke off',
    async () => {
      await begin();
      // In the middle of a file, between two entries, and where a file that ends with zeros has ended.
      desk.cuts = [200_000, 1_024, 303_104];
      expect(await agent.ended).toBe(0);
      expect(desk.afters.filter((after) => after !== null).length).toBeGreaterThan(0);
      expect(desk.last?.ended[2]?.note.drill).toMatchObject({ verdict: 'good' });
    },
    HANG_MS,
  );

  it(
    'leaves its last report beside the repository when nobody hears it',
    async () => {
      await begin({}, 240_000);
      await until(() => desk.afters.length > 1);
      desk.isAway = true;
      await until(
        () =>
          existsSync(join(home, 'restic-data', 'runs', `${RUN}.json`)) ||
          agent.child.exitCode !== null,
      );
      expect(readdirSync(join(home, 'restic-data', 'runs'))).toEqual([`${RUN}.json`]);
    },
    HANG_MS,
  );

  it.each(['fetches', 'backup', 'check', 'restore'])(
    'killed while it %s leaves nothing that runs, and tells no half-truth',
    async (phase) => {
      await begin();
      desk.holdsCopies = phase === 'fetches';
      if (phase === 'fetches') await until(() => desk.afters.length > 0);
      else await until(() => seenIn(folder).some(({ words }) => words.includes(phase)));
      agent.child.kill('SIGKILL');
      expect(await agent.ended).toBeNull();
      await nothingRuns();
      expect(desk.reports.some(({ doing }) => doing === 'done')).toBe(false);
    },
    HANG_MS,
  );

  it.each(['fetches', 'backup', 'restore'])(
    'ends soon when it is asked to while it %s, and takes its things away',
    async (phase) => {
      await begin();
      desk.holdsCopies = phase === 'fetches';
      if (phase === 'fetches') await until(() => desk.afters.length > 0);
      else await until(() => seenIn(folder).some(({ words }) => words.includes(phase)));
      agent.child.kill('SIGTERM');
      expect(await agent.ended).toBe(143);
      await nothingRuns();
      expect(existsSync(folder)).toBe(false);
    },
    HANG_MS,
  );

  it(
    'asks again while its address is not known yet, and switches the machine off in the end',
    async () => {
      const off = join(home, 'off');
      await begin({ powerOff: ['/usr/bin/touch', off] });
      desk.refusals = 2;
      desk.answer = () => ({ next: 'leave' });
      expect(await agent.ended).toBe(0);
      await until(() => existsSync(off));
      expect(desk.asked.filter((call) => call === 'order').length).toBeGreaterThan(1);
      expect(agent.output()).toContain('"end":"dismissed"');
    },
    HANG_MS,
  );

  it(
    'ends in its time where nobody gives it an order',
    async () => {
      const off = join(home, 'off');
      await begin({ powerOff: ['/usr/bin/touch', off], lifeSeconds: 1, url: 'http://127.0.0.1:9' });
      await agent.ended;
      await until(() => existsSync(off));
      expect(agent.output()).not.toContain('agent.ordered');
    },
    HANG_MS,
  );
});

describe('a program of a server that hangs', () => {
  it(
    'is ended by its dead man, and the machine with it',
    async () => {
      const path = await bundleProgram(new URL('./hanging.program.ts', import.meta.url));
      const off = join(root, 'off');
      const hanging = new RunningProgram(path, [off]);
      await once(hanging.child, 'exit');
      expect(hanging.child.signalCode).toBe('SIGKILL');
      while (!existsSync(off)) await rest(10);
      await hanging.end();
      await removeProgram(path);
    },
    HANG_MS,
  );
});

describe('the bundle of a server of a backup', () => {
  it('is one file beside its map', () => {
    expect(readdirSync(join(root, 'image')).sort()).toEqual([
      'backup-agent.mjs',
      'backup-agent.mjs.map',
    ]);
  });

  it('holds no setting of the platform, no Nest and no driver that a server has no use for', () => {
    const held = Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [path] : [],
      ),
    );
    expect(held).toContain('apps/backup-agent/src/main.ts');
    const foreign =
      /settings\/(?!(environment-of|agent)-programs\.ts$)|@nestjs|@google-cloud|bullmq|fastify|groq/;
    expect(held.filter((path) => foreign.test(path))).toEqual([]);
  });
});
