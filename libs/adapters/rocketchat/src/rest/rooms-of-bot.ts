import { roomsOf, type ChatRoom } from '../chat-documents.js';
import type { RoomsSource } from '../followed-rooms.js';
import { objectsIn, type RocketchatClient } from './client.js';

/** The rooms that the bot is in, and nothing of any other. */
export const roomsOfBot = async (
  client: RocketchatClient,
): Promise<ReadonlyMap<string, ChatRoom>> => {
  const { body } = await client.get('rooms.get');
  return roomsOf(objectsIn(body['update']));
};

/** From the API: the bot is in all that it sees. */
export const roomsByRest = (client: RocketchatClient): RoomsSource => ({
  async look() {
    const rooms = await roomsOfBot(client);
    return { rooms, joined: new Set(rooms.keys()) };
  },
});
