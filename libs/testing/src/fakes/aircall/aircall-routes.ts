import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import { parsedBody, type Handler, type Routes } from '../web/routes.js';
import { between, paged, sortedBy } from './aircall-lists.js';
import { INTELLIGENCE, type AircallState, type Thing } from './aircall-state.js';
import type { AircallWebhooks, FakeWebhook } from './aircall-webhooks.js';

const NOT_FOUND: FakeAnswer = {
  status: 404,
  body: { error: 'Not Found', troubleshoot: 'The resource does not exist.' },
};

const one =
  (
    key: string,
    things: ReadonlyMap<string, Thing>,
    shown = (thing: Thing): Thing => thing,
  ): Handler =>
  (_request, { id = '' }) => {
    const thing = things.get(id);
    return thing ? { status: 200, body: { [key]: shown(thing) } } : NOT_FOUND;
  };

/** Signed again at each reading, and without its contact unless that is asked for. */
const callAs =
  ({ query }: FakeRequest, readings: () => number) =>
  (call: Thing): Thing => {
    const contact = call['contact'] as Thing | null;
    const reduced = contact && { id: contact['id'], direct_link: contact['direct_link'] };
    const recording = call['recording'];
    return {
      ...call,
      contact: query.get('fetch_contact') === 'true' ? contact : reduced,
      recording:
        typeof recording === 'string'
          ? `${recording.split('?')[0]}?X-Amz-Signature=${readings()}`
          : null,
    };
  };

export const aircallRoutes = (state: AircallState, webhooks: AircallWebhooks): Routes => {
  let readings = 0;
  const next = (): number => ++readings;
  return {
    'GET /v1/ping': () => ({ status: 200, body: { ping: 'pong' } }),
    'GET /v1/calls': (request) => {
      const sorted = sortedBy(state.calls.values(), 'started_at', request);
      const found = between(sorted, 'started_at', { query: request.query, exclusive: true });
      return paged('calls', request, found.map(callAs(request, next)));
    },
    'GET /v1/calls/:id': (request, ids) =>
      one('call', state.calls, callAs(request, next))(request, ids),
    'GET /v1/calls/:id/:what': (_request, { id = '', what = '' }) => {
      if (!Object.hasOwn(INTELLIGENCE, what)) return NOT_FOUND;
      if (!state.hasIntelligence) return { status: 403, body: { error: 'Forbidden' } };
      const made = state.intelligence.get(`${id}/${what}`);
      return made ? { status: 200, body: made } : NOT_FOUND;
    },
    'GET /v1/contacts': (request) => {
      const field = request.query.get('order_by') ?? 'created_at';
      const sorted = sortedBy(state.contacts.values(), field, request);
      const { query } = request;
      return paged('contacts', request, between(sorted, 'created_at', { query, exclusive: false }));
    },
    'GET /v1/contacts/:id': one('contact', state.contacts),
    'GET /v2/users': (request) =>
      paged('users', request, sortedBy(state.users.values(), 'created_at', request)),
    'GET /v2/users/:id': one('user', state.users),
    'GET /v1/numbers': (request) =>
      paged('numbers', request, sortedBy(state.numbers.values(), 'created_at', request)),
    'GET /v1/numbers/:id': one('number', state.numbers),
    ...webhookRoutes(webhooks),
  };
};

/** Stands for all there are. */
const ALL_EVENTS: readonly string[] = [
  'call.created',
  'call.ended',
  'contact.updated',
  'user.opened',
];

const BAD_REQUEST: FakeAnswer = { status: 400, body: { error: 'Bad Request' } };
/** It comes by the callback of a line in proxy mode, and no webhook has it. */
const UNKNOWN = new Set(['message.updated']);
const areKnown = (events: readonly string[]): boolean => !events.some((of) => UNKNOWN.has(of));

interface WrittenWebhook {
  readonly url?: string;
  readonly active?: boolean;
  readonly events?: readonly string[];
  readonly custom_name?: string;
}

const webhookRoutes = (webhooks: AircallWebhooks): Routes => {
  const known = (id = ''): FakeWebhook | undefined => webhooks.all.get(id);
  // The list does not show tokens; a single one does.
  const listed = ({ token: _token, ...webhook }: FakeWebhook): Thing => ({ ...webhook });
  return {
    'GET /v1/webhooks': (request) =>
      paged('webhooks', request, [...webhooks.all.values()].map(listed)),
    'GET /v1/webhooks/:id': (_request, { id }) => {
      const webhook = known(id);
      return webhook ? { status: 200, body: { webhook } } : NOT_FOUND;
    },
    'POST /v1/webhooks': (request) => {
      const { url = '', events = ALL_EVENTS, custom_name } = parsedBody(request) as WrittenWebhook;
      if (webhooks.all.size >= 100 || !areKnown(events)) return BAD_REQUEST;
      const webhook = webhooks.create({ url, events, custom_name: custom_name ?? null });
      return { status: 201, body: { webhook } };
    },
    'PUT /v1/webhooks/:id': (request, { id }) => {
      const webhook = known(id);
      if (!webhook) return NOT_FOUND;
      // Left out, `events` falls back to all there are: the documented trap.
      const { events = ALL_EVENTS, ...rest } = parsedBody(request) as WrittenWebhook;
      if (!areKnown(events)) return BAD_REQUEST;
      Object.assign(webhook, rest, { events });
      return { status: 200, body: { webhook } };
    },
    'DELETE /v1/webhooks/:id': (_request, { id = '' }) =>
      webhooks.all.delete(id) ? { status: 204 } : NOT_FOUND,
  };
};
