import { fault } from '#libs/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

export const parseQuery = <S extends z.ZodObject>(schema: S, query: unknown): z.output<S> => {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.some(({ code }) => code === 'unrecognized_keys');
  // The names that were sent are from outside and stay out of details, which are logged.
  if (unknown)
    throw fault('DOCUMENTS_FIELD_UNKNOWN', {
      details: { known: Object.keys(schema.shape).sort().join(', ') },
    });
  const [issue] = parsed.error.issues;
  throw fault('API_REQUEST_INVALID', {
    details: { part: String(issue?.path[0] ?? 'query'), problem: issue?.code ?? 'invalid' },
  });
};

/** The query of a list, checked. */
export const ListQuery = (schema: z.ZodObject): ParameterDecorator =>
  createParamDecorator((_: undefined, context: ExecutionContext) =>
    parseQuery(schema, context.switchToHttp().getRequest<FastifyRequest>().query),
  )();
