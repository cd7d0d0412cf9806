import type { JsonObject } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { runApi, sample, type RunningApi } from './running-api.js';

const PHONE = '+447700900123';
const CONTACT = 'contact/aircall.main.77120045';
const MAYA = 'guest/guesty.main.g1';
const TOM = 'guest/guesty.main.g2';

interface Question {
  readonly id: string;
  readonly by: string;
  readonly value: string;
  readonly candidates: readonly JsonObject[];
}
interface Listed {
  readonly items: readonly Question[];
  readonly next: string | null;
}

let api: RunningApi;
beforeAll(async () => {
  api = await runApi();
  await api.take(sample('call.created.inbound'));
  await tellOfGuest('g1', 'Maya Osei');
  await api.project();
});
afterAll(() => api.stop());

const tellOfGuest = async (id: string, fullName: string): Promise<void> => {
  const cause = '01a09f34-6c00-81f9-ad50-40e3aa5c1bfb';
  const drafts = await api.parts.journal.prepare([
    {
      type: 'intake.guest.observed.v1',
      stream: `guest/guesty.main.${id}`,
      occurredAt: 1_789_377_124_000,
      data: { guest: `guesty.main.${id}`, event: 'guest.updated', normaliser: 1, rank: 20 },
      personal: { fullName, phones: [{ e164: PHONE }] },
      meta: { source: 'guesty/main', causationId: cause, correlationId: cause },
    },
  ]);
  await api.parts.journal.observe(drafts);
};

const settle = (role: 'operator' | 'viewer', records: readonly string[], same = true) =>
  api.ask<JsonObject>(role, '/api/links', { method: 'POST', body: { records, same } });

const whileFolding = async <T>(work: () => Promise<T>): Promise<T> => {
  const folding = setInterval(() => void api.project(), 50);
  try {
    return await work();
  } finally {
    clearInterval(folding);
  }
};

const membersOf = async (record: string) => {
  const { body } = await api.ask<{ person?: { members: { kind: string; id: string }[] } }>(
    'viewer',
    `/api/links/${record}`,
  );
  return body.person?.members.map(({ id, kind }) => `${kind}/${id}`);
};

describe('the routes of links', () => {
  it('say whose a call is, and on what evidence', async () => {
    const path = '/api/links/call/aircall.main.4190001001';
    const { body, status } = await api.ask<JsonObject>('viewer', path);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      record: { kind: 'call', displayName: 'Maya Osei' },
      person: {
        members: [{ kind: 'contact' }, { kind: 'guest', displayName: 'Maya Osei' }],
        evidence: [
          { by: 'provider_id', records: ['call/aircall.main.4190001001', CONTACT] },
          { by: 'number', value: PHONE },
          { by: 'number', value: PHONE },
          { by: 'number', records: [CONTACT, MAYA], value: PHONE },
        ],
      },
      questions: [],
    });
  });

  it('list what only a person can tell, page by page, and why nobody is linked until then', async () => {
    await tellOfGuest('g2', 'Tom Osei');
    await api.project();
    const { body } = await api.ask<Listed>('viewer', '/api/links?limit=1');
    expect(body).toMatchObject({
      items: [{ by: 'number', value: PHONE, candidates: [{}, {}, { displayName: 'Tom Osei' }] }],
      next: null,
    });
    const { body: links } = await api.ask<JsonObject>('viewer', `/api/links/${TOM}`);
    expect(links).toMatchObject({ why: 'ambiguous', questions: [body.items[0]?.id] });
  });

  it('take an operator’s word, and nobody else’s, at once', async () => {
    expect((await settle('viewer', [TOM, MAYA])).status).toBe(403);
    const { body, status } = await whileFolding(() => settle('operator', [TOM, MAYA]));
    expect(status).toBe(200);
    expect(body).toMatchObject({ records: [MAYA, TOM], same: true, linked: true });
    await whileFolding(() => settle('operator', [TOM, CONTACT]));
    expect((await api.ask<Listed>('viewer', '/api/links')).body.items).toEqual([]);
    expect(await membersOf(TOM)).toEqual([CONTACT, MAYA, TOM]);
    expect(api.lines).toContainEqual(
      expect.objectContaining({
        event: 'identity.settled',
        fields: expect.objectContaining({ operator: 'Zoe' }),
      }),
    );
  });

  it('refuse what cannot be meant', async () => {
    expect(await settle('operator', [TOM, 'guest/guesty.main.g9'])).toMatchObject({
      status: 404,
      body: { code: 'CATALOG_IDENTITY_UNKNOWN' },
    });
    expect(await settle('operator', [TOM, 'call/aircall.main.4190001001'])).toMatchObject({
      status: 400,
      body: { code: 'CATALOG_IDENTITY_UNSETTLABLE' },
    });
    expect((await settle('operator', [TOM])).status).toBe(400);
    for (const path of ['guest/guesty.main.g9', 'phone_number/aircall.main.550101', 'cat/1'])
      expect((await api.ask('viewer', `/api/links/${path}`)).status).toBe(404);
    expect((await api.ask('viewer', '/api/links?kind=guest')).status).toBe(400);
  });
});
