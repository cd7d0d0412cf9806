import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';

import { openDoor, type OpenDoor } from '../testing/open-door.js';

let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor({ headersMs: 200, requestMs: 400, idleMs: 200, checkEachMs: 25 });
});
afterAll(() => door.close());

const answersTo = async (talk: (socket: Socket) => void): Promise<string> =>
  (await door.untilClosed(talk)).text;

const statusesOf = (text: string): string[] =>
  [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);

const post = (lines: string[], body = ''): string =>
  ['POST /bytes HTTP/1.1', 'host: inn', ...lines, '', body].join('\r\n');

const asked = (lines: string[], body?: string): Promise<string> =>
  answersTo((socket) => void socket.write(post(lines, body)));

describe('a request that is odd', () => {
  it('is refused for headers larger than anybody sends', async () => {
    expect(statusesOf(await asked([`x-huge: ${'h'.repeat(100_000)}`]))).toEqual(['431']);
  });

  it('is refused for more headers than anybody sends', async () => {
    const many = Array.from({ length: 5_000 }, (_, i) => `x-${i}: 1`);
    expect(statusesOf(await asked([...many, 'content-length: 0']))).toEqual(['431']);
  });

  it.each([
    ['a length that is no number', ['content-length: ten']],
    ['a negative length', ['content-length: -1']],
    ['two lengths', ['content-length: 1', 'content-length: 2']],
    ['a length and chunks', ['content-length: 3', 'transfer-encoding: chunked']],
    ['no host', []],
  ])('is refused for %s', async (what, lines) => {
    const text = await answersTo(
      (socket) =>
        void socket.write(
          what === 'no host' ? 'POST /bytes HTTP/1.1\r\n\r\n' : post(lines, '0\r\n\r\n'),
        ),
    );
    expect(statusesOf(text)).toEqual(['400']);
  });

  it('with a length too short ends its connection: the rest is no request', async () => {
    const statuses = statusesOf(await asked(['content-length: 3'], 'abcdef'));
    expect(statuses.at(-1)).toBe('400');
  });

  it('with a length too long waits its time and is told so', async () => {
    expect(statusesOf(await asked(['content-length: 30'], 'abc'))).toEqual(['408']);
  });

  it('larger than any door takes is refused by its length, before it is read', async () => {
    expect(statusesOf(await asked(['content-length: 5000000'], 'abc'))).toEqual(['413']);
  });

  it('in chunks that never end is refused when it has grown too large', async () => {
    const chunk = `10000\r\n${'c'.repeat(0x10000)}\r\n`;
    const text = await answersTo((socket) => {
      socket.write(post(['transfer-encoding: chunked']));
      for (let i = 0; i < 20; i += 1) socket.write(chunk);
    });
    expect(statusesOf(text)).toEqual(['413']);
  });
});

describe('a connection', () => {
  it('that asks three times at once is answered three times, in order', async () => {
    const text = await answersTo((socket) => {
      const three = ['a', 'bb', 'ccc'].map((body) =>
        post([`content-length: ${body.length}`], body),
      );
      socket.write(three.join(''));
    });
    expect([...text.matchAll(/"bytes":(\d)/g)].map(([, bytes]) => bytes)).toEqual(['1', '2', '3']);
  });

  it('half closed by its sender still gets its answer', async () => {
    const text = await answersTo((socket) => socket.end(post(['content-length: 1'], 'a')));
    expect(statusesOf(text)).toEqual(['201']);
  });

  it('that never says anything is let go', async () => {
    expect(statusesOf(await answersTo(() => undefined))).toEqual(['408']);
  });
});
