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
export type {
  ChatLimits,
  FollowedRoomsOptions,
  MongodbRocketchatDirectoryOptions,
  RestRocketchatDirectoryOptions,
  RocketchatRestOptions,
  StaffSetting,
} from './options.js';
