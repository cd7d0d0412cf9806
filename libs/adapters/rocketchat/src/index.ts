export type { ChatDatabase, ChatQuery, FindChat } from './chat-database.js';
export {
  followedRooms,
  roomsInDatabase,
  type FollowedRooms,
  type RoomRule,
  type RoomsNow,
  type RoomsSource,
} from './followed-rooms.js';
export { mongodbRocketchatDirectory } from './mongodb-directory.js';
export { restRocketchatChat } from './rest/chat.js';
export { rocketchatClient, waitOfRocketchat, type RocketchatClient } from './rest/client.js';
export { restMessageFeed, type RestMessageFeedOptions } from './rest/message-feed.js';
export { restRocketchatDirectory } from './rest/rest-directory.js';
export { restRoomFeed, type RestRoomFeedOptions } from './rest/room-feed.js';
export { sharedRounds, type RoomRounds } from './rest/shared-rounds.js';
export { roomsByRest } from './rest/rooms-of-bot.js';
export type {
  ChatLimits,
  FollowedRoomsOptions,
  MongodbRocketchatDirectoryOptions,
  RestRocketchatChatOptions,
  RestRocketchatDirectoryOptions,
  RocketchatRestOptions,
  StaffSetting,
} from './options.js';
