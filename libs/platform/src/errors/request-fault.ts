import { asFault, Fault, fault } from '#libs/kernel';
import { HttpException } from '@nestjs/common';

/** Fastify's and Nest's own errors have a status; those of a request become codes of ours. */
export const requestFault = (thrown: unknown): Fault => {
  if (thrown instanceof Fault) return thrown;
  const status = statusOf(thrown);
  if (status === 404 || status === 405) return fault('API_NOT_FOUND', { cause: thrown });
  if (status === 413) return fault('INTAKE_BODY_TOO_LARGE', { cause: thrown });
  if (status === 408) return fault('API_REQUEST_TIMEOUT', { cause: thrown });
  if (status === 415) return fault('API_MEDIA_TYPE_UNSUPPORTED', { cause: thrown });
  if (status !== undefined && status >= 400 && status < 500)
    return fault('API_REQUEST_INVALID', { cause: thrown });
  return asFault(thrown);
};

const statusOf = (thrown: unknown): number | undefined => {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = (thrown as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};
