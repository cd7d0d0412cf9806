import { mayAct, operatorRoles, type JsonObject, type OperatorRole } from '#libs/kernel';
import { describedRoutes, withUnknownMembers } from '#libs/routes';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { buryDelivery } from './bury-delivery.js';
import { runApi, sample, type Answer, type Item, type RunningApi } from './running-api.js';

const CALL = 'aircall.main.4190001001';
const CONTACT = 'contact/aircall.main.77120045';
const GUESTS = ['guest/guesty.main.g1', 'guest/guesty.main.g2'] as const;
const PHONE = '+447700900123';

/** Of Maya Osei, who is in everything that is planted here. */
const personal = /Osei|900123|maya\.osei@/;

/** What other roles serve. Of the whole platform, `test/e2e` asks every route. */
const ofAnotherRole =
  /^\/api\/(?:backup-servers|backups|chat|dialogues|model-use|questions|search)\b/;

type Caller = OperatorRole | 'nobody';
const callers: readonly Caller[] = ['nobody', ...operatorRoles];

interface Told {
  readonly method: string;
  readonly path: string;
  readonly role?: OperatorRole;
}

interface Asked extends Told {
  readonly caller: Caller;
  readonly answer: Answer<unknown>;
}

let api: RunningApi;
let asked: readonly Asked[];

/** By template: what there is to ask for. What a route would take away is asked for by a name of nothing. */
const things: Record<string, string> = {
  '/api/records/{kind}/{id}': `/api/records/${CONTACT}`,
  '/api/links/{kind}/{id}': `/api/links/call/${CALL}`,
};
const bodies: Record<string, object> = {
  '/api/erasures': { target: CONTACT },
  '/api/links': { records: [CONTACT, GUESTS[0]], same: true },
  '/api/quarantine/retry-within': { withinSeconds: 1 },
};

const tellOfGuest = async (stream: string): Promise<void> => {
  const cause = '01a09f34-6c00-81f9-ad50-40e3aa5c1bfb';
  const [, id = ''] = stream.split('/');
  const drafts = await api.parts.journal.prepare([
    {
      type: 'intake.guest.observed.v1',
      stream,
      occurredAt: 1_789_377_124_000,
      data: { guest: id, event: 'guest.updated', normaliser: 1, rank: 20 },
      personal: { fullName: `Osei of ${id}`, phones: [{ e164: PHONE }] },
      meta: { source: 'guesty/main', causationId: cause, correlationId: cause },
    },
  ]);
  await api.parts.journal.observe(drafts);
};

/** One person in a call, a contact, two guests, a delivery, a letter, the quarantine and a question. */
const plant = async (): Promise<void> => {
  const payloads = ['call.created.inbound', 'contact.created'].map(sample);
  const [delivery = ''] = await api.take(...payloads);
  for (const guest of GUESTS) await tellOfGuest(guest);
  await api.refuse(JSON.stringify({ ...payloads[1], token: 'not-the-token' }));
  await buryDelivery(api.parts, 'unread', 'DEFECT_UNKNOWN', JSON.stringify(payloads[1]));
  await api.project();
  const idIn = async (path: string) =>
    (await api.ask<{ readonly items: readonly Item[] }>('viewer', path)).body.items[0]?.id;
  const fact = await idIn(`/api/facts?stream=${CONTACT}`);
  const rebuild = await api.ask('operator', '/api/rebuilds/catalog', { method: 'POST' });
  Object.assign(things, {
    '/api/deliveries/{id}': `/api/deliveries/${delivery}`,
    '/api/deliveries/{id}/raw': `/api/deliveries/${delivery}/raw`,
    '/api/facts/{id}': `/api/facts/${fact}`,
    '/api/trace/{id}': `/api/trace/${delivery}`,
    '/api/rebuilds/{id}': `/api/rebuilds/${rebuild.body.id}`,
    ['get /api/dead/{id}']: `/api/dead/${await idIn('/api/dead')}`,
  });
  bodies['/api/deliveries/reprocess'] = { ids: [delivery] };
};

const askEach = async (routes: readonly Told[]): Promise<readonly Asked[]> => {
  const all: Asked[] = [];
  for (const { method, path, role } of routes)
    for (const caller of callers) {
      const answer = await api.ask<unknown>(
        caller === 'nobody' ? undefined : caller,
        things[`${method} ${path}`] ?? things[path] ?? filled(path),
        {
          method: method.toUpperCase(),
          ...(method === 'post' && { body: bodies[path] ?? {} }),
        },
      );
      all.push({ method, path, caller, answer, ...(role && { role }) });
    }
  return all;
};

const filled = (path: string): string =>
  path.replace('{projection}', 'catalog').replaceAll(/\{\w+\}/g, 'nothing');

/** A new era begins when everything else was asked. */
const restoredLast = (a: Told, b: Told): number =>
  Number(a.path === '/api/log/restored') - Number(b.path === '/api/log/restored');

beforeAll(async () => {
  api = await runApi();
  await plant();
  const { paths } = (
    await api.ask<{ paths: Record<string, Record<string, JsonObject>> }>(undefined, '/openapi.json')
  ).body;
  const told = Object.entries(paths)
    .filter(([path]) => !ofAnotherRole.test(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { 'x-role': role }]): Told => ({
        method,
        path,
        ...(role !== undefined && { role: role as OperatorRole }),
      })),
    );
  asked = await askEach(told.sort(restoredLast));
});
afterAll(() => api.stop());

describe('every route of the OpenAPI document', () => {
  it('lets in its role and those above, and nobody else', () => {
    const wrong = asked.filter(({ role, caller, answer }) => {
      const refusal = [401, 403].includes(answer.status) ? answer.status : undefined;
      if (role === undefined || (caller !== 'nobody' && mayAct(caller, role)))
        return refusal !== undefined;
      return refusal !== (caller === 'nobody' ? 401 : 403);
    });
    expect(wrong.map(({ method, path, caller }) => [method, path, caller])).toEqual([]);
    expect(asked.length).toBeGreaterThan(45 * callers.length);
  });

  it('answers what it describes, and no member more', () => {
    let checked = 0;
    for (const { method, path, answer } of asked) {
      const route = describedRoutes.find(
        (one) => one.method === method && one.path.replaceAll(/:(\w+)/g, '{$1}') === path,
      );
      if (!route?.answers || answer.status >= 300) continue;
      const { error } = withUnknownMembers(route.answers, 'refuse').safeParse(answer.body);
      expect([method, path, error?.issues]).toEqual([method, path, undefined]);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(60);
  });

  /** Decision 50: as the record's audience for every role; facts opened to operators, bytes to admins. */
  it('shows personal values in records and links to all staff, in facts to operators, as bytes to admins', () => {
    const seen: Record<string, Caller[]> = {};
    for (const { method, path, caller, answer } of asked)
      if (personal.test(JSON.stringify(answer.body)))
        (seen[`${method} ${path}`] ??= []).push(caller);
    const staff = ['viewer', 'operator', 'admin'];
    expect(seen).toEqual({
      'get /api/records/call': staff,
      'get /api/records/contact': staff,
      'get /api/records/guest': staff,
      'get /api/records/{kind}/{id}': staff,
      'get /api/links': staff,
      'get /api/links/{kind}/{id}': staff,
      'get /api/facts': ['operator', 'admin'],
      'get /api/facts/{id}': ['operator', 'admin'],
      'get /api/deliveries/{id}/raw': ['admin'],
    });
  });

  it('says in no header and no line of the log what was personal', () => {
    for (const { answer } of asked)
      expect(JSON.stringify([...answer.headers])).not.toMatch(personal);
    expect(JSON.stringify(api.lines)).not.toMatch(personal);
  });
});
