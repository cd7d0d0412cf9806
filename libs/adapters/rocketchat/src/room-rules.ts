import type { ChatAttribute, ChatRoom } from './chat-documents.js';
import type { ChatLimits } from './options.js';

/** Somebody who asks, with all that decides what they read. */
export interface ChatReader {
  readonly id: string;
  /** Permissions of their roles in the whole chat. Roles in a room give no right to read. */
  readonly permissions: ReadonlySet<string>;
  /** Rooms they have joined. Who is only invited has not. */
  readonly joined: ReadonlySet<string>;
  /** Rooms that shut them out, though another right would let them in. */
  readonly shutOut: ReadonlySet<string>;
  readonly publicTeams: ReadonlySet<string>;
  /** Private teams that they are in. */
  readonly privateTeams: ReadonlySet<string>;
  readonly attributes: readonly ChatAttribute[];
}

export type ChatRooms = ReadonlyMap<string, ChatRoom>;

/**
 * Ids of the rooms that somebody may read: as the chat's server decides, and stricter where the server leaves
 * something open. `rooms` holds each room that could be readable, and the parents of these.
 */
export const readableRooms = (
  reader: ChatReader,
  rooms: ChatRooms,
  limits: ChatLimits,
): readonly string[] =>
  [...rooms.values()]
    .filter((room) => isShown(room, rooms, limits) && mayReadRoom(reader, room, rooms))
    .map(({ id }) => id)
    .sort();

/** A room and the rooms that it is a discussion of, once each: documents could name each other in a circle. */
export const withParents = (room: ChatRoom, rooms: ChatRooms): readonly ChatRoom[] => {
  const found = new Set([room]);
  for (let at = room; at.parent !== undefined;) {
    const parent = rooms.get(at.parent);
    if (parent === undefined || found.has(parent)) break;
    found.add(parent);
    at = parent;
  }
  return [...found];
};

/** Whether anybody reads it here. What somebody says of a room holds for its discussions too. */
export const isShown = (room: ChatRoom, rooms: ChatRooms, limits: ChatLimits): boolean =>
  !room.isEncrypted &&
  withParents(room, rooms).every(({ type, optsOut }) => !optsOut && isReadType(type, limits));

const isReadType = (type: string, { direct, livechat }: ChatLimits): boolean =>
  type === 'c' || type === 'p' || (type === 'd' && direct) || (type === 'l' && livechat);

/** By a right of one's own, or by that of the room it is a discussion of. */
export const mayReadRoom = (reader: ChatReader, room: ChatRoom, rooms: ChatRooms): boolean => {
  for (const at of withParents(room, rooms)) {
    if (reader.shutOut.has(at.id)) return false;
    if (hasOwnRight(reader, at)) return true;
    // Such a room wants its own members: no other right opens it.
    if (isGuardedByAttributes(at)) return false;
  }
  return false;
};

const isGuardedByAttributes = ({ attributes, hasUnreadableAttributes }: ChatRoom): boolean =>
  attributes.length > 0 || hasUnreadableAttributes;

const hasOwnRight = (reader: ChatReader, room: ChatRoom): boolean => {
  const { permissions } = reader;
  const isMember =
    reader.joined.has(room.id) &&
    (permissions.has('view-joined-room') || permissions.has(`view-${room.type}-room`));
  if (isGuardedByAttributes(room)) return isMember && hasAttributes(reader, room);
  if (isMember) return true;
  if (room.type === 'l') return isAgentOf(reader, room);
  // A discussion says by its parent who reads it; its own type may be as old as 2019.
  if (room.type !== 'c' || room.parent !== undefined) return false;
  if (room.team === undefined || reader.publicTeams.has(room.team))
    return permissions.has('view-c-room');
  return reader.privateTeams.has(room.team);
};

/** Every value of every key. */
const hasAttributes = (
  { attributes }: ChatReader,
  { attributes: wanted, hasUnreadableAttributes }: ChatRoom,
): boolean =>
  !hasUnreadableAttributes &&
  wanted.every(({ key, values }) => {
    const own = attributes.filter((each) => each.key === key).flatMap((each) => each.values);
    return values.every((value) => own.includes(value));
  });

/**
 * The rules of agents that need neither departments nor the routing of the chat. An agent of a department who may see
 * a waiting visitor there reads that talk here only once it is theirs.
 */
const isAgentOf = ({ id, permissions }: ChatReader, room: ChatRoom): boolean =>
  permissions.has('view-livechat-rooms') ||
  room.servedBy === id ||
  (!room.isOpen && permissions.has('view-livechat-room-closed-by-another-agent'));

/** All permissions that decide about reading. */
export const READING_PERMISSIONS: readonly string[] = [
  ...['view-joined-room', 'view-c-room', 'view-p-room', 'view-d-room', 'view-l-room'],
  ...['view-livechat-rooms', 'view-livechat-room-closed-by-another-agent'],
];
