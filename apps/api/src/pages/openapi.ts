import { codes, kindRules, type Code } from '#libs/kernel';
import { statusOf, type RouteNote } from '#libs/routes';
import { z } from 'zod';

export interface OpenApi {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly 'x-role'?: string;
  readonly 'x-caller'?: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: object };
  readonly responses: Readonly<Record<string, { description: string; content?: object }>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: object;
}

const description = `Everything Innkeeper is told, as facts and records.

Every route under \`/api\` needs \`Authorization: Bearer <token>\`; locally \`npx innkeeper token\` makes one. Roles are viewer < operator < admin. Routes of \`/api/backup-servers\` are for the server of a backup, which was told a token of its own. Errors are RFC 9457 problems with a \`code\` that never changes its meaning. Lists answer \`{ "items", "next" }\`; \`next\` is \`null\` on the last page.`;

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(Object.keys(codes) as [Code, ...Code[]]),
  detail: z.string(),
  trace: z.string(),
});

/** The whole description, made from the notes the routes are served by. */
export const openApi = (notes: readonly RouteNote[]): OpenApi => {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const note of notes) {
    const path = note.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [note.method]: operation(note) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Innkeeper', version: '1', description },
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      ...{
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          'backup-server': { type: 'http', scheme: 'bearer' },
        },
      },
    },
  };
};

const operation = (note: RouteNote): Operation => ({
  summary: note.does,
  ...(note.says && { description: note.says }),
  tags: [note.group],
  security: securityOf(note),
  ...(note.role && { 'x-role': note.role }),
  ...(note.caller && { 'x-caller': note.caller }),
  parameters: [...pathParameters(note), ...queryParameters(note)],
  ...(note.body && {
    requestBody: {
      required: !note.body.safeParse(undefined).success,
      content: { 'application/json': { schema: schemaOf(note.body, 'input') } },
    },
  }),
  responses: { [String(statusOf(note))]: answer(note), ...refusals(note) },
});

const securityOf = ({ role, caller }: RouteNote): readonly object[] => {
  if (role) return [{ token: [] }];
  return caller ? [{ [caller]: [] }] : [];
};

const pathParameters = ({ path }: RouteNote): readonly Parameter[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const queryParameters = ({ query }: RouteNote): readonly Parameter[] =>
  Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const { description: says, ...shown } = schemaOf(schema as z.ZodType, 'input') as {
      description?: string;
    };
    return {
      name,
      in: 'query',
      required: false,
      ...(says && { description: says }),
      schema: shown,
    };
  });

const answer = (note: RouteNote): { description: string; content?: object } => {
  const { answers, media } = note;
  if (media === EVENTS && answers) return { description: 'Events', content: eventsIn(note) };
  if (media) return { description: 'As it is', content: { [media]: {} } };
  if (!answers) return { description: 'Done' };
  const schema = schemaOf(answers, 'output');
  return {
    description: 'The answer',
    content: { 'application/json': { schema }, ...eventsIn(note) },
  };
};

const EVENTS = 'text/event-stream';

/** OpenAPI has no words for the events of a stream: each is what its data says. */
const eventsIn = ({ answers, events }: RouteNote): object =>
  events && answers
    ? {
        [EVENTS]: {
          schema: {
            oneOf: Object.entries({ ...events, answer: answers }).map(([title, schema]) => ({
              title,
              ...schemaOf(schema, 'output'),
            })),
          },
        },
      }
    : {};

/** Which codes a caller must reckon with, besides what can happen anywhere. */
const refusals = (note: RouteNote): Record<string, { description: string; content: object }> => {
  const may: Code[] = [
    ...(note.role ? (['API_TOKEN_INVALID', 'API_ROLE_INSUFFICIENT'] as const) : []),
    ...(note.caller ? (['BACKUP_AGENT_REFUSED', 'BACKUP_AGENT_THROTTLED'] as const) : []),
    ...(note.body ? (['API_REQUEST_INVALID'] as const) : []),
    ...(note.query ? (['DOCUMENTS_FIELD_UNKNOWN', 'DOCUMENTS_CURSOR_INVALID'] as const) : []),
    ...(note.path.includes(':') ? (['API_NOT_FOUND'] as const) : []),
  ];
  const byStatus = Map.groupBy(may, (code) => String(httpOf(code)));
  return Object.fromEntries(
    [...byStatus].map(([status, group]) => [
      status,
      {
        description: group.join(', '),
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  );
};

const httpOf = (code: Code): number => {
  const { http, kind }: { http?: number; kind: keyof typeof kindRules } = codes[code];
  return http ?? kindRules[kind].http;
};

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};
