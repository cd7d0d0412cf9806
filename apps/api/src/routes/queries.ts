import { fault } from '#libs/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

export const limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(200)
  .default(50)
  .meta({ description: 'How many at most.' });

export const cursor = z
  .string()
  .min(1)
  .max(4096)
  .optional()
  .meta({ description: '`next` of the page before. It goes with the filters it came with.' });

/** A time as people and machines write it: ISO 8601, or milliseconds since 1970. */
export const instantText = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
  .or(z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)))
  .or(z.iso.date().transform((text) => Date.parse(text)));

export const instant = (description: string) =>
  instantText.optional().meta({ description: `${description} ISO 8601 or milliseconds.` });

export const word = (description: string) =>
  z.string().min(1).max(512).optional().meta({ description });

export const yesOrNo = (description: string) =>
  z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional()
    .meta({ description });

/** What a list is asked by. An unknown filter is refused with the names of those there are. */
export const listQuery = <S extends z.ZodRawShape>(filters: S) =>
  z.strictObject({ ...filters, limit, after: cursor });

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
