/**
 * What a line may hold: ids, names of ours, counts and times. There is no field for a text from
 * outside, so a body, a name or a number cannot be written by mistake.
 */
export const logFields = [
  'outcome',
  'attempt',
  'ms',
  'count',
  'failed',
  'held',
  'dead',
  'correlation',
  'causation',
  'trace',
  'code',
  'kind',
  'role',
  'subscription',
  'messageId',
  'topic',
  'job',
  'projector',
  'ticker',
  'source',
  'delivery',
  'fact',
  'record',
  'stream',
  'era',
  'position',
  'head',
  'lag',
  'lease',
  'term',
  'backend',
  'adapter',
  'setting',
  'method',
  'route',
  'status',
  'bytes',
  'afterMs',
  'canary',
  'signal',
  'host',
  'port',
  'version',
  'operator',
  'principal',
  'room',
  'run',
  'step',
  'server',
] as const;
export type LogField = (typeof logFields)[number];

export type LogFields = Partial<Record<LogField, string | number | boolean>> & {
  /** What was thrown: its code, its class and where it was; never its message. */
  readonly error?: unknown;
};

/** One line per unit of work. `event` is a name of ours: `batch.handled`, `projector.stopped`. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
export type LogLevel = keyof Log;

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
