import {
  formatTraceparent,
  nextTraceparent,
  parseTraceparent,
  type Traceparent,
} from '#libs/kernel';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

import { openSpan, spansAreOn, type OpenSpan } from './spans.js';

/** On the request itself: a weak map costs more to ask than a trace to make. */
const TRACE = Symbol('trace');
const SPAN = Symbol('span');

interface Traced extends IncomingMessage {
  [TRACE]?: Traceparent;
  [SPAN]?: OpenSpan;
}

const sentWith = ({ headers }: IncomingMessage): string | undefined =>
  typeof headers['traceparent'] === 'string' ? headers['traceparent'] : undefined;

/** The trace of a request: the caller's, continued, or a new one; made when first asked for. */
const contextOf = (request: Traced): Traceparent =>
  (request[TRACE] ??= nextTraceparent(parseTraceparent(sentWith(request))));

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
    Object.assign(request.raw, { [TRACE]: span.traceparent, [SPAN]: span });
    span.run(next);
  });
  fastify.addHook('onResponse', (request, reply, next) => {
    (request.raw as Traced)[SPAN]?.end(reply.statusCode >= 500);
    next();
  });
};
