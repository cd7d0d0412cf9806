import type { JsonObject } from '#libs/kernel';
import { countCalls } from '#libs/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { runResponder, told, type Reply, type RunningResponder } from './running-responder.js';

const NOTE = 'note/notes.fuse';
const PAYMENT = 'payment/guesty.main.p1';
const QUESTION = 'Where is the fuse box?';
const PAID = 'What did Quillon pay with the card?';
const people = { anna: { groups: ['finance'] }, ben: {} };

let responder: RunningResponder;

beforeAll(async () => {
  responder = await runResponder();
  await responder.tell(
    told('listing/guesty.main.loft', { listing: 'guesty.main.loft', nickname: 'Harbour Loft' }, {}),
    told(
      NOTE,
      { note: 'notes.fuse', listing: 'guesty.main.loft' },
      { title: 'Fuse box', text: 'The fuse box of the loft is behind the blue door.' },
    ),
    told(
      PAYMENT,
      { payment: 'guesty.main.p1', step: 'received', card: { brand: 'Visa' } },
      { name: 'Quillon Payer', cardLast4: '4711' },
    ),
  );
}, 60_000);
beforeEach(() => responder.let(people));
afterAll(() => responder.stop());

const asked = (body: object, more: object = {}) =>
  responder.ask('viewer', '/api/questions', { body, ...more });

const withoutTrace = ({ status, body, headers }: Reply): unknown => {
  const { trace: _trace, ...rest } = body;
  const kept = [...headers].filter(([name]) => !['date', 'traceparent'].includes(name));
  return { status, rest, kept };
};

describe('POST /api/questions', () => {
  it('answers every role with sources that open, and nobody without a token', async () => {
    for (const role of ['viewer', 'operator', 'admin'] as const) {
      const { status, body } = await responder.ask(role, '/api/questions', {
        body: { text: QUESTION },
      });
      expect(status).toBe(200);
      expect(body).toMatchObject({ outcome: 'answered', abstained: false, question: QUESTION });
      expect(body.answer).toMatch(/behind the blue door/);
      expect(body.citations).toMatchObject([
        { record: NOTE, link: `/r/note/${encodeURIComponent('notes.fuse')}` },
      ]);
    }
    const { status, body } = await responder.ask('nobody', '/api/questions', {
      body: { text: QUESTION },
    });
    expect([status, body.code]).toEqual([401, 'API_TOKEN_INVALID']);
  });

  it.each([
    ['no text', {}],
    ['an empty text', { text: '   ' }],
    ['a text that is too long', { text: 'a'.repeat(4_001) }],
    ['a text that is none', { text: 5 }],
    ['a member that nobody knows', { text: QUESTION, principals: ['group:finance'] }],
    ['a record that is none', { text: QUESTION, about: ['nothing'] }],
    ['more records than it may be about', { text: QUESTION, about: Array(9).fill(NOTE) }],
    ['no object', [QUESTION]],
  ])('refuses a body with %s', async (_, body) => {
    const { status, body: problem } = await asked(body);
    expect([status, problem.code]).toEqual([400, 'API_REQUEST_INVALID']);
    expect(JSON.stringify(problem)).not.toContain('finance');
  });

  it('refuses what is no JSON, and a key that is none', async () => {
    expect((await asked({}, { raw: '{"text": "Where' })).status).toBe(400);
    const { status, body } = await asked({ text: QUESTION }, { key: 'no key' });
    expect([status, body.code]).toEqual([400, 'API_REQUEST_INVALID']);
  });

  it('answers a repeated key once, and refuses it for another text', async () => {
    const first = await asked({ text: QUESTION }, { key: 'k1', name: 'anna' });
    const again = await asked({ text: QUESTION }, { key: 'k1', name: 'anna' });
    expect(again.body.id).toBe(first.body.id);
    expect(again.body.answer).toBe(first.body.answer);
    const facts = await responder.parts.log.stream(`dialogue/${first.body.id as string}`, 0, 10);
    expect(facts.map(({ type }) => type)).toEqual([
      'answering.question.asked.v1',
      'answering.question.answered.v1',
    ]);
    const other = await asked({ text: 'Where is the key?' }, { key: 'k1', name: 'anna' });
    expect([other.status, other.body.code]).toEqual([409, 'ANSWERING_KEY_REUSED']);
    const ofBen = await asked({ text: 'Where is the key?' }, { key: 'k1', name: 'ben' });
    expect(ofBen.status).toBe(200);
    expect(ofBen.body.id).not.toBe(first.body.id);
  });

  it('shows who is not in its group nothing of a payment', async () => {
    const anna = await asked({ text: PAID }, { name: 'anna' });
    expect(JSON.stringify(anna.body)).toContain('Quillon Payer');
    const ben = await asked({ text: PAID }, { name: 'ben' });
    expect(ben.status).toBe(200);
    expect(JSON.stringify(ben.body)).not.toContain('Payer');
    responder.let({ ...people, anna: {} });
    const revoked = await asked({ text: PAID }, { name: 'anna' });
    expect(JSON.stringify(revoked.body)).not.toContain('Payer');
  });

  it('answers nobody while the directory cannot be read, and keeps no question', async () => {
    const { position } = await responder.parts.log.head();
    responder.let(undefined);
    const { status, body } = await asked({ text: QUESTION }, { name: 'anna' });
    expect([status, body.code]).toEqual([503, 'DIRECTORY_UNAVAILABLE']);
    expect((await responder.parts.log.head()).position).toBe(position);
  });

  it('takes an admin to ask in the place of another, and says so in the log', async () => {
    for (const role of ['viewer', 'operator'] as const) {
      const { status, body } = await responder.ask(role, '/api/questions', {
        body: { text: PAID, as: 'group:finance' },
      });
      expect([status, body.code]).toEqual([403, 'API_ROLE_INSUFFICIENT']);
    }
    const before = responder.lines.length;
    const ask = (as?: string) =>
      responder.ask('admin', '/api/questions', { body: { text: PAID, ...(as && { as }) } });
    expect(JSON.stringify((await ask()).body)).not.toContain('Payer');
    expect(JSON.stringify((await ask('group:finance')).body)).toContain('Payer');
    expect(JSON.stringify((await ask('anna')).body)).toContain('Payer');
    const taken = responder.lines.slice(before).filter(({ event }) => event === 'rights.taken');
    expect(taken).toHaveLength(2);
    expect(taken[0]?.fields).toMatchObject({ operator: 'Zoe', principal: 'group:finance' });
    expect(JSON.stringify(taken)).not.toContain('anna');
  });
});

describe('questions and dialogues of one person', () => {
  const idsOf = async (name: string): Promise<{ id: string; conversation: string }> => {
    const { body } = await asked({ text: QUESTION }, { name });
    await responder.fold();
    return body as unknown as { id: string; conversation: string };
  };

  it('are shown, rated, renamed and put away by that person', async () => {
    const { id, conversation } = await idsOf('anna');
    const post = (path: string, body?: object) =>
      responder.ask('viewer', path, { method: 'POST', name: 'anna', ...(body && { body }) });
    const get = (path: string) => responder.ask('viewer', path, { name: 'anna' });
    expect((await get(`/api/questions/${id}`)).body).toMatchObject({ id, outcome: 'answered' });
    expect((await post(`/api/questions/${id}/rating`, { rating: 'down' })).body).toMatchObject({
      rating: 'down',
    });
    expect((await post(`/api/questions/${id}/rating`, { rating: 'soso' })).status).toBe(400);
    expect(
      (await post(`/api/dialogues/${conversation}/title`, { title: 'Fuses' })).body,
    ).toMatchObject({ title: 'Fuses' });
    expect((await post(`/api/dialogues/${conversation}/title`, { title: ' ' })).status).toBe(400);
    await responder.fold();
    const listed = (await get('/api/dialogues?text=fuse')).body.items as JsonObject[];
    expect(listed.map((one) => one.id)).toContain(conversation);
    expect((await post(`/api/dialogues/${conversation}/archive`)).body).toMatchObject({
      archived: true,
    });
    const more = await asked({ text: 'And the wifi?', conversation }, { name: 'anna' });
    expect([more.status, more.body.code]).toEqual([409, 'ANSWERING_DIALOGUE_ARCHIVED']);
  });

  it('do not exist to others, whatever their role: as what is not there', async () => {
    const theirs = await idsOf('anna');
    const none = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
    for (const role of ['viewer', 'operator', 'admin'] as const)
      for (const [path, body] of [
        ['/api/questions/:id', undefined],
        ['/api/questions/:id/rating', { rating: 'up' }],
        ['/api/dialogues/:id', undefined],
        ['/api/dialogues/:id/title', { title: 'Mine' }],
        ['/api/dialogues/:id/archive', {}],
      ] as const) {
        const replies = await Promise.all(
          [theirs.id, none, 'no-id'].map((id) =>
            responder.ask(role, path.replace(':id', id), { name: 'ben', ...(body && { body }) }),
          ),
        );
        expect([path, replies[0]?.status]).toEqual([path, 404]);
        for (const reply of replies.slice(1))
          expect([path, withoutTrace(reply)]).toEqual([path, withoutTrace(replies[0] as Reply)]);
      }
    const on = (conversation: string) => asked({ text: 'And now?', conversation }, { name: 'ben' });
    expect(withoutTrace(await on(theirs.conversation))).toEqual(withoutTrace(await on(none)));
    expect((await responder.ask('viewer', '/api/dialogues', { name: 'carl' })).body).toEqual({
      items: [],
      next: null,
    });
  });

  it('cost as many calls of ports where they are somebody else’s as where they are not there', async () => {
    const theirs = await idsOf('anna');
    const none = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
    const { log, documents, keys, searchIndex } = responder.parts;
    const calls = countCalls({ log, documents, keys, searchIndex });
    const callsOf = async (path: string, body?: object): Promise<readonly string[]> => {
      calls.length = 0;
      await responder.ask('viewer', path, { name: 'ben', ...(body && { body }) });
      return [...calls];
    };
    for (const [path, body] of [
      ['/api/questions/:id', undefined],
      ['/api/questions/:id/rating', { rating: 'up' }],
      ['/api/dialogues/:id', undefined],
      ['/api/dialogues/:id/title', { title: 'Mine' }],
      ['/api/dialogues/:id/archive', {}],
    ] as const) {
      const hidden = await callsOf(path.replace(':id', theirs.id), body);
      expect(hidden.length).toBeGreaterThan(0);
      expect([path, hidden]).toEqual([path, await callsOf(path.replace(':id', none), body)]);
    }
    const on = (conversation: string) =>
      callsOf('/api/questions', { text: 'And now?', conversation });
    expect(await on(theirs.conversation)).toEqual(await on(none));
  });
});

describe('GET /api/search and /ask', () => {
  const search = (query: string, asking: object = {}, role: 'viewer' | 'admin' = 'viewer') =>
    responder.ask(role, `/api/search?${query}`, asking);

  it('finds for every role what it may read, and nothing for nobody', async () => {
    const found = await search('text=fuse+box&explain=true');
    expect(found.body.items).toMatchObject([{ record: NOTE }]);
    expect(found.body).toHaveProperty('steps');
    expect((await responder.ask('nobody', '/api/search?text=fuse')).status).toBe(401);
  });

  it.each([
    '',
    'text=',
    'text=a&limit=0',
    'text=a&limit=101',
    'text=a&explain=maybe',
    'text=a&x=1',
  ])('refuses ?%s', async (query) => {
    expect((await search(query)).status).toBe(400);
  });

  it('searches in the place of another for an admin alone', async () => {
    const paid = 'text=Quillon+card';
    expect(JSON.stringify((await search(paid, { name: 'ben' })).body)).not.toContain('Payer');
    expect((await search(`${paid}&as=group:finance`, { name: 'ben' })).status).toBe(403);
    const { body } = await search(`${paid}&as=group:finance`, {}, 'admin');
    expect(JSON.stringify(body)).toContain('Payer');
  });

  it('serves the page to everybody, with nothing of any record in it', async () => {
    const { status, body, headers } = await responder.ask('nobody', '/ask');
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(body.text as string).toContain('<html');
    expect(body.text as string).not.toMatch(/blue door|Quillon/);
  });
});

describe('GET /api/model-use', () => {
  const use = (query = '', role: 'viewer' | 'operator' | 'admin' = 'operator') =>
    responder.ask(role, `/api/model-use${query}`);

  it('is for operators alone', async () => {
    expect((await use('', 'viewer')).status).toBe(403);
    expect((await responder.ask('nobody', '/api/model-use')).status).toBe(401);
    for (const role of ['operator', 'admin'] as const)
      expect((await use('', role)).body).toMatchObject({ people: [], rooms: [] });
  });

  it('shows one person by name without saying the name, with what is left', async () => {
    const { status, body } = await use('?day=2026-11-30&person=anna');
    expect(status).toBe(200);
    expect(body).toMatchObject({ day: '2026-11-30', rooms: [], all: { answers: 0, cents: 0 } });
    const [one, ...more] = body.people as JsonObject[];
    expect(more).toEqual([]);
    expect(one).toMatchObject({ answers: 0, left: { answers: 0 } });
    expect(JSON.stringify(body)).not.toContain('anna');
    const again = (await use('?day=2026-11-30&person=anna')).body.people as JsonObject[];
    const other = (await use('?day=2026-11-30&person=ben')).body.people as JsonObject[];
    expect(again[0]?.person).toBe(one?.person);
    expect(other[0]?.person).not.toBe(one?.person);
  });

  it.each(['?day=yesterday', '?day=2026-13-01', '?person=', '?room=GENERAL'])(
    'refuses %s',
    async (query) => {
      expect((await use(query)).status).toBe(400);
    },
  );
});
