import { describe, expect, it } from '@jest/globals';

import { fault } from '#libs/kernel';
import type {
  DeliveryAnswer,
  ExaminationAnswer,
  FactAnswer,
  FactListQuery,
  RecordAnswer,
  StageAnswer,
} from '#libs/routes';

import { kinds } from './record-kinds.js';
import { listOf, NOW, run } from '../../test/fake-outside.js';

const at = new Date(NOW - 90_000).toISOString();
const factAt = (position: number): FactAnswer => ({
  id: `fact-${position}`,
  type: 'intake.call.observed.v1',
  ...{ source: 'aircall', stream: 'call/aircall.main.1', version: 1, era: 1 },
  ...{ correlationId: 'delivery-1', causationId: 'delivery-1', data: {} },
  position,
  occurredAt: at,
  recordedAt: at,
});
const delivery = (n: number): DeliveryAnswer => ({
  id: `delivery-${n}`,
  source: 'aircall',
  receivedAt: at,
  bytes: 2_700,
  sha256: 'ab',
  facts: ['fact-1'],
});

/** A log of so many facts, read as the API reads it. */
const logOf = (length: () => number) => {
  const asked: [FactListQuery, boolean][] = [];
  const facts = (filters: FactListQuery, personal: boolean) => {
    asked.push([filters, personal]);
    const last = Math.min(filters.after + filters.limit, length());
    const items = Array.from({ length: last - filters.after }, (_, i) =>
      factAt(filters.after + i + 1),
    );
    return Promise.resolve({ items, next: last < length() ? String(last) : null, position: last });
  };
  return { facts, asked };
};

describe('facts', () => {
  it('shows a screenful to a person, and says that there are more', async () => {
    const { facts } = logOf(() => 500);
    const { out, err, code } = await run('facts', { facts });
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(50);
    expect(err).toContain('There are more');
  });

  it('streams everything to a machine, page by page', async () => {
    const { facts, asked } = logOf(() => 450);
    const { documents, err } = await run('facts --json', { facts });
    expect(documents.map((fact) => (fact as FactAnswer).position)).toEqual(
      Array.from({ length: 450 }, (_, i) => i + 1),
    );
    expect(asked.map(([{ after }]) => after)).toEqual([0, 200, 400]);
    expect(err).toBe('');
  });

  it('hands its filters on, and asks for personal parts only when told', async () => {
    const { facts, asked } = logOf(() => 20);
    await run('facts --type t --stream s --after 7 --limit 3 --json', { facts });
    await run('facts --json --personal --limit 1', { facts });
    expect(asked).toEqual([
      [{ type: 't', stream: 's', after: 7, limit: 3 }, false],
      [{ after: 0, limit: 1 }, true],
    ]);
  });

  it('follows what is appended until it is interrupted, and ends well', async () => {
    const stop = new AbortController();
    let length = 1;
    const { facts } = logOf(() => length);
    const grows: typeof facts = async (filters, personal) => {
      const page = await facts(filters, personal);
      if (length === 3) stop.abort();
      length += 1;
      return page;
    };
    const { documents, code } = await run(
      'facts --follow --json',
      { facts: grows },
      {},
      { interrupted: stop.signal },
    );
    expect(code).toBe(0);
    expect(documents.map((fact) => (fact as FactAnswer).position)).toEqual([1, 2, 3]);
  });
});

describe('lists', () => {
  it('are aligned tables of which each row is one thing', async () => {
    const { list } = listOf<DeliveryAnswer>([delivery(1), { ...delivery(22), failed: true }]);
    const { out } = await run('deliveries', { deliveries: list });
    const [head = '', first = '', second = ''] = out.split('\n');
    expect(head.indexOf('source')).toBe(first.indexOf('aircall'));
    expect(second.indexOf('aircall')).toBe(first.indexOf('aircall'));
    expect(first).toContain('2.6 KiB');
    expect(second).toContain('failed');
  });

  it('say on stderr that there is nothing, and nothing on stdout', async () => {
    const answers = {
      deliveries: listOf<never>().list,
      quarantine: listOf<never>().list,
      letters: listOf<never>().list,
      records: listOf<never>().list,
    };
    for (const words of ['deliveries', 'quarantine', 'dead', 'records call']) {
      const { out, err, code } = await run(words, answers);
      expect({ out, code }).toEqual({ out: '', code: 0 });
      expect(err).not.toBe('');
      expect(await run(`${words} --json`, answers)).toMatchObject({ out: '', err: '' });
    }
  });

  it('go on through all pages for a machine unless --limit cuts them', async () => {
    const { list, asked } = listOf([delivery(1), delivery(2)], [delivery(3)]);
    const { documents } = await run('deliveries --json --source aircall', { deliveries: list });
    expect(documents).toHaveLength(3);
    await run('deliveries --json --limit 2 --failed', { deliveries: list });
    expect(asked).toEqual([
      [{ source: 'aircall' }, Infinity],
      [{ failed: true }, 2],
    ]);
  });

  it('ask for records by fields', async () => {
    const { list, asked } = listOf<never>();
    await run('records call --where status=ended direction=inbound --updated-after 2026-11-01', {
      records: list,
    });
    expect(asked[0]?.slice(0, 2)).toEqual([
      'call',
      { status: 'ended', direction: 'inbound', updatedAfter: '2026-11-01' },
    ]);
  });
});

describe('records', () => {
  const unknown = () => Promise.reject(fault('API_NOT_FOUND'));
  const recordOf = (kind: string, fields: object): RecordAnswer => ({
    ...{ id: 'guesty.main.1', kind, source: 'guesty', displayName: '', deleted: false },
    updatedAt: at,
    ...fields,
  });

  it('names the kinds to somebody who asks for one that there is not', async () => {
    const { code, err } = await run('records visitor x', { record: unknown });
    expect(code).toBe(2);
    expect(err).toContain(`Kinds: ${kinds.join(', ')}.`);
    expect(kinds).toContain('phone_message');
  });

  it('shows at a glance who wrote and how, what was paid, and until when work is due', async () => {
    const listed = async (kind: string, fields: object): Promise<string> => {
      const { out } = await run(`records ${kind}`, {
        records: listOf([recordOf(kind, fields)]).list,
      });
      return out;
    };
    const message = { displayName: 'The key safe will not open 😕', author: 'guest' };
    expect(await listed('guest_message', { ...message, channel: 'airbnb' })).toContain(
      'The key safe will not open 😕  author guest, channel airbnb',
    );
    const amount = { amount: 59150, currency: 'GBP', text: '591.50 GBP' };
    expect(await listed('payment', { amount, status: 'received' })).toContain(
      'status received, amount 591.50 GBP',
    );
    expect(await listed('task', { status: 'pending', dueAt: at })).toMatch(
      /status pending, dueAt (?!.*Z)/,
    );
  });

  it('exits 1 for an id that there is not', async () => {
    const { code, err } = await run('records call x', { record: unknown });
    expect(code).toBe(1);
    expect(err).toContain('API_NOT_FOUND');
  });
});

describe('deliveries show', () => {
  it('says of what came out of a followed database that its bytes are not kept', async () => {
    const shown = (fromFeed: object) =>
      run('deliveries show x', {
        delivery: () => Promise.resolve({ ...delivery(1), ...fromFeed }),
      });
    expect((await shown({ fromFeed: true })).out).toMatch(/bytes +not kept: they came out of/);
    expect((await shown({})).out).not.toContain('not kept');
  });
});

describe('deliveries show --raw', () => {
  it('writes exactly the bytes, whatever they are', async () => {
    const raw = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { bytes, err } = await run('deliveries show x --raw', {
      raw: () => Promise.resolve(raw),
    });
    expect(bytes.equals(raw)).toBe(true);
    expect(err).toBe('');
  });
});

describe('trace', () => {
  const trace = (stages: readonly StageAnswer[]) => () =>
    Promise.resolve({
      delivery: delivery(1),
      facts: [factAt(1)],
      records: [{ kind: 'call', id: 'aircall.main.1', era: 1, position: 1, deleted: false }],
      stages: [...stages],
    });
  const stage = (name: string, state: StageAnswer['state'], rest = {}): StageAnswer => ({
    stage: name,
    state,
    at: null,
    fact: 'fact-1',
    ...rest,
  });

  it('tells every stage and that it has arrived', async () => {
    const { out, code } = await run('trace x', {
      trace: trace([stage('logged', 'done'), stage('recorded', 'done')]),
    });
    expect(code).toBe(0);
    expect(out).toContain('Delivery delivery-1');
    expect(out).toMatch(/✔ {2}logged/);
    expect(out).toContain('Now: in call/aircall.main.1.');
  });

  it('exits 1 for what nobody knows, and says where it may be', async () => {
    const unknown = () => Promise.reject(fault('API_NOT_FOUND'));
    const { out, err, code } = await run('trace x', { trace: unknown });
    expect({ out, code }).toEqual({ out: '', code: 1 });
    expect(err).toContain('may wait on the bus');
    const away = () => Promise.reject(fault('PLATFORM_UNREACHABLE'));
    expect((await run('trace x', { trace: away })).code).toBe(3);
  });

  it('tells what it waits for, which is well', async () => {
    const { out, code } = await run('trace x', {
      trace: trace([stage('logged', 'done'), stage('catalogued', 'waiting', { behind: 7 })]),
    });
    expect(code).toBe(0);
    expect(out).toContain('7 facts before it');
    expect(out).toContain('Now: waiting to be catalogued.');
  });

  it('exits 1 where a stage failed, and names the letter', async () => {
    const failed = stage('dead', 'failed', { code: 'DEFECT_UNKNOWN', letter: 'letter-1' });
    const { out, code } = await run('trace x', { trace: trace([failed]) });
    expect(code).toBe(1);
    expect(out).toContain('npx innkeeper dead show letter-1');
    expect((await run('trace x --json', { trace: trace([failed]) })).code).toBe(1);
  });
});

describe('doctor', () => {
  const well: ExaminationAnswer = {
    well: true,
    findings: [],
    head: { era: 1, position: 12_345 },
    consumers: [{ name: 'catalog', behind: 0 }],
    leases: [],
    doors: [{ source: 'aircall', lastDelivery: at, lastCanary: null }],
    backEnds: [{ name: 'sqlite', answers: true }],
  };

  it('exits 0 when nothing needs a person', async () => {
    const { out, code } = await run('doctor', { examine: () => Promise.resolve(well) });
    expect(code).toBe(0);
    expect(out).toContain('position 12,345');
    expect(out).toContain('last delivery 90 s ago');
    expect(out).toContain('last canary never');
    expect(out).toContain('Well: nothing needs a person.');
  });

  it('exits 1 with each finding and the next thing to do', async () => {
    const finding = { code: 'DEAD_LETTERS', about: 'intake', says: 'Two.', next: 'Look.' };
    const examine = () => Promise.resolve({ ...well, well: false, findings: [finding] });
    const { out, code } = await run('doctor', { examine });
    expect(code).toBe(1);
    expect(out).toMatch(/✖ DEAD_LETTERS {2}intake\n {2}Two\.\n {2}Next: Look\./);
    const { code: again, documents } = await run('doctor --json', { examine });
    expect({ again, documents }).toEqual({
      again: 1,
      documents: [{ ...well, well: false, findings: [finding] }],
    });
  });
});
