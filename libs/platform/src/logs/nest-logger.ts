import type { LoggerService } from '@nestjs/common';

import type { Log } from './log.js';

/** Parts of Nest that speak of our modules only; the others may repeat a message from outside. */
const ABOUT_US = new Set([
  'ExceptionHandler',
  'InstanceLoader',
  'Injector',
  'NestApplication',
  'NestFactory',
  'NestMicroservice',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Nest's own lines, in our form. Its start-up chatter goes to debug. */
export class NestLogger implements LoggerService {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  log(message: unknown, ...rest: unknown[]): void {
    this.#line('debug', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#line('warn', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#line('error', message, rest);
  }

  #line(level: 'debug' | 'warn' | 'error', message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const ours = typeof context === 'string' && ABOUT_US.has(context);
    this.#log[level](ours && typeof message === 'string' ? `nest: ${message}` : 'nest', {
      ...(ours && { source: context }),
      ...(message instanceof Error && { error: message }),
    });
  }
}
