import type { JsonObject } from '#libs/kernel';
import { servedRoutes } from '#libs/routes';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { aircallToken, runApi, sample, type Item, type RunningApi } from './running-api.js';

interface Page {
  readonly items: readonly Item[];
  readonly next: string | null;
}

const call = 'aircall.main.4190001001';
const names = [
  'call.created.inbound',
  'call.answered',
  'call.ended.answered',
  'call.ended.missed',
  'contact.created',
  'contact.deleted',
  'user.created.v1-deprecated',
];

let api: RunningApi;
let deliveries: string[];

beforeAll(async () => {
  api = await runApi();
  deliveries = await api.take(...names.map(sample));
  await api.refuse('{"token":"not-the-token"}');
  await api.project();
});
afterAll(() => api.stop());

const pathOf = (path: string): string =>
  path.replace(':kind', 'call').replaceAll(/:\w+/g, 'nothing');
const guarded = () => servedRoutes.filter(({ role }) => role !== undefined);

describe('rights', () => {
  it('asks every route under /api for a token, and no other: the pages hold nothing themselves', () => {
    const open = servedRoutes.filter(({ role }) => role === undefined);
    expect(open.map(({ path }) => path).sort()).toEqual([
      '/',
      '/docs',
      '/openapi.json',
      '/r/:kind/:id',
    ]);
    expect(guarded().every(({ path }) => path.startsWith('/api/'))).toBe(true);
    expect(guarded().length).toBeGreaterThan(25);
  });

  it('answers 401 to each without one', async () => {
    for (const { method, path } of guarded()) {
      const { status, body } = await api.ask(undefined, pathOf(path), {
        method: method.toUpperCase(),
      });
      expect([path, status, body.code]).toEqual([path, 401, 'API_TOKEN_INVALID']);
    }
  });

  it('answers 403 to each that needs more than the role has', async () => {
    for (const { method, path, role } of guarded()) {
      if (role === 'viewer') continue;
      const lower = role === 'admin' ? 'operator' : 'viewer';
      const { status, body } = await api.ask(lower, pathOf(path), { method: method.toUpperCase() });
      expect([path, status, body.code]).toEqual([path, 403, 'API_ROLE_INSUFFICIENT']);
    }
  });
});

describe('records', () => {
  it('lists a kind, newest change first, without what was deleted', async () => {
    const { body } = await api.ask<Page>('viewer', '/api/records/call');
    const times = body.items.map(({ updatedAt }) => updatedAt);
    expect(times.length).toBe(2);
    expect(times).toEqual([...times].sort().reverse());
    const deleted = sample('contact.deleted').data as { readonly id: number };
    const { body: contacts } = await api.ask<Page>('viewer', '/api/records/contact');
    // The samples have one contact, and it is the deleted one.
    expect(contacts.items).toEqual([]);
    const one = await api.ask('viewer', `/api/records/contact/aircall.main.${deleted.id}`);
    expect(one.body).toMatchObject({ deleted: true });
  });

  it('filters by what the kind declares', async () => {
    const all = await api.ask<Page>('viewer', '/api/records/call?source=aircall&status=ended');
    expect(all.body.items).toHaveLength(2);
    const none = await api.ask<Page>('viewer', '/api/records/call?direction=outbound');
    expect(none.body.items).toEqual([]);
  });

  it('gives what changed after a time, oldest first, so that one can follow', async () => {
    const { body } = await api.ask<Page>('viewer', '/api/records/call');
    const [newest, oldest] = body.items;
    const after = encodeURIComponent(oldest?.updatedAt ?? '');
    const later = await api.ask<Page>('viewer', `/api/records/call?updatedAfter=${after}`);
    expect(later.body.items.map(({ id }) => id)).toEqual([newest?.id]);
    const all = await api.ask<Page>('viewer', '/api/records/call?updatedAfter=2000-01-01');
    expect(all.body.items.map(({ id }) => id)).toEqual([oldest?.id, newest?.id]);
  });

  it('refuses an unknown filter with the names of those there are, and repeats nothing', async () => {
    const { status, body } = await api.ask('viewer', '/api/records/call?guest=Zelda');
    expect([status, body.code]).toEqual([400, 'DOCUMENTS_FIELD_UNKNOWN']);
    expect(body.detail).toContain('updatedAfter');
    expect(JSON.stringify([body, api.lines])).not.toMatch(/guest|Zelda/);
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'updatedAfter=yesterday', 'status=a&status=b'])(
    'refuses %s',
    async (query) => {
      const { status, body } = await api.ask('viewer', `/api/records/call?${query}`);
      expect([status, body.code]).toEqual([400, 'API_REQUEST_INVALID']);
    },
  );

  it('pages with a cursor that is bound to its filters', async () => {
    const first = await api.ask<Page>('viewer', '/api/records/call?limit=1');
    const { next } = first.body;
    const second = await api.ask<Page>('viewer', `/api/records/call?limit=1&after=${next}`);
    expect(second.body.next).toBeNull();
    expect(second.body.items[0]?.id).not.toBe(first.body.items[0]?.id);
    for (const other of ['call?status=ended&', 'call?updatedAfter=2000-01-01&', 'contact?']) {
      const { status, body } = await api.ask('viewer', `/api/records/${other}after=${next}`);
      expect([status, body.code]).toEqual([400, 'DOCUMENTS_CURSOR_INVALID']);
    }
  });

  it('shows one with the facts that made it, newest last, and by which delivery', async () => {
    const { body } = await api.ask<{ history: readonly JsonObject[] }>(
      'viewer',
      `/api/records/call/${call}`,
    );
    expect(body).toMatchObject({ id: call, kind: 'call', status: 'ended', historyNext: null });
    expect(body.history.map(({ event }) => event)).toEqual([
      'call.created',
      'call.answered',
      'call.ended',
    ]);
    expect(body.history.map(({ delivery }) => delivery)).toEqual(deliveries.slice(0, 3));
  });

  it('pages a long history', async () => {
    const read = async (after: number) =>
      (
        await api.ask<{ history: readonly JsonObject[]; historyNext: number | null }>(
          'viewer',
          `/api/records/call/${call}?limit=2&historyAfter=${after}`,
        )
      ).body;
    const first = await read(0);
    expect(first.history).toHaveLength(2);
    const second = await read(first.historyNext ?? 0);
    expect(second.history.map(({ event }) => event)).toEqual(['call.ended']);
    expect(second.historyNext).toBeNull();
  });

  it.each(['/api/records/nonsense', '/api/records/call/aircall.main.1', '/api/records/nonsense/1'])(
    'answers 404 to %s',
    async (path) => {
      const { status, body } = await api.ask('viewer', path);
      expect([status, body.code]).toEqual([404, 'API_NOT_FOUND']);
    },
  );
});

describe('facts', () => {
  it('gives the log in its order, and goes on where a page ended', async () => {
    const first = await api.ask<Page>('viewer', '/api/facts?limit=3');
    expect(first.body.items.map(({ position }) => position)).toEqual([1, 2, 3]);
    const second = await api.ask<Page>('viewer', `/api/facts?after=${first.body.next}`);
    expect(second.body.items[0]).toMatchObject({ position: 4 });
    expect(second.body.next).toBeNull();
  });

  it('filters by type and by stream', async () => {
    const era = await api.ask<Page>('viewer', '/api/facts?type=log.era.began.v1');
    expect(era.body.items).toHaveLength(1);
    const stream = await api.ask<Page>('viewer', `/api/facts?stream=call/${call}&limit=2`);
    expect(stream.body.items.map(({ stream: of }) => of)).toEqual([`call/${call}`, `call/${call}`]);
    const rest = await api.ask<Page>(
      'viewer',
      `/api/facts?stream=call/${call}&after=${stream.body.next}`,
    );
    expect(rest.body.items).toHaveLength(1);
  });

  it('opens personal parts for operators only', async () => {
    const path = `/api/facts?stream=call/${call}&limit=1`;
    const [seen] = (await api.ask<Page>('viewer', path)).body.items;
    expect(seen).toMatchObject({ sealed: true });
    expect(seen).not.toHaveProperty('personal');
    const [opened] = (await api.ask<Page>('operator', path)).body.items;
    expect(opened).toHaveProperty('personal.phone');
    expect(opened).not.toHaveProperty('sealed');
    const one = await api.ask('operator', `/api/facts/${opened?.id}`);
    expect(one.body).toEqual(opened);
  });

  it('answers 404 to an id nobody has', async () => {
    expect((await api.ask('viewer', `/api/facts/${deliveries[0]}`)).status).toBe(404);
  });
});

describe('deliveries', () => {
  it('lists what came in, without what it says', async () => {
    const { body } = await api.ask<Page>('viewer', '/api/deliveries?source=aircall');
    expect(body.items.map(({ id }) => id).sort()).toEqual([...deliveries].sort());
    expect(Object.keys(body.items[0] ?? {}).sort()).toEqual(
      ['bytes', 'facts', 'id', 'receivedAt', 'sha256', 'source'].sort(),
    );
    const one = await api.ask('viewer', `/api/deliveries/${deliveries[0]}`);
    expect(one.body).toEqual(body.items.find(({ id }) => id === deliveries[0]));
  });

  it('gives an admin the bytes as they came in, and writes down who asked', async () => {
    const { body, headers } = await api.ask<string>(
      'admin',
      `/api/deliveries/${deliveries[0]}/raw`,
    );
    expect(JSON.parse(body)).toMatchObject({ token: aircallToken, event: 'call.created' });
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(api.lines).toContainEqual({
      event: 'delivery.raw_shown',
      fields: { delivery: deliveries[0], operator: 'Zoe' },
    });
  });

  it('runs kept ones again under their own ids', async () => {
    const again = await api.ask('operator', '/api/deliveries/reprocess', {
      method: 'POST',
      body: { ids: [deliveries[0], 'gone'] },
    });
    expect(again.body).toEqual({ published: 1, missing: 1 });
    const all = await api.ask('operator', '/api/deliveries/reprocess', {
      method: 'POST',
      body: { source: 'aircall', receivedBefore: '2000-01-01' },
    });
    expect(all.body).toEqual({ published: 0, missing: 0 });
  });

  it.each([{}, { all: false }, { ids: [], source: 'aircall' }, { since: 1 }])(
    'refuses to run %j again',
    async (body) => {
      const answer = await api.ask('operator', '/api/deliveries/reprocess', {
        method: 'POST',
        body,
      });
      expect([answer.status, answer.body.code]).toEqual([400, 'API_REQUEST_INVALID']);
    },
  );

  it('shows, tries and drops what is in quarantine', async () => {
    const { body } = await api.ask<Page>('viewer', '/api/quarantine');
    expect(body.items).toEqual([
      expect.objectContaining({ source: 'aircall', sha256: expect.any(String), facts: [] }),
    ]);
    const tried = await api.ask('operator', '/api/quarantine/retry', { method: 'POST' });
    expect(tried.body).toEqual({ proved: 0, left: 1 });
    const wider = (role: 'operator' | 'admin') =>
      api.ask(role, '/api/quarantine/retry-within', {
        method: 'POST',
        body: { withinSeconds: 345_600_000 },
      });
    expect((await wider('operator')).status).toBe(403);
    expect((await wider('admin')).body).toEqual({ proved: 0, left: 1 });
    const path = `/api/quarantine/${body.items[0]?.id}`;
    expect((await api.ask('operator', path, { method: 'DELETE' })).status).toBe(204);
    expect((await api.ask('operator', path, { method: 'DELETE' })).status).toBe(404);
  });
});
