import {
  formatTraceparent,
  nextTraceparent,
  parseTraceparent,
  type Traceparent,
} from '#libs/kernel';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

import { openSpan, spansAreOn, type OpenSpan } from './spans.js';

const traces = new WeakMap<IncomingMessage, Traceparent>();
const spans = new WeakMap<IncomingMessage, OpenSpan>();

const sentWith = ({ headers }: IncomingMessage): string | undefined =>
  typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;

/** The trace of a request: the caller's, continued, or a new one; made when first asked for. */
const contextOf = (request: IncomingMessage): Traceparent => {
  let context = traces.get(request);
  if (!context) {
    context = nextTraceparent(parseTraceparent(sentWith(request)));
    traces.set(request, context);
  }
  return context;
};

export const traceOf = (request: IncomingMessage): string => contextOf(request).trace;
export const traceparentOf = (request: IncomingMessage): string =>
  formatTraceparent(contextOf(request));

/** A span for every request; with tracing off, nothing at all is hooked in. */
export const traceRequests = (fastify: FastifyInstance): void => {
  if (!spansAreOn()) return;
  fastify.addHook('onRequest', (request, _reply, next) => {
    const name = `${request.method} ${request.routeOptions.url ?? 'unknown'}`;
    const span = openSpan(name, sentWith(request.raw));
    if (!span) return next();
    traces.set(request.raw, span.traceparent);
    spans.set(request.raw, span);
    span.run(next);
  });
  fastify.addHook('onResponse', (request, reply, next) => {
    spans.get(request.raw)?.end(reply.statusCode >= 500);
    next();
  });
};
