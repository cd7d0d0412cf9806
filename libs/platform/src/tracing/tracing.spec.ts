import { subscriptions } from '#libs/contracts';
import { formatTraceparent, nextTraceparent, parseTraceparent } from '#libs/kernel';
import type { BatchHandler, Bus } from '#libs/ports/bus';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, Post, Req } from '@nestjs/common';
import {
  InMemorySpanExporter,
  NodeTracerProvider,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-node';
import type { FastifyRequest } from 'fastify';

import { SubscriptionRunner } from '../bus/subscription-runner.js';
import { Health } from '../health/health.js';
import { createHttpApp } from '../http/http-app.js';
import { startHttpApp } from '../http/start-http-app.js';
import { silentLog } from '../logs/log.js';
import { traceparentOf } from './request-trace.js';
import { currentTraceparent, inSpan, switchSpans } from './spans.js';
import { tracesAddress } from './start-tracing.js';

const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
const other = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;

describe('a traceparent', () => {
  it('is read back as it was written, and continued with its trace and its choice', () => {
    expect(formatTraceparent(parseTraceparent(parent) ?? nextTraceparent())).toBe(parent);
    const unsampled = parseTraceparent(parent.replace(/01$/, '00'));
    expect(nextTraceparent(unsampled)).toMatchObject({ trace: 'a'.repeat(32), sampled: false });
  });

  it.each([undefined, '', 'x', parent.toUpperCase(), `${parent}-more`, parent.replace(/a/g, '0')])(
    'is refused when it is %s',
    (text) => expect(parseTraceparent(text)).toBeUndefined(),
  );

  it('never comes twice', () => {
    const made = Array.from({ length: 1000 }, () => formatTraceparent(nextTraceparent()));
    expect(new Set(made).size).toBe(1000);
    expect(made.every((text) => parseTraceparent(text))).toBe(true);
  });
});

describe('with tracing off', () => {
  it('runs the work itself and asks for no causes', async () => {
    const causes = (): never => {
      throw new Error('asked');
    };
    expect(await inSpan('x', causes, () => Promise.resolve(currentTraceparent()))).toBeUndefined();
  });
});

describe('with tracing on', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });

  beforeAll(() => {
    provider.register();
    switchSpans(true);
  });
  afterEach(() => exporter.reset());
  afterAll(async () => {
    switchSpans(false);
    await provider.shutdown();
  });

  it('makes a span under the first cause, linked to the others, each once', async () => {
    const inside = await inSpan(
      'work',
      () => [parent, other, undefined, parent],
      () => Promise.resolve(currentTraceparent()),
    );
    const [span] = exporter.getFinishedSpans();
    expect(span?.spanContext().traceId).toBe('a'.repeat(32));
    expect(span?.parentSpanContext?.spanId).toBe('b'.repeat(16));
    expect(span?.links.map(({ context }) => context.traceId)).toEqual(['c'.repeat(32)]);
    expect(parseTraceparent(inside)?.span).toBe(span?.spanContext().spanId);
  });

  it('writes nothing of an error but that there was one', async () => {
    await expect(inSpan('work', parent, () => Promise.reject(new Error('Zelda')))).rejects.toThrow(
      'Zelda',
    );
    const [span] = exporter.getFinishedSpans();
    expect([span?.status, span?.events]).toEqual([{ code: 2 }, []]);
  });

  it('keeps one trace from the sender through the door to the reactor', async () => {
    let sent: string | undefined;
    @Controller()
    class Door {
      @Post('door')
      async take(@Req() request: FastifyRequest) {
        await Promise.resolve();
        sent = traceparentOf(request.raw);
        return { same: sent === currentTraceparent() };
      }
    }
    @Module({ controllers: [Door] })
    class DoorModule {}
    const app = await createHttpApp(DoorModule, { log: silentLog });
    const url = await startHttpApp(app, { host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/door`, { method: 'POST', headers: { traceparent: parent } });
    expect(await answer.json()).toEqual({ same: true });
    await app.close();

    await handleOne(sent ?? '');
    const names = exporter
      .getFinishedSpans()
      .map((span) => [span.name, span.spanContext().traceId]);
    expect(names).toEqual([
      ['POST /door', 'a'.repeat(32)],
      ['handle intake.deliveries.v1--intake', 'a'.repeat(32)],
    ]);
  });
});

const handleOne = async (traceparent: string): Promise<void> => {
  let handle: BatchHandler | undefined;
  const consume: Bus['consume'] = (_, handler) => {
    handle = handler;
    return Promise.reject(new Error('unused'));
  };
  const runner = new SubscriptionRunner(subscriptions.intakeOfDeliveries, () => Promise.resolve(), {
    bus: { consume } as Bus,
    bury: () => Promise.resolve(),
    health: new Health(),
    log: silentLog,
  });
  await runner.start().catch(() => undefined);
  await handle?.([
    { id: '1', data: new Uint8Array(), attributes: { traceparent }, publishedAt: 0, attempt: 1 },
  ]);
};

it('finds the address under either name', () => {
  expect(tracesAddress({})).toBeUndefined();
  expect(tracesAddress({ tracesUrl: 'http://t/own' })).toBe('http://t/own');
  expect(tracesAddress({ otlpEndpoint: 'http://t:4318/' })).toBe('http://t:4318/v1/traces');
});
