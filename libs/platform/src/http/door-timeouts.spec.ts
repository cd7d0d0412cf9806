import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Module, Post } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { connect, type Socket } from 'node:net';

import { silentLog } from '../logs/log.js';
import { createHttpApp } from './http-app.js';
import { startHttpApp } from './start-http-app.js';

const received: string[] = [];

@Controller()
class DoorController {
  @Post('bytes')
  bytes(@Body() body: Buffer) {
    received.push(body.toString());
    return { bytes: body.length };
  }
}

@Module({ controllers: [DoorController] })
class DoorModule {}

let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  const timeouts = { headersMs: 150, requestMs: 300, idleMs: 200, checkEachMs: 25 };
  app = await createHttpApp(DoorModule, { log: silentLog, timeouts });
  port = Number(new URL(await startHttpApp(app, { host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => app.close());

const headers = (bytes: number): string =>
  `POST /bytes HTTP/1.1\r\nhost: inn\r\ncontent-type: application/json\r\ncontent-length: ${bytes}\r\n\r\n`;

/** What came back until the door hung up, and after how long. */
const untilClosed = async (
  talk: (socket: Socket) => void,
): Promise<{ text: string; ms: number }> => {
  const since = performance.now();
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString()));
  // A door that hangs up while somebody still talks resets the connection.
  socket.on('error', () => undefined);
  socket.once('connect', () => talk(socket));
  await new Promise((resolve) => socket.once('close', resolve));
  return { text, ms: performance.now() - since };
};

/** Byte by byte, for ever: whoever counts only the silence between two never hangs up. */
const trickle = (socket: Socket, byte: string): void => {
  const each = setInterval(() => socket.write(byte), 10);
  socket.once('close', () => clearInterval(each));
};

describe('a sender that is slow', () => {
  it('with its headers is told so and hung up on, though it never falls silent', async () => {
    const { text, ms } = await untilClosed((socket) => {
      socket.write('POST /bytes HTTP/1.1\r\nhost: inn\r\nx-slow: ');
      trickle(socket, 'a');
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeGreaterThanOrEqual(140);
  });

  it('with its body is told so and hung up on, and nobody gets half of it', async () => {
    const { text, ms } = await untilClosed((socket) => {
      socket.write(headers(100_000));
      trickle(socket, 'b');
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeGreaterThanOrEqual(290);
    expect(received.filter((body) => body.includes('b'))).toEqual([]);
  });

  it('and silent in the middle is hung up on too', async () => {
    const { text } = await untilClosed((socket) => void socket.write(`${headers(10)}half`));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('to ask again finds its connection closed, without an answer to what it never asked', async () => {
    const { text, ms } = await untilClosed((socket) => void socket.write(`${headers(5)}whole`));
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 201']);
    expect(received).toContain('whole');
    expect(ms).toBeGreaterThanOrEqual(190);
  });
});
