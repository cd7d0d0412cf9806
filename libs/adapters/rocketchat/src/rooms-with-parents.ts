import type { JsonObject } from '#libs/kernel';

import type { FindChat } from './chat-database.js';
import { ROOM_FIELDS, roomsOf, type ChatRoom } from './chat-documents.js';

/**
 * The rooms that fit a filter, and those that they are discussions of. A chat refuses discussions of discussions, so one
 * more look-up finds all parents. What has a parent of its own all the same is of a type that the filter leaves out.
 */
export const roomsWithParents = async (
  find: FindChat,
  filter: JsonObject,
): Promise<ReadonlyMap<string, ChatRoom>> => {
  const roomsThat = async (fit: JsonObject) =>
    roomsOf(await find({ collection: 'rocketchat_room', filter: fit, fields: ROOM_FIELDS }));
  const first = await roomsThat(filter);
  const parents = [...first.values()].flatMap(({ parent }) => parent ?? []);
  const missing = [...new Set(parents)].filter((id) => !first.has(id));
  if (missing.length === 0) return first;
  return new Map([...first, ...(await roomsThat({ _id: { $in: missing } }))]);
};
