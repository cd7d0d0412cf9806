import { describe, expect, it } from '@jest/globals';

import type { AgentReport } from '../agent/agent-report.js';
import { runSteps, type BackupRun } from '../run/backup-run.js';
import {
  answerTo,
  type AnsweredOpening,
  ASK_AGAIN_MS,
  openingRefusal,
  refusal,
  sessionRefusal,
  withReport,
  withSession,
} from './agent-rules.js';
import type { BackupServer } from './backup-server.js';
import { copyOf } from './server-name.js';

const ID = '019ad3c2-5b00-7a11-8c22-0a1b2c3d4e5f';
const EXPIRES = 6 * 3600_000;
/** A sum is 64 hex digits; here it says of what. */
const sum = (of: string): string => Buffer.from(of.padEnd(32, '.')).toString('hex');

const made: BackupServer = {
  ...{ run: ID, name: 'innkeeper-test-backup', copy: '', tokenSum: sum('token') },
  ...{ addresses: ['192.0.2.7', '2001:db8:0:7::/64'], expiresAt: EXPIRES },
};
const opening: AnsweredOpening = {
  ...{ secretSum: sum('token'), bySum: sum('by'), sessionSum: sum('session') },
  ...{ address: '192.0.2.7', now: 1_000, lasting: [] },
};
const opened = withSession(made, opening);
const later = (ms: number, more: Partial<AnsweredOpening> = {}): AnsweredOpening => ({
  ...opening,
  now: opening.now + ms,
  ...more,
});
const call = { secretSum: sum('session'), address: '192.0.2.7', now: 2_000 };

const report: AgentReport = {
  ...{ run: ID, server: made.name, order: EXPIRES, number: 3, doing: 'save', ended: [] },
};

describe('who gets the order', () => {
  it.each([
    ['with the token, from the address of the server', made, opening, undefined],
    ['from its network of IPv6', made, later(0, { address: '2001:db8:0:7:ab::1' }), undefined],
    [
      'from IPv4 as a socket of IPv6 shows it',
      made,
      later(0, { address: '::ffff:192.0.2.7' }),
      undefined,
    ],
    ['with another token', made, later(0, { secretSum: sum('other') }), 'token_wrong'],
    ['with no sum', made, later(0, { secretSum: '' }), 'token_wrong'],
    ['from another address', made, later(0, { address: '192.0.2.8' }), 'address_wrong'],
    ['from an address that is none', made, later(0, { address: '' }), 'address_wrong'],
    [
      'from anywhere, where the fleet named none',
      { ...made, addresses: [] },
      opening,
      'address_wrong',
    ],
    ['at its deadline', made, later(0, { now: EXPIRES }), 'too_late'],
    ['again, as the same', opened, later(ASK_AGAIN_MS - 1), undefined],
    ['again, too late', opened, later(ASK_AGAIN_MS), 'token_used'],
    ['again, as another', opened, later(1, { bySum: sum('else') }), 'token_used'],
    [
      'again, from its other address',
      opened,
      later(1, { address: '2001:db8:0:7::1' }),
      'token_used',
    ],
    ['again, when it has reported', { ...opened, report }, later(1), 'token_used'],
  ] as const)('somebody %s', (_, server, asked, expected) => {
    expect(openingRefusal(server, asked)).toBe(expected);
  });

  it('is the first who comes, while the fleet has not said where the server is', () => {
    const { addresses: _, ...unknown } = made;
    const first = later(0, { address: '203.0.113.9' });
    expect(openingRefusal(unknown, first)).toBeUndefined();
    const taken = withSession(unknown, first);
    expect(sessionRefusal(taken, { ...call, address: '203.0.113.9' })).toBeUndefined();
    expect(sessionRefusal(taken, { ...call, address: '192.0.2.7' })).toBe('address_wrong');
    expect(openingRefusal(taken, later(1))).toBe('address_wrong');
    // The fleet says, and it was somebody else.
    const known = { ...taken, addresses: ['192.0.2.7'] };
    expect(sessionRefusal(known, { ...call, address: '203.0.113.9' })).toBe('address_wrong');
    expect(openingRefusal(known, later(1))).toBe('token_used');
  });

  it('gets no more time by asking again and again', () => {
    const again = withSession(opened, later(ASK_AGAIN_MS - 1, { sessionSum: sum('second') }));
    expect(openingRefusal(again, later(ASK_AGAIN_MS))).toBe('token_used');
  });

  it('is kept as sums alone', () => {
    expect(opened.used).toEqual({
      ...{ by: sum('by'), sessionSum: sum('session'), address: '192.0.2.7', at: 1_000 },
    });
  });
});

describe('who has the session', () => {
  it.each([
    ['from the address of the server', opened, call, undefined],
    [
      'of a first answer that was lost',
      withSession(opened, later(5, { sessionSum: sum('next') })),
      call,
      'session_wrong',
    ],
    ['of nobody yet', made, call, 'session_wrong'],
    ['that is the token', opened, { ...call, secretSum: sum('token') }, 'session_wrong'],
    ['from elsewhere', opened, { ...call, address: '192.0.2.8' }, 'address_wrong'],
    ['after its deadline, to hear that it is over', opened, { ...call, now: EXPIRES }, undefined],
    ['long after its deadline', opened, { ...call, now: EXPIRES + 3600_000 }, 'too_late'],
  ] as const)('is heard or not: one %s', (_, server, called, expected) => {
    expect(sessionRefusal(server, called)).toBe(expected);
  });
});

/** Numbers that look like chance, and are the same each time. */
const chanceOf = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
};

interface TriedCaller {
  readonly bySum: string;
  readonly address: string;
}
const callers: readonly TriedCaller[] = [
  { bySum: sum('the server'), address: '192.0.2.7' },
  { bySum: sum('a thief'), address: '192.0.2.7' },
  { bySum: sum('the server'), address: '2001:db8:0:7::9' },
  { bySum: sum('a stranger'), address: '203.0.113.9' },
];

/** Calls in any order, with answers that are lost; the addresses become known at any time. */
const tryCalls = (seed: number) => {
  const chance = chanceOf(seed);
  const { addresses, ...unknown } = made;
  let server: BackupServer = chance(2) ? made : unknown;
  const orders: { readonly to: TriedCaller; readonly sessionSum: string }[] = [];
  let now = 0;
  for (let calls = 0; calls < 12; calls++) {
    now += chance(50_000);
    const to = callers[chance(callers.length)] ?? opening;
    const asked = { ...opening, ...to, now, sessionSum: sum(`session ${calls}`) };
    if (chance(8) === 0) server = { ...server, ...(addresses && { addresses }) };
    if (chance(6) === 0) server = withReport(server, { ...report, number: calls + 1 }, now);
    if (openingRefusal(server, asked)) continue;
    server = withSession(server, asked);
    orders.push({ to, sessionSum: asked.sessionSum });
  }
  return { server, orders, now };
};

describe('calls in every order', () => {
  it('leave one who has the order, and one session', () => {
    let given = 0;
    let repeated = 0;
    for (let seed = 1; seed <= 1_000; seed++) {
      const { server, orders, now } = tryCalls(seed);
      expect(new Set(orders.map(({ to }) => `${to.bySum} ${to.address}`)).size).toBeLessThan(2);
      const valid = orders.flatMap(({ sessionSum }) =>
        callers.filter(
          ({ address }) =>
            sessionRefusal(server, { secretSum: sessionSum, address, now }) === undefined,
        ),
      );
      const sessions = orders.filter(({ sessionSum }) =>
        callers.some(
          ({ address }) =>
            sessionRefusal(server, { secretSum: sessionSum, address, now }) === undefined,
        ),
      );
      expect(sessions.length).toBeLessThan(2);
      // Nobody of another address than the order went to is heard, unless the fleet says that it is the server’s.
      if (!server.addresses)
        expect(new Set(valid.map(({ address }) => address)).size).toBeLessThan(2);
      given += Math.min(1, orders.length);
      repeated += orders.length > 1 ? 1 : 0;
    }
    // Else it was tried with nothing.
    expect(given).toBeGreaterThan(600);
    expect(repeated).toBeGreaterThan(100);
  });
});

describe('a report', () => {
  const heard = withReport(opened, report, 5_000);

  it('is kept with when it was heard', () => {
    expect(heard).toMatchObject({ report: { number: 3 }, heardAt: 5_000 });
  });

  it.each([
    ['came twice', report],
    ['came late', { ...report, number: 2 }],
    ['is of another server', { ...report, number: 9, server: 'another' }],
    ['is of the server before it', { ...report, number: 9, order: EXPIRES - 1_000 }],
  ])('changes nothing where it %s', (_, old) => {
    expect(withReport(heard, old, 9_000)).toBe(heard);
  });
});

describe('what a server is answered', () => {
  const running = (more: Partial<BackupRun> = {}): BackupRun => ({
    ...{ id: ID, kind: 'manual', requestedBy: 'operator', status: 'running', step: 'save' },
    ...{ attempt: 1, failures: 0, requestedAt: 0, stepStartedAt: 0, heartbeatAt: 0, claims: 1 },
    ...{ steps: [], sources: [], warnings: [], revision: 1, worksOn: 'server' },
    server: { name: made.name, state: 'made', number: 1, wantedAt: 0, expiresAt: EXPIRES },
    ...more,
  });
  const server = { ...opened, copy: copyOf(running()) };

  it('is to save and check by itself, to wait, to drill when the run has come to it, and then to leave', () => {
    const answers = runSteps.map((step) => [step, answerTo(running({ step }), server, 2_000)]);
    const [work, wait, leave] = [
      { next: 'work', upTo: 'check' },
      { next: 'wait' },
      { next: 'leave' },
    ];
    expect(answers).toEqual([
      ...[
        ['admit', wait],
        ['prepare', wait],
        ['export', wait],
      ],
      ...[
        ['boot', work],
        ['save', work],
        ['check', work],
      ],
      ...[
        ['preview', wait],
        ['forget', wait],
        ['drill', { next: 'work', upTo: 'drill' }],
      ],
      ...[
        ['destroy', leave],
        ['clean', leave],
        ['close', leave],
      ],
    ]);
  });

  it.each([
    ['has ended', { status: 'succeeded' }, {}],
    ['was refused', { status: 'refused' }, {}],
    ['has given up', { error: { code: 'BACKUP_CUT_OFF', step: 'save', next: '' } }, {}],
    ['works on no server', { worksOn: undefined }, {}],
    ['lost sight of it', { server: { ...running().server, state: 'gone' } }, {}],
    ['has another server', { server: { ...running().server, name: 'another' } }, {}],
    [
      'has a later server of this name',
      { server: { ...running().server, expiresAt: EXPIRES + 1 } },
      {},
    ],
    ['was exported again', {}, { copy: 'innkeeper:2' }],
    ['is over time', {}, { expiresAt: 2_000 }],
  ])('is to leave where the run %s', (_, run, more) => {
    const asked = { ...running(), ...run } as BackupRun;
    expect(answerTo(asked, { ...server, ...more }, 2_000)).toEqual({ next: 'leave' });
  });
});

describe('what the log says of who was refused', () => {
  it.each([
    ['::ffff:10.0.0.7', '10.0.0.7'],
    ['127.0.0.1', '127.0.0.1'],
    ['203.0.113.9', 'a public address'],
    ['2001:db8::1', 'a public address'],
    ['nonsense', 'a public address'],
  ])('is why, for which run, and from which machine of ours: %s', (address, from) => {
    const { code, details } = refusal('token_used', { run: ID, address });
    expect([code, details]).toEqual(['BACKUP_AGENT_REFUSED', { why: 'token_used', run: ID, from }]);
  });
});
