import { BODY_LIMIT } from '#libs/contracts';
import { fault, Secret, utf8 } from '#libs/kernel';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post, Req } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { SignJWT } from 'jose';
import { connect, createServer } from 'node:net';
import { z } from 'zod';

import { Health } from '../health/health.js';
import { PlatformModule } from '../health/platform.module.js';
import { Caller, NeedsRole } from '../identity/needs-role.js';
import { issueToken, type Operator } from '../identity/tokens.js';
import { silentLog } from '../logs/log.js';
import { Metrics } from '../metrics/metrics.js';
import { traceOf } from '../tracing/request-trace.js';
import { createHttpApp } from './http-app.js';
import { CheckedQuery, JsonBody } from './json-body.js';
import { startHttpApp } from './start-http-app.js';

const key = new Secret('a key of the tests that is long enough'.padEnd(64, '.'));
const question = z.strictObject({ text: z.string(), turns: z.array(z.string()).optional() });
const filter = z.strictObject({ limit: z.coerce.number().optional() });

@Controller()
class DoorController {
  @Post('bytes')
  bytes(@Body() body: Buffer) {
    return { hex: body.toString('hex'), bytes: body.length };
  }

  @Post('json')
  json(@JsonBody(question) asked: { text: string }) {
    return { got: asked.text };
  }

  @Get('list')
  list(@CheckedQuery(filter) query: { limit?: number }) {
    return query;
  }

  @Get('trace')
  trace(@Req() request: FastifyRequest) {
    return { trace: traceOf(request.raw) };
  }

  @Get('caller')
  caller(@Req() { ip, protocol }: FastifyRequest) {
    return { ip, protocol };
  }

  @Get('throttled')
  throttled() {
    throw fault('BUS_UNAVAILABLE', { retryAfterMs: 1500, details: { host: 'inner-host' } });
  }

  @Get('broken')
  broken() {
    throw new Error('the guest is called Zelda');
  }

  @NeedsRole('operator')
  @Get('operate')
  operate(@Caller() caller: Operator) {
    return caller;
  }
}

const health = new Health();
const metrics = new Metrics();

@Module({
  imports: [PlatformModule.of({ health, metrics, metricsOpen: false, signingKey: key })],
  controllers: [DoorController],
})
class DoorModule {}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  app = await createHttpApp(DoorModule, { log: silentLog, onAnswer: metrics.answered });
  url = await startHttpApp(app, { host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

const send = (path: string, body: string | Uint8Array, type?: string) =>
  fetch(url + path, {
    method: 'POST',
    body: body as string,
    ...(type !== undefined && { headers: { 'content-type': type } }),
  });
const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });
const bearer = async (role: Operator['role'], now?: number) => ({
  authorization: `Bearer ${await issueToken(key, { name: 'tests', role }, now)}`,
});

describe('bodies', () => {
  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'made/up'])(
    'hands on the exact bytes of a %s body',
    async (type) => {
      const bytes = Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0x20, 0x0d, 0x0a, 0xff, 0x00, 0x7d]);
      const answer = await send('/bytes', bytes, type);
      expect(await answer.json()).toEqual({ hex: 'efbbbf7b200d0aff007d', bytes: 10 });
    },
  );

  it('takes a body without a type, and one of exactly the limit', async () => {
    expect(await (await send('/bytes', new Uint8Array([1, 2]))).json()).toMatchObject({ bytes: 2 });
    const most = await send('/bytes', new Uint8Array(BODY_LIMIT), 'application/json');
    expect(((await most.json()) as { bytes: number }).bytes).toBe(BODY_LIMIT);
  });

  it('refuses a byte more as 413', async () => {
    const answer = await send('/bytes', new Uint8Array(BODY_LIMIT + 1), 'application/json');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      413,
      expect.stringContaining('application/problem+json'),
    ]);
    expect(await answer.json()).toMatchObject({ code: 'INTAKE_BODY_TOO_LARGE', status: 413 });
  });
});

describe('JSON routes', () => {
  it('parse the body by their schema', async () => {
    const answer = await send('/json', '{"text":"é"}', 'application/json; charset=utf-8');
    expect(await answer.json()).toEqual({ got: 'é' });
  });

  it.each([
    ['{"text":7}', 'part: text; problem: invalid_type'],
    ['{"text":"a","turns":["b",4]}', 'part: turns.1; problem: invalid_type'],
    ['{"text":"a","zelda":1}', 'part: body; problem: unrecognized_keys'],
    ['{"zelda', 'part: body; problem: not_json'],
    ['', 'part: body; problem: not_json'],
  ])('answer %s with the part that is wrong and not what was in it', async (body, detail) => {
    const answer = await send('/json', body, 'application/json');
    const problem = (await answer.json()) as Record<string, unknown>;
    expect([answer.status, problem['code'], problem['detail']]).toEqual([
      400,
      'API_REQUEST_INVALID',
      detail,
    ]);
  });

  it('refuse another type as 415 and an unknown filter as 400', async () => {
    expect((await send('/json', 'x', 'text/plain')).status).toBe(415);
    expect((await get('/list?limit=3')).status).toBe(200);
    expect((await get('/list?lmit=3')).status).toBe(400);
  });
});

describe('problems', () => {
  it('say when to come again, and nothing of the inside', async () => {
    const answer = await get('/throttled');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.text()).not.toContain('inner-host');
  });

  it('hide what broke, and name the trace to look for', async () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const answer = await get('/broken', { traceparent: `00-${trace}-b7ad6b7169203331-01` });
    const text = await answer.text();
    expect(text).not.toContain('Zelda');
    expect(JSON.parse(text)).toEqual({
      type: 'urn:innkeeper:error:DEFECT_UNKNOWN',
      title: expect.any(String),
      status: 500,
      code: 'DEFECT_UNKNOWN',
      detail: expect.any(String),
      trace,
    });
  });

  it('are the answer to an unknown path and to a malformed address', async () => {
    for (const [path, status, code] of [
      ['/nothing/here', 404, 'API_NOT_FOUND'],
      ['/%E0%A4%A', 400, 'API_REQUEST_INVALID'],
    ] as const) {
      const answer = await get(path);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code });
    }
  });
});

describe('traces', () => {
  it('go on from the caller’s, and begin anew where there is none or a broken one', async () => {
    const ask = async (traceparent?: string) =>
      (
        (await (await get('/trace', traceparent ? { traceparent } : {})).json()) as {
          trace: string;
        }
      ).trace;
    expect(await ask(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-00`)).toBe('a'.repeat(32));
    const made = [await ask(), await ask(), await ask(`00-${'0'.repeat(32)}-${'b'.repeat(16)}-00`)];
    expect(new Set(made).size).toBe(3);
    for (const trace of made) expect(trace).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });
});

describe('who calls', () => {
  const seen = async (trustedProxies: readonly string[]) => {
    const door = await createHttpApp(DoorModule, { log: silentLog, trustedProxies });
    const at = await startHttpApp(door, { host: '127.0.0.1', port: 0 });
    const headers = { 'x-forwarded-for': '192.0.2.1, 203.0.113.9', 'x-forwarded-proto': 'https' };
    const told: unknown = await (await fetch(`${at}/caller`, { headers })).json();
    await door.close();
    return told;
  };

  it('is who connects, and what a header says only where a proxy is trusted that says it', async () => {
    const connected = { ip: '127.0.0.1', protocol: 'http' };
    expect(await seen([])).toEqual(connected);
    expect(await seen(['10.0.0.0/8', '::1'])).toEqual(connected);
    expect(await seen(['127.0.0.0/8'])).toEqual({ ip: '203.0.113.9', protocol: 'https' });
  });
});

describe('NeedsRole', () => {
  it('lets in the role it needs and those above', async () => {
    expect((await get('/operate', await bearer('operator'))).status).toBe(200);
    const admin = await get('/operate', await bearer('admin'));
    expect(await admin.json()).toEqual({ name: 'tests', role: 'admin' });
  });

  it('tells a role that is too low from a token that is none', async () => {
    const low = await get('/operate', await bearer('viewer'));
    expect([low.status, ((await low.json()) as { code: string }).code]).toEqual([
      403,
      'API_ROLE_INSUFFICIENT',
    ]);
    const foreign = await issueToken(new Secret('another key of the tests, as long'), {
      name: 'x',
      role: 'admin',
    });
    const unsigned = `${btoa('{"alg":"none"}')}.${btoa('{"role":"admin"}')}.`.replaceAll('=', '');
    const otherwise = await new SignJWT({ role: 'admin' })
      .setProtectedHeader({ alg: 'HS512' })
      .setIssuer('innkeeper')
      .setAudience('innkeeper-api')
      .setSubject('x')
      .setExpirationTime('1h')
      .sign(utf8(key.reveal().padEnd(64, '.')));
    const expired = await bearer('admin', Date.now() - 3_601_000);
    for (const headers of [
      {},
      expired,
      { authorization: `Bearer ${foreign}` },
      { authorization: `Bearer ${otherwise}` },
      { authorization: `Bearer ${unsigned}` },
      { authorization: 'Basic abc' },
    ]) {
      const answer = await get('/operate', headers);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
        401,
        'API_TOKEN_INVALID',
      ]);
    }
  });
});

describe('health and metrics', () => {
  it('is ready while a back end is away, and not while a role cannot work', async () => {
    health.backend('log', false, 'LOG_UNAVAILABLE');
    health.role('webhook-ingest', 'door', true);
    expect((await get('/health/ready')).status).toBe(200);
    health.role('webhook-ingest', 'intake', false, 'LOG_UNAVAILABLE');
    const red = await get('/health/ready');
    expect(red.status).toBe(503);
    expect(await red.json()).toMatchObject({
      status: 'not_ready',
      roles: [
        { name: 'webhook-ingest/door', ready: true },
        { name: 'webhook-ingest/intake', ready: false, code: 'LOG_UNAVAILABLE' },
      ],
      backends: [{ name: 'log', ready: false }],
    });
    expect((await get('/health/live')).status).toBe(200);
    health.role('webhook-ingest', 'intake', true);
    expect((await get('/health/ready')).status).toBe(200);
  });

  it('shows metrics to a viewer, by route and never by address', async () => {
    expect((await get('/metrics')).status).toBe(401);
    await get('/zelda-was-here');
    const answer = await get('/metrics', await bearer('viewer'));
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(
      /innkeeper_http_seconds_count\{route="\/bytes",method="POST",status="2xx"\} [1-9]/,
    );
    expect(text).not.toContain('zelda');
  });
});

describe('starting and stopping', () => {
  it('says that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => other.once('listening', listening));
    const { port } = other.address() as { port: number };
    const second = await createHttpApp(DoorModule, { log: silentLog });
    await expect(startHttpApp(second, { host: '127.0.0.1', port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
    });
    other.close();
  });

  it('answers what is in hand before it closes, and does not wait for idle connections', async () => {
    let finish = (): void => undefined;
    let entered = (): void => undefined;
    const inHand = new Promise<void>((resolve) => (entered = resolve));

    @Controller()
    class SlowController {
      @Get('slow')
      async slow() {
        entered();
        await new Promise<void>((resolve) => (finish = resolve));
        return { finished: true };
      }
    }
    @Module({ controllers: [SlowController] })
    class SlowModule {}

    const slow = await createHttpApp(SlowModule, { log: silentLog });
    const at = await startHttpApp(slow, { host: '127.0.0.1', port: 0 });
    const idle = connect(Number(new URL(at).port), '127.0.0.1');
    await new Promise((connected) => idle.once('connect', connected));
    const answer = fetch(`${at}/slow`);
    await inHand;
    const closed = slow.close();
    finish();
    expect(await (await answer).json()).toEqual({ finished: true });
    await closed;
    await expect(fetch(`${at}/slow`)).rejects.toThrow();
    idle.destroy();
  });
});
