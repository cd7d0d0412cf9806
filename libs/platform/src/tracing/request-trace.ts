import type { IncomingMessage } from 'node:http';

import {
  formatTraceparent,
  nextTraceparent,
  parseTraceparent,
  type Traceparent,
} from './traceparent.js';

const traces = new WeakMap<IncomingMessage, Traceparent>();

/** The trace of a request: the caller's, continued, or a new one; made when first asked for. */
const contextOf = (request: IncomingMessage): Traceparent => {
  let context = traces.get(request);
  if (!context) {
    const { traceparent } = request.headers;
    context = nextTraceparent(
      parseTraceparent(typeof traceparent === 'string' ? traceparent : undefined),
    );
    traces.set(request, context);
  }
  return context;
};

export const traceOf = (request: IncomingMessage): string => contextOf(request).trace;
export const traceparentOf = (request: IncomingMessage): string =>
  formatTraceparent(contextOf(request));
