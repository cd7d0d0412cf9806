/** What is wrong decides what happens next; nobody compares messages or class names. */
export type FaultKind =
  | 'invalid'
  | 'unauthenticated'
  | 'missing'
  | 'conflict'
  | 'throttled'
  | 'unavailable'
  | 'misconfigured'
  | 'defect';

/** What becomes of a message whose handling failed. */
export type MessageFate = 'dead_letter' | 'retry' | 'retry_at_once' | 'pause';

export interface KindRule {
  readonly message: MessageFate;
  readonly http: number;
  readonly level: 'info' | 'warn' | 'error';
}

/** The whole policy of failure, as data. A test walks every cell. */
export const kindRules: Readonly<Record<FaultKind, KindRule>> = {
  invalid: { message: 'dead_letter', http: 400, level: 'warn' },
  unauthenticated: { message: 'dead_letter', http: 401, level: 'warn' },
  missing: { message: 'retry', http: 404, level: 'info' },
  conflict: { message: 'retry_at_once', http: 409, level: 'info' },
  throttled: { message: 'retry', http: 429, level: 'info' },
  unavailable: { message: 'pause', http: 503, level: 'warn' },
  misconfigured: { message: 'pause', http: 500, level: 'error' },
  defect: { message: 'retry', http: 500, level: 'error' },
};
