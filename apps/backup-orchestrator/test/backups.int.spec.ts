import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Id, JsonObject } from '#libs/kernel';
import { backupRoutes, withUnknownMembers, type RouteNote } from '#libs/routes';

import {
  runOrchestrator,
  ScriptedBackups,
  tokenOf,
  type RunningOrchestrator,
  type SentEvent,
} from './running-orchestrator.js';

let backups: ScriptedBackups;
let orchestrator: RunningOrchestrator;

/** A run that stands until its test changes it. */
const standing = (): void => {
  backups.work = (id, signal) =>
    new Promise((resolve) =>
      signal.addEventListener('abort', () =>
        resolve({ run: backups.change(id, {}), lookAt: Date.now() }),
      ),
    );
};

beforeEach(async () => {
  backups = new ScriptedBackups();
  orchestrator = await runOrchestrator(backups);
}, 60_000);
afterEach(() => orchestrator.stop(), 60_000);

const asked = async (body: object = {}, key?: string) =>
  orchestrator.ask('operator', '/api/backups', { body, ...(key !== undefined && { key }) });
const idOf = ({ body }: { readonly body: JsonObject }): Id => body.id as Id;
const statusOf = async (id: string): Promise<unknown> =>
  (await orchestrator.ask('viewer', `/api/backups/${id}`)).body.status;
const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await new Promise((again) => setTimeout(again, 10));
};

describe('a backup that is asked for', () => {
  it('is answered with 202 at once, and worked at without waiting for a tick', async () => {
    const { status, body } = await asked({ kind: 'weekly' }, 'tuesday');
    expect(status).toBe(202);
    expect(body).toMatchObject({ kind: 'weekly', status: 'requested', step: 'admit' });
    expect(body).toMatchObject({ startedAt: null, endedAt: null, sources: [], warnings: [] });
    await until(async () => (await statusOf(body.id as string)) === 'succeeded');
    expect(backups.advanced).toContain(body.id);
  });

  it('is the same one under the same key, with 200, and 409 for another kind', async () => {
    const first = await asked({}, 'once');
    const again = await asked({ kind: 'manual' }, 'once');
    expect([again.status, idOf(again)]).toEqual([200, idOf(first)]);
    const other = await asked({ kind: 'daily' }, 'once');
    expect([other.status, other.body.code]).toEqual([409, 'BACKUP_KEY_REUSED']);
  });

  it('is one of its own without a key', async () => {
    const [first, second] = [await asked(), await asked()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(idOf(first)).not.toBe(idOf(second));
  });

  it.each([
    [{ kind: 'hourly' }, 'kind'],
    [{ of: '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f' }, 'of'],
    [{ deep: true }, 'body'],
  ])('is refused where nobody can mean it: %j', async (body, part) => {
    const { status, body: problem } = await asked(body);
    expect([status, problem.code]).toEqual([400, 'API_REQUEST_INVALID']);
    expect(problem.detail).toContain(part);
  });

  it('is refused with a key that no header holds', async () => {
    expect((await asked({}, 'two words')).status).toBe(400);
  });

  it('may be a drill of a run; one of nothing is not found', async () => {
    const { body } = await asked({ kind: 'drill', of: idOf(await asked()) });
    expect(body).toMatchObject({ kind: 'drill' });
    expect(typeof body.drillOf).toBe('string');
    expect((await asked({ kind: 'drill', of: 'yesterday' })).status).toBe(404);
  });
});

describe('runs', () => {
  it('are listed by pages, as the route says and nothing else', async () => {
    for (let n = 0; n < 3; n++) await asked();
    const first = await orchestrator.ask('viewer', '/api/backups?limit=2');
    const { items, next } = first.body as { items: JsonObject[]; next: string };
    expect(items).toHaveLength(2);
    const rest = await orchestrator.ask('viewer', `/api/backups?limit=2&after=${next}`);
    expect(rest.body).toMatchObject({ items: [{}], next: null });
  });

  it('show nothing of this machine: no path, no holder, no manifest', async () => {
    standing();
    const id = idOf(await asked());
    backups.change(id, {
      claim: { holder: id, until: 1 },
      sources: [
        {
          ...{ name: 'files', kind: 'folder', repository: 'data', files: 3, bytes: 10 },
          ...{ addedBytes: 1, paths: ['/srv/secret-place'], snapshot: 'c'.repeat(64) },
        },
      ],
    });
    const { body } = await orchestrator.ask('viewer', `/api/backups/${id}`);
    expect(body.sources).toEqual([
      {
        ...{ name: 'files', kind: 'folder', repository: 'data', snapshot: 'c'.repeat(64) },
        ...{ files: 3, bytes: 10, addedBytes: 1 },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/secret-place|holder|claim/);
  });

  it('are 404 where there is none, also to watch', async () => {
    for (const id of ['nothing', '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f'])
      for (const path of [`/api/backups/${id}`, `/api/backups/${id}/events`]) {
        const { status, body } = await orchestrator.ask('viewer', path);
        expect([path, status, body.code]).toEqual([path, 404, 'BACKUP_NOT_FOUND']);
      }
  });
});

describe('a run that is followed', () => {
  const next = async (events: AsyncGenerator<SentEvent>): Promise<SentEvent | undefined> => {
    const told = await events.next();
    return told.done ? undefined : told.value;
  };

  it('is told as it stands, then with each change, and last as the answer', async () => {
    standing();
    const id = idOf(await asked());
    const events = orchestrator.watch(id);
    expect(await next(events)).toMatchObject({ event: 'run', data: { step: 'admit' } });
    backups.change(id, { status: 'running', step: 'save' });
    expect(await next(events)).toMatchObject({ event: 'run', data: { step: 'save' } });
    backups.change(id, { status: 'failed', step: 'save', endedAt: 1_000 });
    expect(await next(events)).toMatchObject({ event: 'answer', data: { status: 'failed' } });
    expect(await next(events)).toBeUndefined();
  });

  it('is read once a turn, however many follow it', async () => {
    standing();
    const id = idOf(await asked());
    const all = Array.from({ length: 20 }, () => orchestrator.watch(id));
    await Promise.all(all.map((events) => events.next()));
    const before = backups.shows;
    backups.change(id, { status: 'succeeded', step: 'close', endedAt: 1_000 });
    const lasts = await Promise.all(all.map(next));
    expect(lasts.every((event) => event?.event === 'answer')).toBe(true);
    expect(backups.shows - before).toBeLessThan(5);
  });

  it('is not told again what was seen, by the id of the last event', async () => {
    standing();
    const id = idOf(await asked());
    const headers = { authorization: `Bearer ${await tokenOf('viewer')}` };
    const path = `${orchestrator.url}/api/backups/${id}/events`;
    const textUntil = async (isEnough: (text: string) => boolean, seen?: string) => {
      const response = await fetch(path, {
        headers: { ...headers, ...(seen !== undefined && { 'last-event-id': seen }) },
      });
      let text = '';
      for await (const piece of response.body ?? []) {
        text += Buffer.from(piece).toString();
        if (isEnough(text)) break;
      }
      return text;
    };
    const first = await textUntil((text) => text.endsWith('}\n\n'));
    const [, seen] = /^id: ([0-9a-f]{16})$/m.exec(first) ?? [];
    const before = backups.shows;
    const rest = textUntil(() => false, seen);
    // Looked for by the route, and read twice by who follows it: what stood then was told, or never will be.
    await until(() => backups.shows >= before + 3);
    backups.change(id, { status: 'succeeded', step: 'close', endedAt: 1_000 });
    expect([...(await rest).matchAll(/^event: (\w+)$/gm)].map(([, name]) => name)).toEqual([
      'answer',
    ]);
  });

  it('keeps no stop of the process waiting', async () => {
    standing();
    const events = orchestrator.watch(idOf(await asked()));
    await events.next();
    const rest = next(events);
    await orchestrator.stop();
    expect(await rest).toBeUndefined();
    orchestrator = await runOrchestrator(backups);
  });
});

describe('what is asked about backups as a whole', () => {
  it('is whether they are good, and what would stay', async () => {
    const state = await orchestrator.ask('viewer', '/api/backups/state');
    expect(state.body).toMatchObject({
      verdict: 'good',
      troubles: [{ code: 'BACKUP_KIT_MISSING', since: '2026-11-21T03:00:00.000Z' }],
      provedAt: '2026-11-21T03:00:00.000Z',
    });
    const { body } = await orchestrator.ask('viewer', '/api/backups/retention');
    expect(body).toMatchObject({
      items: [
        { repository: 'data', keep: [{ reasons: ['daily snapshot'] }], remove: [{}] },
        { repository: 'keys', unnamed: [{ id: 'b'.repeat(64) }] },
      ],
    });
  });

  it('takes runs back from the log for an operator, and for no viewer', async () => {
    const { status, body } = await orchestrator.ask('operator', '/api/backups/adopt', { body: {} });
    expect([status, body]).toMatchObject([
      200,
      { adopted: [expect.any(String)], unnamed: [{ repository: 'keys', id: 'c'.repeat(64) }] },
    ]);
    const viewer = await orchestrator.ask('viewer', '/api/backups/adopt', { body: {} });
    expect(viewer.status).toBe(403);
  });

  it('destroys servers that nobody needs, for an operator and for no viewer', async () => {
    const server = { name: 'innkeeper-test-backup-1', run: '1' };
    const reaped = {
      destroyed: [{ ...server, why: 'overdue' as const }],
      left: [{ ...server, why: 'protected' as const }],
    };
    backups.reaped = reaped;
    const ask = (caller: 'operator' | 'viewer') =>
      orchestrator.ask(caller, '/api/backups/reap', { body: {} });
    expect(await ask('operator')).toMatchObject({ status: 200, body: reaped });
    expect((await ask('viewer')).status).toBe(403);
  });

  it('shows the whole life of its server, and nothing that only the platform knows', async () => {
    const { id } = backups.add({
      worksOn: 'server',
      server: {
        ...{ name: 'innkeeper-test-backup-1', state: 'made', number: 1, id: '4711' },
        ...{ type: 'cpx31', location: 'fsn1', wantedAt: 1_000, madeAt: 2_000, expiresAt: 9_000 },
      },
    });
    const { body } = await orchestrator.ask('viewer', `/api/backups/${id}`);
    expect(body.server).toEqual({
      ...{ name: 'innkeeper-test-backup-1', state: 'made', number: 1 },
      ...{ type: 'cpx31', location: 'fsn1', wantedAt: '1970-01-01T00:00:01.000Z' },
      ...{ madeAt: '1970-01-01T00:00:02.000Z', heardAt: null, goneAt: null, cents: null },
      expiresAt: '1970-01-01T00:00:09.000Z',
    });
  });

  it('is whether a kit that was made elsewhere opens what is used now', async () => {
    const fingerprint = 'ab'.repeat(32);
    const note = { madeAt: '2026-12-01T10:00:00.000Z', fingerprint };
    const noted = await orchestrator.ask('admin', '/api/backups/kit', { body: note });
    expect([noted.status, noted.body]).toEqual([200, { kit: 'current' }]);
    const secret = { ...note, fingerprint: 'the master key' };
    const refused = await orchestrator.ask('admin', '/api/backups/kit', { body: secret });
    expect([refused.status, refused.body.code]).toEqual([400, 'API_REQUEST_INVALID']);
  });

  it('is answered in the form of its route, to its role and those above', async () => {
    const id = idOf(await asked());
    const callers = ['nobody', 'viewer', 'operator', 'admin'] as const;
    const ofStaff = backupRoutes.filter(({ path, role }) => path.startsWith('/api/') && role);
    for (const route of ofStaff)
      for (const caller of callers) {
        const answer = await orchestrator.ask(
          caller,
          route.path.replace(':id', id),
          route.method === 'post' ? { body: bodyOf(route) } : {},
        );
        const least = callers.indexOf(route.role ?? 'nobody');
        const isLetIn = callers.indexOf(caller) >= least;
        const refusal = caller === 'nobody' ? 401 : 403;
        const expected = isLetIn ? (route.status ?? 200) : refusal;
        expect([route.path, caller, answer.status]).toEqual([route.path, caller, expected]);
        if (isLetIn) expectForm(route, answer.body);
      }
  });
});

const bodyOf = ({ path }: RouteNote): JsonObject =>
  path === '/api/backups/kit'
    ? { madeAt: '2026-12-01T10:00:00.000Z', fingerprint: 'ab'.repeat(32) }
    : {};

/** Every member is one that the route names. */
const expectForm = ({ answers, media }: RouteNote, body: JsonObject): void => {
  if (answers && !media) withUnknownMembers(answers, 'refuse').parse(body);
};
