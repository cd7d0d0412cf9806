import type { FakeAnswer, FakeRequest } from '../web/fake-server.js';
import type { Handler, Routes } from '../web/routes.js';
import type { ChatThing, RocketchatState } from './rocketchat-state.js';

/** 9.0 says what is forbidden by another status and another type. */
export type RocketchatEra = 'before 9' | '9';

export interface RocketchatApi {
  readonly state: RocketchatState;
  /** Who asks. */
  readonly userId: string;
  readonly era: RocketchatEra;
}

const good = (body: object): FakeAnswer => ({ status: 200, body: { ...body, success: true } });

const failed = (error: string, errorType: string): FakeAnswer => ({
  status: 400,
  body: { success: false, error: `${error} [${errorType}]`, errorType },
});

const forbidden = (era: RocketchatEra): FakeAnswer =>
  era === '9'
    ? {
        status: 403,
        body: { success: false, error: 'error-not-allowed', errorType: 'error-forbidden' },
      }
    : failed('Not allowed', 'error-not-allowed');

const timeOf = (message: ChatThing): number => Date.parse(message['_updatedAt'] as string);

const LARGEST_PAGE = 100;

export const rocketchatRoutes = (api: RocketchatApi): Routes => {
  const { state, userId, era } = api;
  /** What only those may ask who are in the room. */
  const inRoom =
    (handler: Handler): Handler =>
    (request, ids) => {
      const rid = request.query.get('roomId') ?? '';
      if (!state.rooms.has(rid)) return failed('Not found', 'error-room-not-found');
      return state.isIn(userId, rid) ? handler(request, ids) : forbidden(era);
    };
  return {
    'GET /api/v1/users.info': ({ query }) => {
      const user = state.user(query);
      return user
        ? good({ user })
        : {
            status: 400,
            body: { success: false, error: 'User not found.', errorType: 'error-invalid-user' },
          };
    },
    'GET /api/v1/rooms.get': () =>
      good({
        update: [...state.rooms.values()].filter(({ _id }) => state.isIn(userId, _id as string)),
        remove: [],
      }),
    'GET /api/v1/subscriptions.get': () =>
      good({
        update: state.subscriptions.filter(({ u }) => (u as ChatThing)['_id'] === userId),
        remove: [],
      }),
    'GET /api/v1/rooms.info': inRoom(({ query }) =>
      good({ room: state.rooms.get(query.get('roomId') ?? '') }),
    ),
    'GET /api/v1/rooms.isMember': inRoom(({ query }) => {
      const user = state.user(query);
      if (!user) return failed('User not found', 'error-invalid-user');
      return good({ isMember: state.isIn(user['_id'] as string, query.get('roomId') ?? '') });
    }),
    'GET /api/v1/chat.getMessage': ({ query }) => {
      const message = state.messages.get(query.get('msgId') ?? '');
      // It says nothing at all of what is not there.
      if (!message) return { status: 400, body: { success: false } };
      if (!state.isIn(userId, message['rid'] as string)) return forbidden(era);
      return good({ message });
    },
    'GET /api/v1/chat.syncMessages': inRoom((request) => synced(state, request)),
  };
};

/** Messages without hidden ones, oldest change first. */
const changedIn = (state: RocketchatState, rid: string, after: number): ChatThing[] =>
  [...state.messages.values()]
    .filter((each) => each['rid'] === rid && each['_hidden'] !== true && timeOf(each) > after)
    .sort((a, b) => timeOf(a) - timeOf(b));

const deletedIn = (state: RocketchatState, rid: string, after: number) =>
  state.deleted
    .filter((each) => each.rid === rid && each.at > after)
    .map(({ _id, at }) => ({ _id, _deletedAt: new Date(at).toISOString() }));

const synced = (state: RocketchatState, { query }: FakeRequest): FakeAnswer => {
  const rid = query.get('roomId') ?? '';
  const [since, next] = [query.get('lastUpdate'), query.get('next')];
  if (since !== null) {
    const after = Date.parse(since);
    const updated = changedIn(state, rid, after);
    return good({ result: { updated, deleted: deletedIn(state, rid, after) } });
  }
  if (next === null || query.get('type') !== 'UPDATED')
    return failed('Invalid parameters', 'error-invalid-params');
  const all = changedIn(state, rid, Number(next));
  const count = Math.min(Number(query.get('count') ?? 50), LARGEST_PAGE);
  const updated = all.slice(0, count);
  const last = updated.at(-1);
  const cursor = all.length > count && last ? `${timeOf(last)}` : null;
  return good({ result: { updated, deleted: [], cursor: { next: cursor, previous: null } } });
};
