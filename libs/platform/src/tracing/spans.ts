import {
  context,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';

import { formatTraceparent, parseTraceparent } from './traceparent.js';

let on = false;

/** Set once by `startTracing`; until then no helper here does any work. */
export const switchSpans = (to: boolean): void => {
  on = to;
};

const spanContextOf = (traceparent: string | undefined): SpanContext | undefined => {
  const parsed = parseTraceparent(traceparent);
  return (
    parsed && {
      traceId: parsed.trace,
      spanId: parsed.span,
      traceFlags: parsed.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
      isRemote: true,
    }
  );
};

/** Of the span in hand; `undefined` when tracing is off. */
export const currentTraceparent = (): string | undefined => {
  if (!on) return undefined;
  const active = trace.getActiveSpan()?.spanContext();
  return (
    active &&
    formatTraceparent({
      trace: active.traceId,
      span: active.spanId,
      sampled: (active.traceFlags & TraceFlags.SAMPLED) === TraceFlags.SAMPLED,
    })
  );
};

/** Runs `fn` in a span. A span of a batch belongs to its first cause and links to the others. */
export const inSpan = <T>(
  name: string,
  causes: string | undefined | readonly (string | undefined)[],
  fn: () => Promise<T>,
): Promise<T> => {
  if (!on) return fn();
  const [parent, ...others] = (typeof causes === 'string' || !causes ? [causes] : causes).map(
    spanContextOf,
  );
  const links: Link[] = others.flatMap((found) => (found ? [{ context: found }] : []));
  const under = parent ? trace.setSpanContext(context.active(), parent) : context.active();
  return trace.getTracer('innkeeper').startActiveSpan(name, { links }, under, async (span) => {
    try {
      return await fn();
    } catch (error) {
      // No message: it may quote what it failed on.
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
};
