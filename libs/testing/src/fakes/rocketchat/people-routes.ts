import type { Routes } from '../web/routes.js';
import { forbidden } from './chat-refusal.js';
import { good, given, paged, type RocketchatApi } from './rocketchat-call.js';
import { PUBLIC_SETTINGS } from './chat-defaults.js';
import { authorOf, type ChatThing } from './rocketchat-state.js';

/** Secrets never leave, and addresses only to those who may see them. */
const shown = ({ rights, userId }: RocketchatApi, user: ChatThing): ChatThing => {
  const isFull = user['_id'] === userId || rights.may(userId, 'view-full-other-user-info');
  return Object.fromEntries(
    Object.entries(user).filter(([key]) => key !== 'services' && (isFull || key !== 'emails')),
  );
};

/** People, rights and settings. */
export const peopleRoutes = (api: RocketchatApi): Routes => {
  const { state, rights, userId } = api;
  return {
    'GET /api/v1/users.info': ({ query }) => {
      const user = state.user(query);
      if (!user)
        return {
          status: 400,
          body: { success: false, error: 'User not found.', errorType: 'error-invalid-user' },
        };
      const wantsRooms = query.get('includeUserRooms') === 'true';
      const maySee = user['_id'] === userId || rights.may(userId, 'view-other-user-channels');
      const rooms = wantsRooms && maySee && { rooms: roomsOf(api, user['_id'] as string) };
      return good({ user: { ...shown(api, user), ...rooms } });
    },
    'GET /api/v1/users.list': (request) => {
      if (!rights.may(userId, 'view-d-room')) throw forbidden();
      const { page, ...numbers } = paged(request, [...state.users.values()]);
      return good({ users: page.map((user) => shown(api, user)), ...numbers });
    },
    'GET /api/v1/me': () => good(shown(api, state.users.get(userId) ?? { _id: userId })),
    'GET /api/v1/permissions.listAll': () =>
      good({ update: [...state.permissions.values()], remove: [] }),
    'GET /api/v1/roles.list': () => good({ roles: [...state.roles.values()] }),
    'GET /api/v1/integrations.list': (request) => {
      const { page, ...numbers } = paged(request, integrationsFor(api));
      return good({ integrations: page, items: page.length, ...numbers });
    },
    'GET /api/v1/settings.public': (request) => {
      const wanted = given(request, '_id').split(',').filter(Boolean);
      const settings = PUBLIC_SETTINGS.filter((id) => wanted.length === 0 || wanted.includes(id));
      const { page, ...numbers } = paged(
        request,
        settings.flatMap((id) => state.settings.get(id) ?? []),
      );
      return good({ settings: page, ...numbers });
    },
    'GET /api/v1/settings/:id': (_request, { id = '' }) => {
      if (!rights.may(userId, 'view-privileged-setting')) throw forbidden();
      const setting = state.settings.get(id);
      return setting ? good(setting) : { status: 400, body: { success: false } };
    },
  };
};

const roomsOf = ({ state }: RocketchatApi, userId: string): ChatThing[] =>
  state.subscriptions
    .filter((each) => authorOf(each) === userId)
    .map(({ rid = '', name = '', t = '', roles, unread = 0 }) => ({
      ...{ rid, name, t, unread },
      ...(roles && { roles }),
    }));

/** All of them, those of one's own, or none. */
const integrationsFor = ({ state, rights, userId }: RocketchatApi): ChatThing[] => {
  const may = (permission: string) => rights.may(userId, permission);
  const all = [...state.integrations.values()];
  const ofType = (direction: string, own: '' | 'own-') =>
    may(`manage-${own}${direction}-integrations`)
      ? all.filter(({ type }) => type === `webhook-${direction}`)
      : [];
  const every = [...ofType('outgoing', ''), ...ofType('incoming', '')];
  const own = [...ofType('outgoing', 'own-'), ...ofType('incoming', 'own-')].filter(
    (each) => (each['_createdBy'] as ChatThing | undefined)?.['_id'] === userId,
  );
  const anyRight = [
    'manage-outgoing-integrations',
    'manage-own-outgoing-integrations',
    'manage-incoming-integrations',
    'manage-own-incoming-integrations',
  ].some(may);
  if (!anyRight) throw forbidden();
  return [...new Set([...every, ...own])];
};
