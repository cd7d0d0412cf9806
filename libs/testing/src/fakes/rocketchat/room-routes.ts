import type { FakeRequest } from '../web/fake-server.js';
import { parsedBody, type Routes } from '../web/routes.js';
import { refused } from './chat-refusal.js';
import { good, given, paged, type RocketchatApi } from './rocketchat-call.js';
import { authorOf, listOf, type ChatThing } from './rocketchat-state.js';

/** What changed since the asked time; all without one. */
const changed = ({ query }: FakeRequest, all: readonly ChatThing[]): ChatThing[] => {
  const since = Date.parse(query.get('updatedSince') ?? '');
  return all.filter(
    ({ _updatedAt }) =>
      Number.isNaN(since) || typeof _updatedAt !== 'string' || Date.parse(_updatedAt) > since,
  );
};

/** Rooms and who is in them. */
export const roomRoutes = (api: RocketchatApi): Routes => {
  const { state, rights, userId, chatRooms } = api;
  const found = (request: FakeRequest): ChatThing => {
    const [id, name] = [given(request, 'roomId'), given(request, 'roomName')];
    const named = [...state.rooms.values()].find((room) => name !== '' && room['name'] === name);
    return rights.readable(userId, id || ((named?.['_id'] ?? '') as string));
  };
  const members = (request: FakeRequest) => {
    const { page, ...numbers } = paged(request, membersOf(api, found(request)['_id'] as string));
    return good({ members: page, ...numbers });
  };
  const direct = (request: FakeRequest) => {
    const body = parsedBody(request);
    const names = ((body['username'] ?? body['usernames'] ?? '') as string).split(',');
    const room = chatRooms.direct(userId, names);
    const { _id, t, usernames = [] } = room;
    return good({ room: { t, rid: _id, _id, usernames } });
  };
  return {
    'GET /api/v1/rooms.get': (request) =>
      good({
        update: changed(
          request,
          [...state.rooms.values()].filter(({ _id }) => state.isIn(userId, _id as string)),
        ),
        remove: [],
      }),
    'GET /api/v1/subscriptions.get': (request) =>
      good({
        update: changed(
          request,
          state.subscriptions.filter((each) => authorOf(each) === userId),
        ),
        remove: [],
      }),
    'GET /api/v1/rooms.info': (request) => good({ room: found(request) }),
    'GET /api/v1/rooms.isMember': (request) => {
      const room = found(request);
      const user = state.user(request.query);
      if (!user) throw refused('User not found', 'error-invalid-user');
      return good({ isMember: state.isIn(user['_id'] as string, room['_id'] as string) });
    },
    'GET /api/v1/rooms.membersOrderedByRole': members,
    'GET /api/v1/channels.members': members,
    'GET /api/v1/groups.members': members,
    'GET /api/v1/im.members': members,
    'POST /api/v1/im.create': direct,
    'POST /api/v1/dm.create': direct,
  };
};

/** Owners first; a status says who is not in yet or no more. */
const membersOf = ({ state }: RocketchatApi, rid: string): ChatThing[] =>
  state
    .membersOf(rid)
    .map((subscription): ChatThing => {
      const {
        username = '',
        name = '',
        status: presence = 'offline',
      } = state.users.get(authorOf(subscription)) ?? {};
      const { _id = '', roles, status } = subscription;
      return {
        ...{ _id: authorOf(subscription), username, name, status: presence },
        ...(roles && { roles }),
        subscription: { _id, ...(status && { status }) },
      };
    })
    .sort((a, b) => listOf(b['roles']).length - listOf(a['roles']).length);
