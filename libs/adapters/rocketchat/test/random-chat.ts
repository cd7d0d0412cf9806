import type { JsonObject } from '#libs/kernel';

import { defaultPermissions, type ChatCollection, type ChatDocuments } from './chat-on-mongodb.js';

export const PEOPLE = 20;
export const ROOMS = 50;
const TEAMS = 4;

/** The same numbers for the same seed. */
export const numbersFrom = (seed: number): ((below: number) => number) => {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

export const userId = (i: number): string => `user${i}`;
export const userName = (i: number): string => `name.${i}`;
export const roomId = (i: number): string => `room${i}`;
const teamId = (i: number): string => `team${i}`;

const ROLES = ['user', 'guest', 'admin', 'livechat-agent', 'livechat-manager', 'bot'];
/** What people write where a room says what it is for. */
const TOPICS = ['', 'linen', 'Mixed. #No-Innkeeper, please', '{"$ne": null}', '<b>#</b>', 'ἀρχή'];

type Pick = (below: number) => number;

const oneOf = <T>(pick: Pick, all: readonly T[]): T => all[pick(all.length)] as T;
const attributes = (pick: Pick): JsonObject[] =>
  [['department', 'country'][pick(2)] as string].map((key) => ({
    key,
    values: ['a', 'b'].slice(0, 1 + pick(2)),
  }));

export const randomUser = (pick: Pick, i: number): JsonObject => ({
  _id: userId(i),
  username: userName(i),
  emails: [{ address: `${i}@hotel.example`, verified: true }],
  type: pick(12) === 0 ? 'bot' : 'user',
  active: pick(8) !== 0,
  roles: [...new Set([oneOf(pick, ROLES), ...(pick(2) ? ['user'] : [])])],
  ...(pick(15) === 0 && { federated: true }),
  ...(pick(2) === 0 && { abacAttributes: attributes(pick) }),
  // What no chat of today writes, and old ones may hold.
  ...(pick(80) === 0 && { active: null }),
  ...(pick(80) === 0 && { type: 'unknown' }),
});

export const randomRoom = (pick: Pick, i: number): JsonObject => {
  const t = oneOf(pick, ['c', 'c', 'c', 'p', 'p', 'p', 'd', 'l', 'v']);
  return {
    _id: roomId(i),
    t,
    name: `n${i}`,
    topic: oneOf(pick, TOPICS),
    ...(pick(9) === 0 && { description: oneOf(pick, TOPICS) }),
    // Of itself and in a circle, too: documents can say anything.
    ...(pick(3) === 0 && { prid: pick(12) === 0 ? 'gone' : roomId(pick(ROOMS)) }),
    ...(pick(4) === 0 && { teamId: pick(6) === 0 ? 'gone' : teamId(pick(TEAMS)) }),
    ...(pick(12) === 0 && { encrypted: true }),
    ...(pick(25) === 0 && { federated: true }),
    ...(pick(9) === 0 && { abacAttributes: attributes(pick) }),
    ...(t === 'l' && { open: pick(2) === 0, servedBy: { _id: userId(pick(PEOPLE)) } }),
  };
};

export const randomSubscription = (pick: Pick, user: number, room: number): JsonObject => ({
  _id: `${roomId(room)}-${userId(user)}`,
  rid: roomId(room),
  u: { _id: userId(user) },
  open: pick(2) === 0,
  ...(pick(6) === 0 && { status: oneOf(pick, ['INVITED', 'BANNED', 'SOMETHING']) }),
});

export const randomTeam = (pick: Pick, i: number): JsonObject => ({
  _id: teamId(i),
  name: `t${i}`,
  type: pick(2),
});

export const randomMembership = (pick: Pick, user: number, team: number): JsonObject => ({
  _id: `${teamId(team)}-${userId(user)}`,
  teamId: teamId(team),
  userId: userId(user),
});

export const randomPermission = (pick: Pick): JsonObject => ({
  _id: oneOf(pick, defaultPermissions())['_id'] as string,
  roles: ROLES.filter(() => pick(3) === 0),
});

const each = <T>(count: number, make: (i: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i));

export const randomChat = (pick: Pick): ChatDocuments => ({
  users: each(PEOPLE, (i) => randomUser(pick, i)),
  rocketchat_room: each(ROOMS, (i) => randomRoom(pick, i)),
  rocketchat_subscription: each(PEOPLE, (user) =>
    each(ROOMS, (room) => (pick(5) === 0 ? [randomSubscription(pick, user, room)] : [])),
  ).flat(2),
  rocketchat_permissions: defaultPermissions(),
  rocketchat_roles: [],
  rocketchat_team: each(TEAMS, (i) => randomTeam(pick, i)),
  rocketchat_team_member: each(PEOPLE, (user) =>
    pick(2) === 0 ? [randomMembership(pick, user, pick(TEAMS))] : [],
  ).flat(),
});

export interface ChatChange {
  readonly in: ChatCollection;
  readonly id: string;
  /** Missing: it is taken away. */
  readonly to?: JsonObject;
}

/** Something that happens in a chat at any moment, from a leaver to a new permission. */
export const randomChange = (pick: Pick): ChatChange => {
  const [user, room, team] = [pick(PEOPLE), pick(ROOMS), pick(TEAMS)];
  const subscription = randomSubscription(pick, user, room);
  const membership = randomMembership(pick, user, team);
  const become = (of: ChatCollection, to: JsonObject): ChatChange => ({
    in: of,
    id: to['_id'] as string,
    to,
  });
  const go = (of: ChatCollection, { _id }: JsonObject): ChatChange => ({
    in: of,
    id: _id as string,
  });
  return oneOf(pick, [
    () => become('users', randomUser(pick, user)),
    () => become('rocketchat_room', randomRoom(pick, room)),
    () => become('rocketchat_subscription', subscription),
    () => go('rocketchat_subscription', subscription),
    () => become('rocketchat_team', randomTeam(pick, team)),
    () => become('rocketchat_team_member', membership),
    () => go('rocketchat_team_member', membership),
    () => become('rocketchat_permissions', randomPermission(pick)),
  ])();
};

export const changed = (chat: ChatDocuments, change: ChatChange): ChatDocuments => {
  const others = chat[change.in].filter(({ _id }) => _id !== change.id);
  return { ...chat, [change.in]: change.to ? [...others, change.to] : others };
};
