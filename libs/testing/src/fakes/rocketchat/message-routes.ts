import { parsedBody, type Routes } from '../web/routes.js';
import { refused } from './chat-refusal.js';
import { good, given, paged, type RocketchatApi } from './rocketchat-call.js';
import type { ChatThing } from './rocketchat-state.js';

const POST_KEYS = new Set([
  ...['roomId', 'channel', 'text', 'alias', 'emoji', 'avatar', 'attachments', 'customFields'],
  ...['parseUrls', 'tmid'],
]);

const listIn = (body: Record<string, unknown>, key: string): string[] | undefined =>
  Array.isArray(body[key]) ? (body[key] as string[]) : undefined;

/** What changes messages. */
export const writingRoutes = (api: RocketchatApi): Routes => {
  const { writer, userId, state } = api;
  return {
    'POST /api/v1/chat.sendMessage': (request) => {
      const body = parsedBody(request);
      if (typeof body['message'] !== 'object' || body['message'] === null)
        throw refused('The "message" parameter must be provided.', 'error-invalid-params');
      const message = writer.send(
        userId,
        body['message'] as ChatThing,
        listIn(body, 'previewUrls'),
      );
      if (message) return good({ message });
      if (api.repeated === 'without message') return good({});
      throw refused("Cannot read properties of undefined (reading '_id')");
    },
    'POST /api/v1/chat.postMessage': (request) => posted(api, parsedBody(request)),
    'POST /api/v1/chat.update': (request) => {
      const body = parsedBody(request);
      const previewUrls = listIn(body, 'previewUrls');
      const where = { id: given(request, 'msgId'), rid: given(request, 'roomId') };
      const text = { text: given(request, 'text'), ...(previewUrls && { previewUrls }) };
      return good({ message: writer.edit(userId, where, text) });
    },
    'POST /api/v1/chat.delete': (request) => {
      const [id, rid] = [given(request, 'msgId'), given(request, 'roomId')];
      const message = writer.remove(userId, id, rid);
      return good({ _id: id, ts: `${api.clock.now()}`, message: { ...message } });
    },
    'POST /api/v1/chat.react': (request) => {
      const should = parsedBody(request)['shouldReact'];
      const emoji = given(request, 'emoji') || given(request, 'reaction');
      if (emoji === '')
        throw refused('The required "emoji" param is missing.', 'error-emoji-param-not-provided');
      const id = given(request, 'messageId');
      if (!state.messages.has(id))
        throw refused('The required "messageId" param is missing.', 'error-message-not-found');
      writer.react(userId, id, emoji, typeof should === 'boolean' ? should : undefined);
      return good({});
    },
  };
};

const posted = (api: RocketchatApi, body: Record<string, unknown>) => {
  const { writer, userId, clock } = api;
  const unknown = Object.keys(body).find((key) => !POST_KEYS.has(key));
  if (unknown !== undefined)
    throw refused(`must NOT have additional properties: ${unknown}`, 'error-invalid-params');
  const channel = (body['roomId'] ?? body['channel'] ?? '') as string;
  const rid = targetOf(api, channel);
  if (api.state.rooms.get(rid)?.['t'] === 'c') api.chatRooms.join(userId, rid);
  const { text, tmid, attachments, parseUrls, alias, avatar, emoji } = body;
  const message = writer.send(
    userId,
    JSON.parse(
      JSON.stringify({ rid, msg: text ?? '', tmid, attachments, parseUrls, alias, avatar, emoji }),
    ) as ChatThing,
  );
  return good({ ts: clock.now(), channel, message });
};

/** `#name`, `@user` or an id. */
const targetOf = ({ state, chatRooms, userId }: RocketchatApi, target: string): string => {
  if (target.startsWith('@')) return chatRooms.direct(userId, [target.slice(1)])['_id'] as string;
  if (state.rooms.has(target)) return target;
  const name = target.replace(/^#/u, '');
  const room = [...state.rooms.values()].find((each) => each['name'] === name);
  if (!room) throw refused('invalid-channel', 'error-room-not-found');
  return room['_id'] as string;
};

const timeOf = (message: ChatThing, key = '_updatedAt'): number =>
  Date.parse((message[key] ?? '') as string);

/** What reads messages. */
export const readingRoutes = (api: RocketchatApi): Routes => {
  const { state, rights, userId } = api;
  return {
    'GET /api/v1/chat.getMessage': (request) => {
      const message = state.messages.get(given(request, 'msgId'));
      // It says nothing at all of what is not there.
      if (!message || message['_hidden'] === true) return { status: 400, body: { success: false } };
      rights.readable(userId, message['rid'] as string);
      return good({ message });
    },
    'GET /api/v1/chat.getThreadMessages': (request) => {
      const tmid = given(request, 'tmid');
      const root = state.messages.get(tmid);
      if (!root) throw refused('Invalid Message', 'error-invalid-message');
      rights.readable(userId, root['rid'] as string);
      const replies = [...state.messages.values()].filter(
        (each) => each['tmid'] === tmid && each['_hidden'] !== true,
      );
      const { page, ...numbers } = paged(
        request,
        replies.sort((a, b) => timeOf(a, 'ts') - timeOf(b, 'ts')),
      );
      return good({ messages: page, ...numbers });
    },
    'GET /api/v1/chat.getDeletedMessages': (request) => {
      const rid = given(request, 'roomId');
      rights.readable(userId, rid);
      const since = Date.parse(given(request, 'since'));
      if (Number.isNaN(since))
        throw refused(
          'The "since" query parameter must be a valid date.',
          'error-since-param-invalid',
        );
      const found = state.deleted.filter((each) => each.rid === rid && each.at > since);
      const { page, ...numbers } = paged(
        request,
        found.map(({ _id }) => ({ _id })),
      );
      return good({ messages: page, ...numbers });
    },
    'GET /api/v1/chat.syncMessages': (request) => {
      rights.readable(userId, given(request, 'roomId'));
      return synced(state, request.query);
    },
  };
};

/** Messages without hidden ones, oldest change first. */
const changedIn = (state: RocketchatApi['state'], rid: string, after: number): ChatThing[] =>
  [...state.messages.values()]
    .filter((each) => each['rid'] === rid && each['_hidden'] !== true && timeOf(each) > after)
    .sort((a, b) => timeOf(a) - timeOf(b));

const deletedIn = (state: RocketchatApi['state'], rid: string, after: number) =>
  state.deleted
    .filter((each) => each.rid === rid && each.at > after)
    .map(({ _id, at }) => ({ _id, _deletedAt: new Date(at).toISOString() }));

const LARGEST_PAGE = 100;

const synced = (state: RocketchatApi['state'], query: URLSearchParams) => {
  const rid = query.get('roomId') ?? '';
  const [since, next] = [query.get('lastUpdate'), query.get('next')];
  if (since !== null) {
    const after = Date.parse(since);
    const updated = changedIn(state, rid, after);
    return good({ result: { updated, deleted: deletedIn(state, rid, after) } });
  }
  if (next === null || query.get('type') !== 'UPDATED')
    throw refused('Invalid parameters', 'error-invalid-params');
  const all = changedIn(state, rid, Number(next));
  const count = Math.min(Number(query.get('count') ?? 50), LARGEST_PAGE);
  const updated = all.slice(0, count);
  const last = updated.at(-1);
  const cursor = all.length > count && last ? `${timeOf(last)}` : null;
  return good({ result: { updated, deleted: [], cursor: { next: cursor, previous: null } } });
};
