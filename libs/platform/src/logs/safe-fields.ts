import { Fault } from '#libs/kernel';

import { logFields, type LogFields } from './log.js';

const allowed: ReadonlySet<string> = new Set(logFields);
const MOST_CHARACTERS = 256;
const FRAMES = 6;

/** Only what is on the list, only plain values, none of them long. */
export const safeFields = (fields: LogFields): Record<string, unknown> => {
  const safe: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'error') Object.assign(safe, safeError(value));
    else if (allowed.has(name)) {
      if (typeof value === 'string') safe[name] = value.slice(0, MOST_CHARACTERS);
      else if (typeof value === 'number' || typeof value === 'boolean') safe[name] = value;
    }
  }
  return safe;
};

/**
 * A message may quote what it failed on (`JSON.parse` does), so none is written: the code, the class
 * and the place of the innermost cause say enough to find it. A fault's details are ours by contract.
 */
const safeError = (thrown: unknown): Record<string, unknown> => {
  const inner = innermost(thrown);
  return {
    ...(thrown instanceof Fault && { code: thrown.code, kind: thrown.kind, ...detailsOf(thrown) }),
    ...(inner instanceof Error && { error: inner.constructor.name, at: framesOf(inner) }),
  };
};

const detailsOf = ({ details }: Fault) => (Object.keys(details).length > 0 ? { details } : {});

const innermost = (thrown: unknown): unknown => {
  let inner = thrown;
  for (let depth = 0; depth < 8 && inner instanceof Error && inner.cause !== undefined; depth++)
    inner = inner.cause;
  return inner;
};

const framesOf = ({ stack = '', message }: Error): readonly string[] =>
  stack
    // A message of several lines may imitate a frame.
    .replace(message, '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, FRAMES)
    .map((line) => line.trim().slice(3));
