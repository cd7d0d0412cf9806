import { afterEach, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';

import { openDoor, type DoorUnderTest, type OpenDoor } from '../testing/open-door.js';
import { BodyBudget } from './body-budget.js';
import { DoorLoad, type DoorLoadOptions, type ShedReason } from './door-load.js';

const KIB = 1024;
const patient = { headersMs: 60_000, requestMs: 60_000, idleMs: 60_000, checkEachMs: 50 };
const limits = { mostBytes: 2_048 * KIB, smallBytes: 16 * KIB };

let door: OpenDoor;
/** Everybody who still holds the line, to be let go at the end. */
const lines: Socket[] = [];
const hangUp = (): void => {
  for (const socket of lines.splice(0)) socket.destroy();
};
afterEach(async () => {
  hangUp();
  await door.close();
});

interface Watched extends Omit<DoorUnderTest, 'load'> {
  readonly timeouts?: Partial<typeof patient>;
  readonly mostConnections?: number;
}

const open = async ({ timeouts, mostConnections, ...others }: Watched = {}) => {
  const shed: ShedReason[] = [];
  const options: DoorLoadOptions = {
    bodies: new BodyBudget(limits),
    onShed: (reason) => shed.push(reason),
    ...(mostConnections !== undefined && { mostConnections }),
  };
  const load = new DoorLoad(options);
  door = await openDoor({ ...patient, ...timeouts }, { load, ...others });
  return { load, shed };
};

const head = (length: number | 'chunked'): string =>
  [
    'POST /bytes HTTP/1.1\r\nhost: inn\r\ncontent-type: application/json',
    length === 'chunked' ? 'transfer-encoding: chunked' : `content-length: ${length}`,
    '\r\n',
  ].join('\r\n');

/** Sends so much of a body and then waits; settles with all that came back once the door hangs up. */
const halfSent = (sent: number, declared: number | 'chunked' = 1_024 * KIB) =>
  door.untilClosed((socket) => {
    lines.push(socket);
    socket.write(head(declared));
    const body = 'b'.repeat(sent);
    socket.write(declared === 'chunked' ? `${(sent * 2).toString(16)}\r\n${body}` : body);
  });

/** Sends all of it at once and settles with the status; `close` so that the line ends with the answer. */
const whole = async (bytes: number): Promise<string> => {
  const { text } = await door.untilClosed((socket) => {
    const asked = head(bytes).replace('host: inn', 'host: inn\r\nconnection: close');
    socket.write(asked + 'w'.repeat(bytes));
  });
  return statusOf(text);
};

const statusOf = (text: string): string => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 'none';
const problemIn = (text: string): { code: string; status: number } =>
  JSON.parse(text.slice(text.indexOf('\r\n\r\n'))) as { code: string; status: number };

/** Looks again until it is so; the time-out of the test is the only deadline. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('500 posts that stop in the middle', () => {
  const SENDERS = 500;
  const MOST = limits.mostBytes + SENDERS * limits.smallBytes;

  it('fill no more than the budget; who sends on is answered, and each refused one is told', async () => {
    const { load, shed } = await open();
    let most = 0;
    const watching = setInterval(() => (most = Math.max(most, load.heldBytes)), 1);
    const cut: string[] = [];
    const all = Array.from({ length: SENDERS }, async () => {
      const { text } = await halfSent(100 * KIB);
      cut.push(text);
    });
    await until(() => shed.length > SENDERS / 2);
    for (const bytes of [2, 2 * KIB, 60 * KIB, 700 * KIB])
      expect([bytes, await whole(bytes)]).toEqual([bytes, '201']);
    await until(() => cut.length >= SENDERS - limits.mostBytes / (80 * KIB));
    clearInterval(watching);
    expect(most).toBeLessThanOrEqual(MOST);
    expect(new Set(shed)).toEqual(new Set(['body']));
    for (const text of cut)
      expect(problemIn(text)).toMatchObject({ status: 408, code: 'DOOR_SENDER_TOO_SLOW' });
    hangUp();
    await Promise.all(all);
    await until(() => load.heldBytes === 0);
    expect(door.received.filter((body) => body.startsWith('b'))).toEqual([]);
  }, 120_000);
});

describe('the memory of a body', () => {
  it('is counted as it comes, not as it is announced, and small pieces cost what they hold', async () => {
    const { load } = await open();
    void halfSent(1);
    await until(() => load.heldBytes > 0);
    expect(load.heldBytes).toBe(16 * KIB);
    void door.untilClosed((socket) => {
      lines.push(socket);
      socket.write(head('chunked') + '1\r\nx\r\n'.repeat(40 * KIB));
    });
    await until(() => load.heldBytes >= 96 * KIB);
    await whole(1);
    expect(load.heldBytes).toBe(96 * KIB);
  });

  it('joins what comes in pieces of every size to the bytes they were', async () => {
    await open();
    const text = Array.from({ length: 200 * KIB }, (_, i) =>
      String.fromCharCode(97 + (i % 26)),
    ).join('');
    const sizes = [1, 16 * KIB - 1, 1, 64 * KIB, 3, text.length];
    const chunked = async (socket: Socket) => {
      let at = 0;
      for (const size of sizes) {
        const piece = text.slice(at, at + size);
        at += piece.length;
        socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      socket.end('0\r\n\r\n');
    };
    const answer = await door.untilClosed((socket) => {
      socket.write(head('chunked'));
      void chunked(socket);
    });
    expect(statusOf(answer.text)).toBe('201');
    expect(door.received).toEqual([text]);
  });

  it('is given back when the sender goes, when its time is over and when it is too large', async () => {
    const { load } = await open({ timeouts: { headersMs: 200, requestMs: 400 } });
    void door.untilClosed((socket) => {
      socket.write(head(100 * KIB) + 'b'.repeat(50 * KIB));
      void until(() => load.heldBytes > 0).then(() => socket.destroy());
    });
    await until(() => load.heldBytes > 0);
    await until(() => load.heldBytes === 0);
    const late = await halfSent(50 * KIB);
    expect(statusOf(late.text)).toBe('408');
    await until(() => load.heldBytes === 0);
    const tooLarge = await halfSent(1_100 * KIB, 'chunked');
    expect(problemIn(tooLarge.text)).toMatchObject({ code: 'INTAKE_BODY_TOO_LARGE' });
    await until(() => load.heldBytes === 0);
  });

  it('is held until its answer is sent, and given back when its sender did not wait for that', async () => {
    const go = Promise.withResolvers<void>();
    const { load } = await open({ answering: () => go.promise });
    const answered = whole(10 * KIB);
    await until(() => load.heldBytes === 10 * KIB);
    void door.untilClosed((socket) => {
      lines.push(socket);
      // Two at once: the second has no turn to answer when the line breaks.
      socket.write((head(KIB) + 'p'.repeat(KIB)).repeat(2));
    });
    await until(() => load.heldBytes === 12 * KIB);
    hangUp();
    await until(() => load.heldBytes === 10 * KIB);
    go.resolve();
    expect(await answered).toBe('201');
    await until(() => load.heldBytes === 0);
  });

  it('refuses a large body with 503 where all the rest is being answered, and takes a small one', async () => {
    const go = Promise.withResolvers<void>();
    const { load, shed } = await open({ answering: () => go.promise });
    const working = Array.from({ length: 4 }, () => whole(510 * KIB));
    await until(() => door.received.length === 4);
    const { text } = await halfSent(100 * KIB);
    expect(problemIn(text)).toMatchObject({ status: 503, code: 'DOOR_OVERLOADED' });
    expect(text).toMatch(/^retry-after: 5\r$/im);
    expect(shed).toEqual(['overload']);
    const small = whole(10 * KIB);
    await until(() => door.received.length === 5);
    go.resolve();
    expect(await Promise.all([...working, small])).toEqual(Array(5).fill('201'));
    await until(() => load.heldBytes === 0);
  });
});

describe('more connections than a door takes', () => {
  const silent = (say = '') =>
    door.untilClosed((socket) => {
      lines.push(socket);
      socket.write(say);
    });

  it('let go who waited longest and proved nothing, with an answer; who asks is answered', async () => {
    const { load, shed } = await open({ mostConnections: 20 });
    const told: string[] = [];
    const waiting = [
      ...Array.from({ length: 10 }, () => silent('POST /bytes HTT')),
      ...Array.from({ length: 10 }, () => halfSent(KIB)),
    ].map(async (line) => told.push((await line).text));
    await until(() => load.openConnections === 20);
    for (let i = 0; i < 20; i++) expect(await whole(KIB)).toBe('201');
    expect(load.openConnections).toBeLessThanOrEqual(20);
    expect(told).not.toEqual([]);
    expect(shed).not.toEqual([]);
    for (const text of told)
      expect(problemIn(text)).toMatchObject({ code: 'DOOR_SENDER_TOO_SLOW' });
    hangUp();
    await Promise.all(waiting);
  });

  it('do not cost a trusted connection its place while a stranger only waits', async () => {
    const { load } = await open({ mostConnections: 2 });
    let trusted = '';
    void door.untilClosed((socket) => {
      lines.push(socket);
      socket.on('data', (chunk) => (trusted += String(chunk)));
      socket.write(`${head(1)}t`);
    });
    await until(() => trusted.includes('201'));
    void silent();
    await until(() => load.openConnections === 2);
    expect(await whole(1)).toBe('201');
    lines[0]?.write(`${head(1)}t`);
    await until(() => trusted.split('HTTP/1.1 201').length === 3);
  });

  it('are answered 503 where every other one is being answered', async () => {
    const go = Promise.withResolvers<void>();
    const { shed } = await open({ mostConnections: 2, answering: () => go.promise });
    const working = [whole(1), whole(1)];
    await until(() => door.received.length === 2);
    expect(await whole(1)).toBe('503');
    expect(shed).toEqual(['overload']);
    go.resolve();
    expect(await Promise.all(working)).toEqual(['201', '201']);
  });
});
