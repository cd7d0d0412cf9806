import { fault, type Fault } from '#libs/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

/** Says which part is wrong and how, and never what was in it. */
const invalid = ({ issues: [first] }: z.core.$ZodError, whole: string): Fault =>
  fault('API_REQUEST_INVALID', {
    details: { part: first?.path.join('.') || whole, problem: first?.code ?? 'invalid' },
  });

/** JSON has one parser here, because Fastify's own are gone: doors need the bytes as they came. */
export const parseJson = <S extends z.ZodType>(schema: S, body: unknown): z.output<S> => {
  const parsed = schema.safeParse(readJson(body));
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error, 'body');
};

const readJson = (body: unknown): unknown => {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    // No cause: its message quotes the body.
    throw fault('API_REQUEST_INVALID', { details: { part: 'body', problem: 'not_json' } });
  }
};

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/** Closes over the schema: handed to Nest as data, its `transform` would make it look like a pipe. */
const fromRequest = (read: (request: FastifyRequest) => unknown): ParameterDecorator =>
  createParamDecorator((_: undefined, context: ExecutionContext) =>
    read(context.switchToHttp().getRequest<FastifyRequest>()),
  )();

/** The body as the schema says, of a route that takes JSON. */
export const JsonBody = (schema: z.ZodType): ParameterDecorator =>
  fromRequest(({ headers, body }) => {
    const type = headers['content-type'];
    if (type !== undefined && !JSON_TYPE.test(type)) throw fault('API_MEDIA_TYPE_UNSUPPORTED');
    return parseJson(schema, body);
  });

/** The query as the schema says: a strict one refuses an unknown filter. */
export const CheckedQuery = (schema: z.ZodType): ParameterDecorator =>
  fromRequest(({ query }) => {
    const parsed = schema.safeParse(query);
    if (parsed.success) return parsed.data;
    throw invalid(parsed.error, 'query');
  });
