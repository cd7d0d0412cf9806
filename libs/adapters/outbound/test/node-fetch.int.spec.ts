import { inspect } from 'node:util';

import { afterEach, describe, expect, it } from '@jest/globals';

import { nodeFetch, type NodeFetch, type NodeFetchOptions } from '#libs/adapters/outbound';
import { asFault } from '#libs/kernel';

import { loopbackServer, rawServer, silentServer, type Loopback } from './loopback.js';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const serving = async (server: Promise<Loopback>): Promise<Loopback> => {
  const running = await server;
  opened.push(running);
  return running;
};
const fetching = (options: NodeFetchOptions): NodeFetch => {
  const made = nodeFetch(options);
  opened.push(made);
  return made;
};
const failureOf = async (asked: Promise<unknown>) => {
  const failure = asFault(
    await asked.then(
      () => new Error('it answered'),
      (error: unknown) => error,
    ),
  );
  return {
    code: failure.code,
    reason: failure.details['reason'],
    text: inspect(failure, { depth: 9 }),
  };
};

describe('fetch to a server that an operator named', () => {
  it('reaches it on this machine, and sends what is asked without a word about us', async () => {
    const seen: unknown[] = [];
    const { origin } = await serving(
      loopbackServer((request, response) => {
        seen.push({ ...request.headers, host: '' });
        request.on('data', (body: Buffer) => seen.push(body.toString()));
        request.on('end', () => response.writeHead(418, { 'x-theirs': 'tea' }).end('short'));
      }),
    );
    const headers = { 'X-Stainless-OS': 'Linux', 'User-Agent': 'Lib/1', authorization: 'Bearer k' };
    const answer = await fetching({ origin }).fetch(`${origin}/v1/x`, {
      method: 'POST',
      headers,
      body: '"ü"',
    });
    expect([answer.status, answer.headers.get('x-theirs'), await answer.text()]).toEqual([
      418,
      'tea',
      'short',
    ]);
    expect(seen).toEqual([
      {
        'accept-encoding': 'identity',
        authorization: 'Bearer k',
        connection: 'keep-alive',
        'content-length': '4',
        host: '',
        'user-agent': 'innkeeper',
      },
      '"ü"',
    ]);
  });

  it('gives the answer as it comes', async () => {
    let finish = () => {};
    const { origin } = await serving(
      loopbackServer((_request, response) => {
        response.write('first');
        finish = () => response.end('last');
      }),
    );
    const { body } = await fetching({ origin }).fetch(origin);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    const text = async () => Buffer.from((await reader.read()).value ?? '').toString();
    expect(await text()).toBe('first');
    finish();
    expect(await text()).toBe('last');
    expect((await reader.read()).done).toBe(true);
  });

  it('goes to no other server, and follows nobody there', async () => {
    const { origin } = await serving(
      loopbackServer((_request, response) => {
        response.writeHead(307, { location: 'http://127.0.0.1:1/elsewhere' }).end();
      }),
    );
    const { fetch } = fetching({ origin });
    expect((await fetch(origin, { method: 'POST', body: '{}' })).status).toBe(307);
    expect(await failureOf(fetch('http://127.0.0.1:1/'))).toMatchObject({
      code: 'OUTBOUND_ADDRESS_REFUSED',
      reason: 'origin',
    });
  });

  it.each([
    ['http://models.example:1', '127.0.0.1', 'OUTBOUND_UNREACHABLE'],
    ['http://models.example:1', '::ffff:127.0.0.1', 'OUTBOUND_UNREACHABLE'],
    ['http://models.example', '169.254.169.254', 'OUTBOUND_ADDRESS_REFUSED'],
    ['https://models.example', '169.254.169.254', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://models.example', '168.63.129.16', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://models.example', '100.100.100.200', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://models.example', 'fd00:ec2::254', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://models.example', '8.8.8.8', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://169.254.169.254', '', 'OUTBOUND_ADDRESS_REFUSED'],
    ['http://8.8.8.8', '', 'OUTBOUND_ADDRESS_REFUSED'],
  ])('judges %s at %s: %s', async (origin, address, code) => {
    const family = address.includes(':') ? 6 : 4;
    const limits = { connectMs: 50 };
    const { fetch } = fetching({ origin, limits, resolve: async () => [{ address, family }] });
    expect(await failureOf(fetch(origin))).toMatchObject({ code });
  });

  it('goes in clear text to a network that settings allow', async () => {
    const { port } = await serving(loopbackServer((_request, response) => void response.end('ok')));
    const origin = `http://models.example:${port}`;
    const { fetch } = fetching({
      origin,
      allowed: ['127.0.0.0/8'],
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    });
    expect(await (await fetch(origin)).text()).toBe('ok');
  });

  it('ends on the wire when the reader stops, or a signal says so', async () => {
    const ended: string[] = [];
    const { origin } = await serving(
      loopbackServer((request, response) => {
        response.write('some');
        response.on('close', () => ended.push(request.url ?? ''));
      }),
    );
    const { fetch } = fetching({ origin });
    const stop = new AbortController();
    const stopped = await fetch(`${origin}/signal`, { signal: stop.signal });
    const reading = stopped.text();
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(reading).rejects.toBe(reason);
    await expect(fetch(`${origin}/never`, { signal: stop.signal })).rejects.toBe(reason);
    const left = await fetch(`${origin}/left`);
    await left.body?.cancel();
    while (ended.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(ended).toEqual(['/signal', '/left']);
  });

  it('ends a request that waits for its answer', async () => {
    const { origin } = await serving(silentServer());
    const reason = new Error('enough');
    const stop = new AbortController();
    const asked = fetching({ origin }).fetch(origin, { signal: stop.signal });
    stop.abort(reason);
    await expect(asked).rejects.toBe(reason);
  });
});

describe('an answer that goes wrong', () => {
  const limits = {
    connectMs: 5_000,
    headersMs: 400,
    idleMs: 400,
    wholeMs: 1_200,
    answerBytes: 100,
  };
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n';
  const read = async (server: Promise<Loopback>) => {
    const { origin } = await serving(server);
    return failureOf(
      fetching({ origin, limits })
        .fetch(origin)
        .then((answer) => answer.text()),
    );
  };

  it.each([
    [
      'breaks off',
      (socket) => socket.end(`${head}secret`),
      'OUTBOUND_UNANSWERED',
      /^E|broken|closed/,
    ],
    ['is no HTTP', (socket) => socket.end('secret'), 'OUTBOUND_UNANSWERED', /HPE_|broken/],
    ['never begins', () => undefined, 'OUTBOUND_UNANSWERED', /headers_timeout/],
    [
      'stops in the middle',
      (socket) => socket.write(`${head}secret`),
      'OUTBOUND_UNANSWERED',
      /idle_timeout/,
    ],
    [
      'drips',
      (socket) => {
        // More than comes within the time, on any machine.
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n');
        const timer = setInterval(() => socket.write('s'), 20);
        socket.on('close', () => clearInterval(timer));
      },
      'OUTBOUND_UNANSWERED',
      /body_timeout/,
    ],
    [
      'is too large',
      (socket) => socket.write(`HTTP/1.1 200 OK\r\n\r\n${'secret'.repeat(50)}`),
      'OUTBOUND_ANSWER_TOO_LARGE',
      /^undefined$/,
    ],
  ] satisfies [string, Parameters<typeof rawServer>[0], string, RegExp][])(
    'that %s is a fault with no word of it',
    async (_title, speak, code, reason) => {
      const failure = await read(rawServer(speak));
      expect(failure.code).toBe(code);
      expect(String(failure.reason)).toMatch(reason);
      expect(failure.text).not.toContain('secret');
    },
  );

  it('tells a server that is not there', async () => {
    const server = await loopbackServer(() => undefined);
    await server.close();
    const failure = await failureOf(fetching({ origin: server.origin }).fetch(server.origin));
    expect(failure).toMatchObject({ code: 'OUTBOUND_UNREACHABLE', reason: 'ECONNREFUSED' });
  });
});
