import { trace } from '@opentelemetry/api';
import { destination, pino, type DestinationStream } from 'pino';

import type { Log, LogFields, LogLevel } from './log.js';
import { safeFields } from './safe-fields.js';

/** stdout belongs to the ready line and to commands; synchronous, so that a crash loses no line. */
const stderr = (): DestinationStream => destination({ fd: 2, sync: true });

export const pinoLog = (level: LogLevel | 'silent', to: DestinationStream = stderr()): Log => {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const context = trace.getActiveSpan()?.spanContext();
        return context ? { trace: context.traceId } : {};
      },
    },
    to,
  );
  const line = (at: LogLevel) => (event: string, fields?: LogFields) => {
    if (logger.isLevelEnabled(at))
      logger[at](fields ? { event, ...safeFields(fields) } : { event });
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
};
