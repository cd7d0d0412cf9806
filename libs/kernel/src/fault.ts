import { codes, type Code } from './codes.js';
import type { FaultKind } from './kinds.js';

export interface FaultOptions {
  /** Ids, counts, names of settings: never a value from outside, never personal. Operators see it. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
  /** When the other side said how long to wait. */
  readonly retryAfterMs?: number;
}

/** The one error of the platform. Its code never changes. Its kind alone decides what happens next. */
export class Fault extends Error {
  readonly code: Code;
  readonly kind: FaultKind;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: Code, { details = {}, cause, retryAfterMs }: FaultOptions = {}) {
    const shown = Object.entries(details).map(([name, value]) => `${name}=${value}`);
    super([codes[code].title, ...shown].join(' '), cause === undefined ? {} : { cause });
    this.name = 'Fault';
    this.code = code;
    this.kind = codes[code].kind;
    this.details = details;
    this.retryAfterMs = retryAfterMs;
  }
}

export const fault = (code: Code, options?: FaultOptions): Fault => new Fault(code, options);

/** Anything thrown, as a fault: what we do not know is a defect of ours. */
export const asFault = (thrown: unknown): Fault =>
  thrown instanceof Fault ? thrown : new Fault('DEFECT_UNKNOWN', { cause: thrown });

/** Tells a result from the fault that stands in its place. */
export const succeeded = <T>(value: T | Fault): value is T => !(value instanceof Fault);
