import { BODY_LIMIT } from '#libs/contracts';
import { problemHeaders, problemOf } from '#libs/kernel';
import { NestFactory } from '@nestjs/core';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';

import { FaultFilter } from '../errors/fault-filter.js';
import { requestFault } from '../errors/request-fault.js';
import type { Log } from '../logs/log.js';
import { NestLogger } from '../logs/nest-logger.js';
import { traceOf, traceRequests } from '../tracing/request-trace.js';
import { DoorLoad } from './door-load.js';
import { bodyReader } from './read-body.js';
import { finishHandlersOnClose } from './handlers-in-work.js';
import { dropSilentSocketsOnClose } from './silent-sockets.js';

/** Told about each answer; metrics listen here. */
export type OnAnswer = (route: string, method: string, status: number, ms: number) => void;

export interface HttpAppOptions {
  readonly log: Log;
  readonly strategy?: CustomTransportStrategy;
  readonly onAnswer?: OnAnswer;
  /** For tests, which do not wait as long. */
  readonly timeouts?: DoorTimeouts;
  /** For who measures it, and for tests with smaller limits. */
  readonly load?: DoorLoad;
  /** Addresses and networks of proxies that are believed about who calls. */
  readonly trustedProxies?: readonly string[];
}

export interface DoorTimeouts {
  /** From a connection's first byte to the end of the headers. */
  readonly headersMs: number;
  /** To the end of the body. */
  readonly requestMs: number;
  /** Between two requests. */
  readonly idleMs: number;
  readonly checkEachMs: number;
}

/** A sender that is slower than this is not a provider; a connection it holds is one we lack. */
const patience: DoorTimeouts = {
  headersMs: 10_000,
  requestMs: 20_000,
  idleMs: 75_000,
  checkEachMs: 5_000,
};

const adapter = (timeouts: DoorTimeouts, trusted: readonly string[]): FastifyAdapter =>
  new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    // An empty list is none: who connects is who calls.
    trustProxy: trusted.length > 0 && [...trusted],
    requestTimeout: timeouts.requestMs,
    keepAliveTimeout: timeouts.idleMs,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    http: {
      headersTimeout: timeouts.headersMs,
      connectionsCheckingInterval: timeouts.checkEachMs,
    },
    // A malformed address never reaches Nest, so its answer is made here.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      const fault = requestFault(error);
      const problem = problemOf(fault, traceOf(request.raw));
      void reply.status(problem.status).headers(problemHeaders(fault, problem)).send(problem);
    },
  });

/**
 * Nest on Fastify for this platform: bodies stay the bytes they were, every error is a problem, and
 * the bus strategy shares filters with HTTP. Not started: see `startHttpApp`.
 */
export const createHttpApp = async (
  module: Parameters<typeof NestFactory.create>[0],
  {
    log,
    strategy,
    onAnswer,
    timeouts = patience,
    load = new DoorLoad(),
    trustedProxies = [],
  }: HttpAppOptions,
): Promise<NestFastifyApplication> => {
  const http = adapter(timeouts, trustedProxies);
  const app = await NestFactory.create<NestFastifyApplication>(module, http, {
    bodyParser: false,
    logger: new NestLogger(log),
    abortOnError: false,
  });
  app.useGlobalFilters(new FaultFilter(log));
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  load.watch(fastify.server);
  fastify.addContentTypeParser('*', bodyReader(load));
  fastify.addHook('preClose', (closed) => {
    load.endAfterAnswers();
    closed();
  });
  dropSilentSocketsOnClose(fastify);
  finishHandlersOnClose(fastify);
  traceRequests(fastify);
  if (onAnswer)
    fastify.addHook('onResponse', (request, reply, next) => {
      onAnswer(
        request.routeOptions.url ?? 'unknown',
        request.method,
        reply.statusCode,
        reply.elapsedTime,
      );
      next();
    });
  if (strategy) app.connectMicroservice({ strategy }, { inheritAppConfig: true });
  return app;
};
