import { projectionsCollection } from '#libs/journal';
import type { JsonObject } from '#libs/kernel';
import { createDeadLetters } from '#libs/operations';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';

import { buryDelivery, type BuriedDelivery } from './bury-delivery.js';
import { runApi, sample, type Item, type RunningApi } from './running-api.js';

type Listed = { readonly items: readonly Item[] };
type Traced = {
  readonly delivery: JsonObject | null;
  readonly facts: readonly Item[];
  readonly records: readonly JsonObject[];
  readonly stages: readonly Item[];
};
type Examined = { readonly well: boolean; readonly findings: readonly Item[] };

const call = 'aircall.main.4190001001';
let api: RunningApi;

beforeEach(async () => {
  api = await runApi();
});
afterEach(() => api.stop());

const post = (role: 'operator' | 'admin', path: string, body?: unknown) =>
  api.ask(role, path, { method: 'POST', ...(body !== undefined && { body }) });

const bury = (...letter: BuriedDelivery) => buryDelivery(api.parts, ...letter);

describe('trace', () => {
  const states = (stages: readonly Item[]) => stages.map(({ stage, state }) => `${stage} ${state}`);

  it('follows a delivery to its record, by the id of any of them', async () => {
    const [delivery] = await api.take(sample('call.created.inbound'));
    await api.project();
    const { body } = await api.ask<Traced>('viewer', `/api/trace/${delivery}`);
    expect(body.delivery).toMatchObject({ id: delivery, source: 'aircall' });
    expect(body.facts).toHaveLength(1);
    expect(body.records).toContainEqual(expect.objectContaining({ kind: 'call', id: call }));
    expect(states(body.stages).slice(0, 5)).toEqual([
      'received done',
      'kept done',
      'logged done',
      'relayed done',
      'catalogued done',
    ]);
    expect(states(body.stages).slice(5)).toEqual(body.records.map(() => 'recorded done'));
    for (const id of [body.facts[0]?.id, call, encodeURIComponent(`call/${call}`)]) {
      const other = await api.ask<Traced>('viewer', `/api/trace/${id}`);
      expect(other.body).toMatchObject({ delivery: { id: delivery }, facts: body.facts });
    }
  });

  it('says where a fact waits', async () => {
    const [delivery] = await api.take(sample('call.created.inbound'));
    const { body } = await api.ask<Traced>('viewer', `/api/trace/${delivery}`);
    expect(states(body.stages)).toEqual([
      'received done',
      'kept done',
      'logged done',
      'relayed waiting',
      'catalogued waiting',
    ]);
    expect(body.stages.at(-1)).toMatchObject({ behind: 2 });
  });

  it('shows the letter a delivery became', async () => {
    const [delivery = ''] = await api.take(sample('call.created.inbound'));
    await bury(delivery, 'LOG_FACT_TOO_LARGE');
    const { body } = await api.ask<Traced>('viewer', `/api/trace/${delivery}`);
    expect(body.stages.at(-1)).toMatchObject({ stage: 'dead', code: 'LOG_FACT_TOO_LARGE' });
  });

  it('answers 404 to what nobody knows', async () => {
    for (const id of ['01a09f33-fab8-87d7-be9d-4793dbd8b859', 'aircall.main.1'])
      expect((await api.ask('viewer', `/api/trace/${id}`)).status).toBe(404);
  });
});

describe('dead letters', () => {
  it('lists, shows, sends again and drops them', async () => {
    for (const id of ['one', 'two', 'three']) await bury(id, 'DEFECT_UNKNOWN');
    const { body } = await api.ask<Listed>('viewer', '/api/dead');
    expect(body.items).toHaveLength(3);
    const path = `/api/dead/${body.items[0]?.id}`;
    const one = await api.ask('viewer', path);
    expect(one.body).toEqual(body.items[0]);
    expect(one.body).toMatchObject({ code: 'DEFECT_UNKNOWN', attempts: 5, bytes: 3 });
    expect((await post('operator', `${path}/redrive`)).status).toBe(204);
    expect((await api.ask('viewer', path)).status).toBe(404);
    const other = `/api/dead/${body.items[1]?.id}`;
    expect((await api.ask('operator', other, { method: 'DELETE' })).status).toBe(204);
    expect((await post('operator', `${other}/redrive`)).status).toBe(404);
    expect((await post('operator', '/api/dead/redrive')).body).toEqual({ redriven: 1 });
    expect((await api.ask<Listed>('viewer', '/api/dead')).body.items).toEqual([]);
  });
});

describe('doctor', () => {
  const codes = async () =>
    (await api.ask<Examined>('viewer', '/api/doctor')).body.findings.map(({ code }) => code);

  const holdLeases = async (ttlMs: number): Promise<void> => {
    for (const name of ['projector/catalog', 'projector/relay'])
      await api.parts.leases.acquire(name, 'somebody', ttlMs);
  };

  it('is well when everybody is at the end of the log', async () => {
    await api.take(sample('call.created.inbound'));
    await api.project();
    await holdLeases(9_000);
    const { body } = await api.ask<Examined>('viewer', '/api/doctor');
    expect(body).toMatchObject({ well: true, findings: [], head: { position: 2 } });
    const aircall = expect.objectContaining({ source: 'aircall', lastCanary: null });
    expect(body).toMatchObject({ doors: expect.arrayContaining([aircall]) });
  });

  it('misses who should follow the log, and what to do', async () => {
    const { body } = await api.ask<Examined>('viewer', '/api/doctor');
    expect(body.well).toBe(false);
    expect(body.findings[0]).toMatchObject({ code: 'LEASE_FREE', about: 'projector/catalog' });
    expect(body.findings.every(({ next }) => next.length > 20)).toBe(true);
  });

  it('finds a lease that somebody holds for too long', async () => {
    await holdLeases(3_600_000);
    expect(await codes()).toEqual(['LEASE_HELD', 'LEASE_HELD']);
  });

  it('finds dead letters, and oversize facts among them', async () => {
    await holdLeases(9_000);
    await bury('one', 'DEFECT_UNKNOWN');
    await bury('two', 'LOG_FACT_TOO_LARGE');
    expect((await codes()).sort()).toEqual(['DEAD_LETTERS', 'FACT_TOO_LARGE']);
  });

  it('finds a log that lost what a projector has seen', async () => {
    await holdLeases(9_000);
    const place = { era: 1, position: 900, fact: 'x', term: 1 };
    await api.parts.documents.put(projectionsCollection, [
      { id: 'catalog', body: place, fence: { era: 1, position: 900 } },
    ]);
    expect(await codes()).toEqual(['LOG_RESTORED']);
    const { body } = await api.ask<string>('operator', '/api/verify', { method: 'POST' });
    expect(JSON.parse(body.trim().split('\n').at(-1) ?? '')).toEqual({
      whole: false,
      position: 900,
      trouble: 'lost',
      projector: 'catalog',
    });
  });
});

describe('the log as a whole', () => {
  it('is verified in JSON lines, the last of which says how it is', async () => {
    await api.take(sample('call.created.inbound'));
    const { body, headers } = await api.ask<string>('operator', '/api/verify', { method: 'POST' });
    expect(headers.get('content-type')).toBe('application/x-ndjson');
    const last = JSON.parse(body.trim().split('\n').at(-1) ?? '') as JsonObject;
    expect(last).toMatchObject({ whole: true, position: 2 });
  });

  it('begins a new era; who had seen more begins afresh, and kept deliveries run again', async () => {
    await api.take(sample('call.created.inbound'));
    await api.project();
    const before = await api.parts.log.head();
    const future = before.era + 1_000_000;
    const lost = { era: future, position: 900, fact: 'x', term: 1 };
    await api.parts.documents.put(projectionsCollection, [
      { id: 'catalog', body: lost, fence: { era: future, position: 900 } },
    ]);
    const { body } = await post('admin', '/api/log/restored');
    expect(body).toMatchObject({ position: 3, afresh: ['catalog'], erased: 0, republished: 1 });
    expect(body.era).toBeGreaterThan(future);
    expect(await api.parts.documents.get(projectionsCollection, ['catalog'])).toEqual([undefined]);
    expect((await api.ask<Listed>('viewer', '/api/records/call')).body.items).toEqual([]);
    await api.project();
    expect((await api.ask<Listed>('viewer', '/api/records/call')).body.items).toHaveLength(1);
  });
});

/** Folds what comes, as the catalog role would, until the work is done. Nothing is folded after that. */
const whileFolding = async <T>(work: () => Promise<T>): Promise<T> => {
  let isDone = false;
  const fold = async (): Promise<void> => {
    for (; !isDone; await delay(50)) await api.project();
  };
  const folding = fold();
  try {
    return await work();
  } finally {
    isDone = true;
    await folding;
  }
};

describe('erasures', () => {
  it('tells what would go, and destroys it only when that is confirmed', async () => {
    const [delivery] = await api.take(sample('call.created.inbound'));
    await api.project();
    const fact = async () =>
      (await api.ask<Listed>('operator', `/api/facts?stream=call/${call}`)).body.items[0];
    const plan = await post('admin', '/api/erasures', { target: `call/${call}` });
    expect(plan.body).toMatchObject({
      erased: false,
      streams: [`call/${call}`],
      kinds: { call: 1 },
      deliveries: [delivery],
      facts: 1,
      choices: [{ stream: 'contact/aircall.main.77120045', reason: 'named_by_it' }],
      bounded: false,
    });
    expect(await fact()).toHaveProperty('personal');
    const done = await whileFolding(() =>
      post('admin', '/api/erasures', { target: `call/${call}`, confirm: true }),
    );
    expect(done.body).toMatchObject({ erased: true, facts: 1, refolded: true });
    expect(done.body.looked).toMatchObject({ facts: 1, deliveries: 1 });
    expect(await fact()).toMatchObject({ sealed: true });
    expect((await api.ask('admin', `/api/deliveries/${delivery}/raw`)).status).toBe(404);
    expect(api.lines).toContainEqual(
      expect.objectContaining({
        event: 'streams.erased',
        fields: expect.objectContaining({ operator: 'Zoe' }),
      }),
    );
    const record = await api.ask('viewer', `/api/records/call/${call}`);
    expect(record.body).not.toHaveProperty('phone');
  });

  it('takes along the dead letter of a delivery that nobody could read and that mentions it', async () => {
    await api.take(sample('call.created.inbound'));
    await api.project();
    const unread = '01a0a060-e1f8-8907-be5e-296a42f6352e';
    await bury(unread, 'DEFECT_UNKNOWN', '{"call":4190001001}');
    await bury('01a0a060-e1f8-8907-be5e-296a42f6352f', 'DEFECT_UNKNOWN', '{"call":4190001002}');
    const { body } = await post('admin', '/api/erasures', { target: `call/${call}` });
    expect(body).toMatchObject({ unlinked: { letters: [`intake.${unread}`], quarantined: [] } });
    expect(body.deliveries).toContain(unread);
    await whileFolding(() =>
      post('admin', '/api/erasures', { target: `call/${call}`, confirm: true }),
    );
    expect(await createDeadLetters(api.parts).open(`intake.${unread}`)).toBeUndefined();
  });

  it('answers 404 where there is nothing, 400 to a body it does not know', async () => {
    const nothing = await post('admin', '/api/erasures', { target: 'call/aircall.main.1' });
    expect([nothing.status, nothing.body.code]).toEqual([404, 'CATALOG_ERASE_NOTHING']);
    expect((await post('admin', '/api/erasures', { targets: 'x' })).status).toBe(400);
    expect((await post('admin', '/api/erasures')).status).toBe(400);
  });
});

describe('rebuilds, settings, bus', () => {
  it('keeps what is asked for until the catalog role takes it up', async () => {
    const asked = await post('operator', '/api/rebuilds/catalog', { switch: true });
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({ state: 'asked', switch: true, acceptChanges: false });
    const shown = await api.ask('viewer', `/api/rebuilds/${asked.body.id}`);
    expect(shown.body).toEqual(asked.body);
    expect((await post('operator', '/api/rebuilds/other')).status).toBe(404);
    expect((await api.ask('viewer', '/api/rebuilds/other')).status).toBe(404);
  });

  it('shows settings without their secrets', async () => {
    const { body } = await api.ask<Listed>('operator', '/api/settings');
    expect(body.items).toContainEqual({
      name: 'INNKEEPER_AIRCALL_TOKENS',
      value: '[secret]',
      origin: 'environment',
    });
    expect(JSON.stringify(body)).not.toContain('of-the-tests');
  });

  it('knows what the bus lacks, and makes it', async () => {
    const missing = await api.ask('operator', '/api/bus/missing');
    expect(missing.body).toEqual({ missing: [] });
    expect((await post('admin', '/api/bus/create')).body).toEqual({ missing: [] });
  });
});
