import { codes, kindRules, problemHeaders, problemOf } from '#libs/kernel';
import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError, type Observable } from 'rxjs';

import type { Log } from '../logs/log.js';
import { traceOf } from '../tracing/request-trace.js';
import { requestFault } from './request-fault.js';

/** The only way out for what is thrown: a problem over HTTP, the thing itself to the bus strategy. */
@Catch()
export class FaultFilter implements ExceptionFilter {
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  catch(thrown: unknown, host: ArgumentsHost): Observable<never> | void {
    if (host.getType() !== 'http') return throwError(() => thrown);
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const fault = requestFault(thrown);
    const problem = problemOf(fault, traceOf(request.raw));
    this.#log[kindRules[codes[fault.code].kind].level]('request.failed', {
      method: request.method,
      route: request.routeOptions?.url ?? 'unknown',
      status: problem.status,
      trace: problem.trace,
      error: fault,
    });
    void reply.status(problem.status).headers(problemHeaders(fault, problem)).send(problem);
  }
}
