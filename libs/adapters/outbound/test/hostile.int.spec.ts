import type { Socket } from 'node:net';
import { inspect } from 'node:util';

import { afterEach, describe, expect, it } from '@jest/globals';

import { nodeOutbound, type NodeOutbound, type Limits } from '#libs/adapters/outbound';
import { asFault, type Fault } from '#libs/kernel';

import { loopbackServer, rawServer, silentServer, type Loopback } from './loopback.js';

const limits: Limits = { connectMs: 150, headersMs: 200, wholeMs: 400, answerBytes: 4096 };

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0)) await thing.close();
});

const client = (): NodeOutbound => {
  const outbound = nodeOutbound({ allowed: ['127.0.0.0/8'], limits });
  open.push(outbound);
  return outbound;
};

const failureOf = async (server: Loopback, scheme = 'http'): Promise<Fault> => {
  open.push(server);
  const url = server.origin.replace('http', scheme);
  const answer = await client().send({ method: 'GET', url }).catch(asFault);
  if (!('code' in answer)) throw new Error(`it answered ${answer.status}`);
  return answer;
};

const says =
  (...lines: string[]) =>
  (socket: Socket): void =>
    void socket.write(lines.join('\r\n'));

const unanswered = (reason: unknown) => ({ code: 'OUTBOUND_UNANSWERED', details: { reason } });

describe('a server that is slow', () => {
  it('in shaking hands was sent nothing', async () => {
    expect(await failureOf(await silentServer(), 'https')).toMatchObject({
      code: 'OUTBOUND_UNREACHABLE',
      details: { host: '127.0.0.1', reason: 'connect_timeout' },
    });
  });

  it('to begin its answer is left', async () => {
    expect(await failureOf(await silentServer())).toMatchObject(unanswered('headers_timeout'));
  });

  it('and drips its headers is left', async () => {
    const server = await rawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(server)).toMatchObject(unanswered('headers_timeout'));
  });

  it('and drips its body is left, however steadily it comes', async () => {
    const server = await loopbackServer((_, response) => {
      const drip = setInterval(() => response.write('.'), 20);
      response.on('close', () => clearInterval(drip));
    });
    expect(await failureOf(server)).toMatchObject(unanswered('body_timeout'));
  });
});

describe('a server that is too loud', () => {
  const tooLarge = { code: 'OUTBOUND_ANSWER_TOO_LARGE', details: { limit: 4096 } };

  it('is not read beyond what it announces', async () => {
    const server = await rawServer(says('HTTP/1.1 200 OK', 'content-length: 99999999999', '', ''));
    expect(await failureOf(server)).toMatchObject(tooLarge);
  });

  it('is not read beyond the limit where it announces nothing', async () => {
    let sent = 0;
    const server = await loopbackServer((_, response) => {
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    });
    expect(await failureOf(server)).toMatchObject(tooLarge);
    expect(sent).toBeLessThan(16 * 1024 * 1024);
  });

  it('in its headers is left', async () => {
    const headers = Array.from({ length: 400 }, (_, i) => `x-${i}: ${'y'.repeat(80)}`);
    const server = await rawServer(says('HTTP/1.1 200 OK', ...headers, '', ''));
    expect(await failureOf(server)).toMatchObject(unanswered('HPE_HEADER_OVERFLOW'));
  });
});

describe('a server that makes no sense', () => {
  it.each([
    ['is no HTTP', 'SSH-2.0-OpenSSH_9.2 maya@example.com'],
    ['has two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    [
      'has a broken chunk',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmaya@example.com\r\n',
    ],
    [
      'changes the protocol',
      'HTTP/1.1 101 Switching\r\nupgrade: maya\r\nconnection: upgrade\r\n\r\n',
    ],
  ])('%s: it is left, and nothing of it is told on', async (_, bytes) => {
    const failure = await failureOf(await rawServer(says(bytes)));
    expect(failure.code).toBe('OUTBOUND_UNANSWERED');
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('maya');
  });

  it('ends before the length it announced', async () => {
    const server = await rawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'),
    );
    expect(await failureOf(server)).toMatchObject({ code: 'OUTBOUND_UNANSWERED' });
  });

  it('has a certificate of nobody we know', async () => {
    const plain = await rawServer(says('HTTP/1.1 200 OK', '', ''));
    expect(await failureOf(plain, 'https')).toMatchObject({ code: 'OUTBOUND_UNREACHABLE' });
  });
});

describe('connections', () => {
  it('are used again, and a server that ends one meanwhile is asked over another', async () => {
    const server = await loopbackServer((_, response) => response.end('here'));
    open.push(server);
    const outbound = client();
    const ask = () => outbound.send({ method: 'GET', url: server.origin });
    await ask();
    await ask();
    expect(server.connections()).toBe(1);
  });

  it('leave nothing behind that keeps a process from ending', async () => {
    const server = await loopbackServer((_, response) => response.end('here'));
    open.push(server);
    const outbound = nodeOutbound({ allowed: ['127.0.0.1'] });
    await outbound.send({ method: 'GET', url: server.origin });
    outbound.close();
    const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    expect(timers.length).toBeLessThanOrEqual(1);
  });
});
