import { z } from 'zod';

import { defineRoute, type RouteNote } from './route.js';

const part = z.object({
  name: z.string(),
  ready: z.boolean(),
  code: z.string().optional(),
  since: z.int(),
});
const health = z.object({
  status: z.enum(['live', 'ready', 'not_ready']),
  roles: z.array(part.extend({ role: z.string() })),
  backends: z.array(part),
});

const open = (path: string, does: string) =>
  ({ method: 'get', path, group: 'Open to all', does }) as const;

export const showStartPage = defineRoute({
  ...open('/', 'What runs, what came in last, and what to do next'),
  media: 'text/html',
});

export const showRecordPage = defineRoute({
  ...open('/r/:kind/:id', 'A record as a page; its content needs the token of who may read it'),
  media: 'text/html',
});

export const showAskPage = defineRoute({
  ...open('/ask', 'A page to ask on; it needs a token, as text after # in the address'),
  says: 'With `?question=` and the id of a question it shows that one with its answer and sources, to who asked it alone.',
  media: 'text/html',
});

export const showBackupsPage = defineRoute({
  ...open('/backups', 'Whether the backup is good, as a page; it needs a token, as text after #'),
  media: 'text/html',
});

export const showOpenApi = defineRoute({
  ...open('/openapi.json', 'This description, as OpenAPI 3.1'),
  media: 'application/json',
});

export const showDocs = defineRoute({
  ...open('/docs', 'This description, as a page'),
  media: 'text/html',
});

/** What other roles and the platform serve: described here, so that one document has it all. */
export const routesOfOthers: readonly RouteNote[] = [
  {
    method: 'post',
    path: '/webhooks/:source',
    group: 'Doors',
    does: 'Takes a delivery: proves the raw bytes, stores them durably, and only then answers',
    says: 'Body and headers as the provider sends them, at most 1 MiB. 401 with a code `INTAKE_…` if it does not prove who sent it. 503 with `Retry-After` while it cannot be stored.',
    body: z.unknown(),
    answers: z.object({ status: z.literal('received'), id: z.string() }),
  },
  { ...open('/health/live', 'The process answers'), answers: health },
  {
    ...open('/health/ready', 'Every role of this process can work; else 503'),
    answers: health,
  },
  {
    ...open('/metrics', 'Prometheus text; needs a token unless settings open it'),
    role: 'viewer',
    media: 'text/plain',
  },
];
