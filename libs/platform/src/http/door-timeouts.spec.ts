import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Socket } from 'node:net';

import { openDoor, type OpenDoor } from '../testing/open-door.js';

let door: OpenDoor;
beforeAll(async () => {
  door = await openDoor({ headersMs: 150, requestMs: 300, idleMs: 200, checkEachMs: 25 });
});
afterAll(() => door.close());

const headers = (bytes: number): string =>
  `POST /bytes HTTP/1.1\r\nhost: inn\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`;

/** Byte by byte, without end: a server that counts only the silence between two never hangs up. */
const trickle = (socket: Socket, byte: string): void => {
  const each = setInterval(() => socket.write(byte), 10);
  socket.once('close', () => clearInterval(each));
};

describe('a sender that is slow', () => {
  it('with its headers is told so and hung up on, though it never falls silent', async () => {
    const { text, ms } = await door.untilClosed((socket) => {
      socket.write('POST /bytes HTTP/1.1\r\nhost: inn\r\nx-slow: ');
      trickle(socket, 'a');
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeGreaterThanOrEqual(140);
  });

  it('with its body is told so and hung up on, and nobody gets half of it', async () => {
    const { text, ms } = await door.untilClosed((socket) => {
      socket.write(headers(100_000));
      trickle(socket, 'b');
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeGreaterThanOrEqual(290);
    expect(door.received.filter((body) => body.includes('b'))).toEqual([]);
  });

  it('and silent in the middle is hung up on too', async () => {
    const { text } = await door.untilClosed((socket) => void socket.write(`${headers(10)}half`));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('to ask again finds its connection closed, without an answer to what it never asked', async () => {
    const { text, ms } = await door.untilClosed(
      (socket) => void socket.write(`${headers(5)}whole`),
    );
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201']);
    expect(door.received).toContain('whole');
    expect(ms).toBeGreaterThanOrEqual(190);
  });
});
