import { fault } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { LeaseState } from '#libs/ports/documents';
import type { EventLog, StoredFact } from '#libs/ports/event-log';
import { describe, expect, it } from '@jest/globals';

import type { DeadLetters } from '../dead-letters/dead-letters.js';
import { examine, type ExamineParts } from './examine.js';

const now = 1_000_000_000;
const minute = 60_000;
const GIB = 1024 ** 3;

const factAt = (position: number, recordedAt: number, stream = 'call/a'): StoredFact => ({
  id: `fact-${position}`,
  type: 'intake.call.observed.v1',
  stream,
  version: position,
  position,
  era: 1,
  occurredAt: 0,
  recordedAt,
  meta: '{}',
  data: '{}',
});

const logOf = (facts: readonly StoredFact[]): EventLog => ({
  head: async () => ({ era: 1, position: facts.length, hash: new Uint8Array() }),
  read: async (after, limit) => facts.slice(after, after + limit),
  stream: async (stream, after, limit) =>
    facts.filter((one) => one.stream === stream && one.version > after).slice(0, limit),
  find: () => Promise.resolve([]),
  wake: () => Promise.resolve(),
  observe: () => Promise.reject(fault('DEFECT_UNKNOWN')),
  decide: () => Promise.reject(fault('DEFECT_UNKNOWN')),
});

const lease = (overrides: Partial<LeaseState> = {}): LeaseState => ({
  name: 'projector/catalog',
  holder: 'a-process',
  term: 3,
  expiresInMs: 8_000,
  ...overrides,
});

const leasesOf = (...held: readonly LeaseState[]): ExamineParts['leases'] => ({
  list: async () => held,
  acquire: () => Promise.resolve(undefined),
  renew: () => Promise.resolve(false),
  release: () => Promise.resolve(),
});

const busWith = (backlog: Bus['backlog']): Bus => ({
  backlog,
  publish: () => Promise.resolve(),
  consume: () => Promise.reject(fault('DEFECT_UNKNOWN')),
  create: () => Promise.resolve(),
  missing: () => Promise.resolve([]),
});

const lettersOf = (...codes: readonly string[]): Pick<DeadLetters, 'list'> => ({
  list: async () => ({
    items: codes.map((code, i) => ({
      id: `letter-${i}`,
      version: 1,
      body: { id: `letter-${i}`, subscription: 'work', code },
    })),
  }),
});

/** A checkpoint at a fact, as its projector had met it. */
const seen =
  (position: number, recordedAt: number, fact = `fact-${position}`) =>
  () =>
    Promise.resolve({ era: 1, position, fact, recordedAt });

/** Everything as it should be: two facts, the last a canary that came just now. */
const healthy = (): ExamineParts => {
  const facts = [factAt(1, now - minute), factAt(2, now - 1_000, 'canary/aircall')];
  return {
    log: logOf(facts),
    backups: () => Promise.resolve({ troubles: [] }),
    leases: leasesOf(lease()),
    bus: busWith(() => Promise.resolve({ waiting: 0, oldestMs: 0 })),
    clock: { now: () => now },
    projectors: [{ name: 'catalog', role: 'catalog' }],
    checkpoint: seen(2, now - 1_000),
    leaseTtlMs: 9_000,
    deadLetters: lettersOf(),
    parked: () => Promise.resolve([]),
    leftGenerations: () => Promise.resolve([]),
    index: () => Promise.resolve({ waiting: [], parked: [] }),
    doors: [{ source: 'aircall', open: true }],
    lastDelivery: () => Promise.resolve(undefined),
    lastCanary: () => Promise.resolve(undefined),
    canarySeconds: 60,
    startedAt: now - 60 * minute,
    backEnds: [{ name: 'store', ping: () => Promise.resolve() }],
    disk: () => Promise.resolve({ free: 3 * GIB, size: 40 * GIB }),
    verify: async () => ({ whole: true, era: 1, position: 2, hash: '' }),
    troubled: () => [],
    models: [],
    feeds: () => Promise.resolve([]),
    alerts: () => Promise.resolve([]),
    retained: [],
  };
};

const findingsWith = async (overrides: Partial<ExamineParts>) =>
  (await examine({ ...healthy(), ...overrides })()).findings;

describe('examine', () => {
  it('is well when nothing needs a person, and tells what it saw', async () => {
    expect(await examine(healthy())()).toMatchObject({
      well: true,
      findings: [],
      head: { era: 1, position: 2 },
      doors: [{ source: 'aircall', lastCanary: now - 1_000 }],
      backEnds: [{ name: 'store', answers: true }],
    });
  });

  it('finds a projector whose next fact waits too long, and who holds its lease', async () => {
    const checkpoint = seen(1, now - 2 * minute);
    const late = logOf([factAt(1, now - 2 * minute), factAt(2, now - minute, 'canary/aircall')]);
    const found = await findingsWith({ checkpoint, log: late });
    expect(found.map(({ code }) => code)).toEqual(['CONSUMER_BEHIND', 'LEASE_HELD']);
    expect(found[0]?.says).toBe('1 facts wait, the oldest 60 s.');
    expect(found[1]?.says).toContain('a-process holds it (term 3');
  });

  it('leaves one alone that is only a moment behind', async () => {
    const checkpoint = seen(1, now - minute);
    expect(await findingsWith({ checkpoint })).toEqual([]);
  });

  it('finds a disk that is nearly full, with the figure', async () => {
    const disk = (free: number, size: number) => async () => ({
      free: free * GIB,
      size: size * GIB,
    });
    expect(await findingsWith({ disk: disk(1.5, 40) })).toMatchObject([
      {
        code: 'DISK_NEARLY_FULL',
        says: '1.5 GiB of 40.0 GiB are free; the quarantine keeps nothing now.',
      },
    ]);
    // A tenth of a small disk, 2 GiB of a large one; and a disk that nobody can measure is no finding.
    expect(await findingsWith({ disk: disk(0.39, 4) })).toMatchObject([
      { says: '399 MiB of 4.0 GiB are free; the quarantine keeps nothing now.' },
    ]);
    for (const well of [disk(0.41, 4), disk(2.1, 400), async () => undefined])
      expect(await findingsWith({ disk: well })).toEqual([]);
  });

  it('finds a lease that nobody holds, also when an expired one is still listed', async () => {
    for (const leases of [leasesOf(), leasesOf(lease({ expiresInMs: -1 }))])
      expect(await findingsWith({ leases })).toMatchObject([{ code: 'LEASE_FREE' }]);
  });

  it('finds a lease that lasts longer than any of ours', async () => {
    const leases = leasesOf(lease({ expiresInMs: 3_600_000 }));
    expect(await findingsWith({ leases })).toMatchObject([{ code: 'LEASE_HELD' }]);
  });

  it('finds a log that does not hold what a projector saw', async () => {
    const other = seen(2, now - 1_000, 'another');
    const again = seen(2, now - 2_000);
    const beyond = seen(9, now);
    for (const checkpoint of [other, again, beyond])
      expect(await findingsWith({ checkpoint })).toMatchObject([{ code: 'LOG_RESTORED' }]);
  });

  it('finds messages that wait too long, and accepts a bus that cannot tell', async () => {
    const waiting = busWith(async ({ consumer }) =>
      consumer === 'intake' ? { waiting: 7, oldestMs: minute } : { waiting: 7, oldestMs: 10 },
    );
    expect(await findingsWith({ bus: waiting })).toMatchObject([
      { code: 'CONSUMER_BEHIND', says: '7 messages wait, the oldest 60 s.' },
    ]);
    expect(await findingsWith({ bus: busWith(() => Promise.resolve(undefined)) })).toEqual([]);
  });

  it('finds a door through which neither delivery nor canary has come', async () => {
    const clock = { now: () => now + 10 * minute };
    const checkpoint = seen(2, now - 1_000);
    expect(await findingsWith({ clock, checkpoint })).toMatchObject([
      { code: 'DOOR_SILENT', about: 'door aircall' },
    ]);
    const lastDelivery = () => Promise.resolve(now + 9 * minute);
    expect(await findingsWith({ clock, lastDelivery })).toEqual([]);
    expect(await findingsWith({ clock, canarySeconds: 0 })).toEqual([]);
    // Received while our clock was in 2036.
    const ahead = () => Promise.resolve(Date.UTC(2036, 0, 1));
    expect(await findingsWith({ clock, checkpoint, lastDelivery: ahead })).toMatchObject([
      { code: 'DOOR_SILENT' },
    ]);
    // The log has one canary an hour; the others are counted.
    const lastCanary = () => Promise.resolve(now + 9 * minute);
    expect(await findingsWith({ clock, checkpoint, lastCanary })).toEqual([]);
    // Nobody looked before this process began.
    expect(await findingsWith({ clock, startedAt: now + 9 * minute })).toEqual([]);
  });

  it('finds the last canary also when a long log stands behind it', async () => {
    const log = logOf([
      factAt(1, now - 5_000, 'canary/aircall'),
      ...Array.from({ length: 20_000 }, (_, i) => factAt(i + 2, now)),
    ]);
    const checkpoint = seen(20_001, now);
    const { doors } = await examine({ ...healthy(), log, checkpoint })();
    expect(doors).toEqual([{ source: 'aircall', lastCanary: now - 5_000 }]);
  });

  it('finds a door that has no secret', async () => {
    const doors = [{ source: 'aircall', open: false }];
    expect(await findingsWith({ doors })).toMatchObject([{ code: 'DOOR_SHUT' }]);
  });

  it('finds nothing wrong with a door that nobody uses, until something came through it', async () => {
    const doors = [{ source: 'rocketchat', open: false, optional: true }];
    expect(await findingsWith({ doors })).toEqual([]);
    const lastDelivery = async (): Promise<number> => now - 1_000;
    expect(await findingsWith({ doors, lastDelivery })).toMatchObject([{ code: 'DOOR_SHUT' }]);
  });

  it('finds records that are not indexed as they are, by name', async () => {
    const found = await findingsWith({
      index: async () => ({
        waiting: [
          { record: 'call/aircall.main.1', ms: 2 * minute },
          { record: 'call/aircall.main.2', ms: 1_000 },
        ],
        parked: [{ unit: 'note/notes.main.door', code: 'DEFECT_UNKNOWN' }],
      }),
    });
    expect(found).toMatchObject([
      { code: 'KNOWLEDGE_BEHIND', says: '1 records wait, the oldest 2 min: call/aircall.main.1.' },
      {
        code: 'KNOWLEDGE_PARKED',
        says: '1 cannot be rendered (DEFECT_UNKNOWN): note/notes.main.door.',
      },
    ]);
  });

  it('finds vectors that have been behind for long, and why, but none that only just are', async () => {
    const vectors = { model: 'use', dimension: 512, passages: 900, lacking: 40 };
    const index = (behindMs: number) => async () => ({
      ...{ waiting: [], parked: [] },
      vectors: { ...vectors, behindMs, code: 'EMBEDDER_UNAVAILABLE' as const },
    });
    expect(await findingsWith({ index: index(minute) })).toEqual([]);
    expect(await findingsWith({ index: index(7 * minute) })).toMatchObject([
      {
        code: 'KNOWLEDGE_VECTORS_BEHIND',
        says: 'Up to 40 of 900 passages have had no vector of use for 7 min (EMBEDDER_UNAVAILABLE).',
      },
    ]);
  });

  it('finds what a broken rebuild left', async () => {
    const found = await findingsWith({ leftGenerations: async () => [2, 7] });
    expect(found.map(({ about, code }) => [code, about])).toEqual([
      ['GENERATION_LEFT', 'generation 2'],
      ['GENERATION_LEFT', 'generation 7'],
    ]);
  });

  it('finds dead letters by subscription and cause, and parked facts', async () => {
    const found = await findingsWith({
      deadLetters: lettersOf('DEFECT_UNKNOWN', 'LOG_FACT_TOO_LARGE', 'DEFECT_UNKNOWN'),
      parked: async () => [{ position: 5, code: 'FACT_DATA_INVALID' }],
    });
    expect(found).toMatchObject([
      { code: 'DEAD_LETTERS', about: 'work', says: '2 (DEFECT_UNKNOWN); the newest is letter-0.' },
      { code: 'FACT_TOO_LARGE', about: 'work' },
      { code: 'FACTS_PARKED', says: '1 from position 5 on (FACT_DATA_INVALID).' },
    ]);
  });

  it('names the first wrong position of a broken chain', async () => {
    const verify: ExamineParts['verify'] = async () => ({
      whole: false,
      position: 17,
      trouble: 'fact_changed',
    });
    expect(await findingsWith({ verify })).toMatchObject([
      { code: 'LOG_CHAIN_BROKEN', about: 'position 17', says: 'fact changed' },
    ]);
  });

  it('tells once that a store is away, and goes on with the rest', async () => {
    const away = () => Promise.reject(fault('LOG_UNAVAILABLE'));
    const log = { ...logOf([]), head: away, read: away, stream: away };
    const deadLetters = lettersOf('DEFECT_UNKNOWN');
    const found = await findingsWith({ log, verify: away, deadLetters });
    expect(found.map(({ code }) => code)).toEqual(['LOG_UNAVAILABLE', 'DEAD_LETTERS']);
  });

  it('finds a back end that does not answer', async () => {
    const ping = () => Promise.reject(fault('BUS_UNAVAILABLE'));
    const { backEnds, findings } = await examine({
      ...healthy(),
      backEnds: [{ name: 'carrier', ping }],
    })();
    expect(backEnds).toEqual([{ name: 'carrier', answers: false }]);
    expect(findings).toMatchObject([{ code: 'BACK_END_AWAY', about: 'carrier' }]);
  });

  it('tells the chat from other back ends', async () => {
    const ping = () => Promise.reject(fault('CHAT_CREDENTIALS_REFUSED'));
    const [found] = await findingsWith({ backEnds: [{ name: 'chat', ping }] });
    expect(found).toMatchObject({
      code: 'CHAT_AWAY',
      about: 'chat',
      says: 'The chat does not know our account, or its token is gone.',
    });
  });

  it('tells a damaged file from a back end that is away', async () => {
    const ping = () => Promise.reject(fault('STORE_CORRUPT'));
    const [found] = await findingsWith({ backEnds: [{ name: 'file', ping }] });
    expect(found).toMatchObject({ code: 'STORE_CORRUPT', about: 'file' });
    expect(found?.next).toContain('docs/runbooks/store-corrupt.md');
  });

  it('finds what has expired for ten minutes and is not removed', async () => {
    const store = (name: string, oldestMs: number) => ({
      name,
      expired: () => Promise.resolve({ count: 7, oldestMs }),
    });
    const retained = [store('fresh', 10 * minute), store('old', 11 * minute)];
    const findings = await findingsWith({ retained });
    expect(findings).toMatchObject([{ code: 'RETENTION_BEHIND', about: 'old' }]);
    expect(findings[0]?.says).toContain('7 expired things');
  });

  it('repeats what this process says of itself', async () => {
    const troubled = () => [{ name: 'catalog/relay', code: 'KEYS_UNAVAILABLE' }];
    expect(await findingsWith({ troubled })).toMatchObject([
      { about: 'catalog/relay', says: 'It does not work now (KEYS_UNAVAILABLE).' },
    ]);
  });

  it('goes on telling an alert until it is cleared', async () => {
    const cause = 'DELIVERIES_INTERRUPTED' as const;
    const alerts = async () => [{ cause, about: 'aircall', found: ['inactive', 'url_wrong'] }];
    const [finding, ...others] = await findingsWith({ alerts });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: cause, about: 'aircall' });
    expect(finding?.says).toContain('inactive, url_wrong');
    expect(finding?.next).toContain('docs/runbooks/deliveries-interrupted.md');
  });
});
