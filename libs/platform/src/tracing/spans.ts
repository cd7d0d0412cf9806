import { formatTraceparent, parseTraceparent, type Traceparent } from '#libs/kernel';
import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Link,
  type SpanContext,
} from '@opentelemetry/api';

let on = false;

/** Set once by `startTracing`; until then no helper here does any work. */
export const switchSpans = (to: boolean): void => {
  on = to;
};
export const spansAreOn = (): boolean => on;

/** More causes than these of one batch are not linked. */
const MOST_CAUSES = 64;

/** Why a span is there: one traceparent, or those of a batch, worked out only when tracing is on. */
export type Causes = string | undefined | (() => readonly (string | undefined)[]);

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

const contextsOf = (causes: Causes): readonly SpanContext[] => {
  const texts = typeof causes === 'function' ? causes() : [causes];
  return [...new Set(texts)].slice(0, MOST_CAUSES).flatMap((text) => spanContextOf(text) ?? []);
};

const traceparentOfSpan = ({ traceId, spanId, traceFlags }: SpanContext): Traceparent => ({
  trace: traceId,
  span: spanId,
  sampled: (traceFlags & TraceFlags.SAMPLED) !== 0,
});

/** Of the span in hand; `undefined` when tracing is off. */
export const currentTraceparent = (): string | undefined => {
  const active = on ? trace.getActiveSpan()?.spanContext() : undefined;
  return active && formatTraceparent(traceparentOfSpan(active));
};

/** Runs `fn` in a span. A span of a batch belongs to its first cause and links to the others. */
export const inSpan = <T>(name: string, causes: Causes, fn: () => Promise<T>): Promise<T> => {
  if (!on) return fn();
  const [parent, ...others] = contextsOf(causes);
  const links: Link[] = others.map((other) => ({ context: other }));
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

export interface OpenSpan {
  readonly traceparent: Traceparent;
  /** Runs what follows inside the span. */
  run(next: () => void): void;
  end(failed: boolean): void;
}

/** For a request, whose end is told apart from its beginning. `undefined` when tracing is off. */
export const openSpan = (name: string, cause: string | undefined): OpenSpan | undefined => {
  if (!on) return undefined;
  const [parent] = contextsOf(cause);
  const under = parent ? trace.setSpanContext(context.active(), parent) : context.active();
  const span = trace.getTracer('innkeeper').startSpan(name, { kind: SpanKind.SERVER }, under);
  return {
    traceparent: traceparentOfSpan(span.spanContext()),
    run: (next) => context.with(trace.setSpan(under, span), next),
    end(failed) {
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
};
