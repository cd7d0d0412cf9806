import { toHex } from './bytes.js';

/** W3C trace context, version 00. */
export interface Traceparent {
  readonly trace: string;
  readonly span: string;
  readonly sampled: boolean;
}

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NOTHING = /^0+$/;

export const parseTraceparent = (text: string | undefined): Traceparent | undefined => {
  const [, trace, span, flags] = FORM.exec(text ?? '') ?? [];
  if (!trace || !span || NOTHING.test(trace) || NOTHING.test(span)) return undefined;
  return { trace, span, sampled: (parseInt(flags ?? '0', 16) & 1) === 1 };
};

export const formatTraceparent = ({ trace, span, sampled }: Traceparent): string =>
  `00-${trace}-${span}-${sampled ? '01' : '00'}`;

/** Random digits for many at once: asking for a trace's at a time costs more than all the rest of it. */
const random = new Uint8Array(24 * 128);
let pool = '';
let at = 0;

const take = (digits: number): string => {
  if (at + digits > pool.length) {
    pool = toHex(globalThis.crypto.getRandomValues(random));
    at = 0;
  }
  at += digits;
  return pool.slice(at - digits, at);
};

/** A new trace, or a new span of the given one. */
export const nextTraceparent = (parent?: Traceparent): Traceparent => ({
  trace: parent?.trace ?? take(32),
  span: take(16),
  sampled: parent?.sampled ?? true,
});
