import { codes } from './codes.js';
import type { Fault } from './fault.js';
import { kindRules } from './kinds.js';

/** RFC 9457, with our code and the trace to look for. Safe for outsiders: nothing of it is a value. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly trace: string;
}

export const PROBLEM_TYPE = 'application/problem+json';
const RETRY_AFTER_SECONDS = 5;

/** Which part of a request is wrong is the asker's own business; all other details are ours. */
const TELLS_DETAILS = new Set<string>([
  'API_REQUEST_INVALID',
  'DOCUMENTS_FIELD_UNKNOWN',
  'DOCUMENTS_CURSOR_INVALID',
  // The ids to choose from.
  'INTAKE_NOTE_LISTING_UNKNOWN',
  'INTAKE_NOTE_LISTING_AMBIGUOUS',
]);

const detailOf = ({ code, details }: Fault): string => {
  const shown = Object.entries(details).map(([name, value]) => `${name}: ${value}`);
  return TELLS_DETAILS.has(code) && shown.length > 0 ? shown.join('; ') : codes[code].remedy;
};

export const problemOf = (fault: Fault, trace: string): Problem => {
  const { title, http }: { title: string; http?: number } = codes[fault.code];
  return {
    type: `urn:innkeeper:error:${fault.code}`,
    title,
    status: http ?? kindRules[fault.kind].http,
    code: fault.code,
    detail: detailOf(fault),
    trace,
  };
};

/** Headers that go with it: when to come again. */
export const problemHeaders = (fault: Fault, { status }: Problem): Record<string, string> => ({
  'content-type': PROBLEM_TYPE,
  ...((status === 503 || status === 429) && {
    'retry-after': String(
      fault.retryAfterMs === undefined
        ? RETRY_AFTER_SECONDS
        : Math.max(1, Math.ceil(fault.retryAfterMs / 1000)),
    ),
  }),
});
