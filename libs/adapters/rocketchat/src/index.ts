export { mongodbRocketchatDirectory } from './mongodb-directory.js';
export type { ChatDatabase, ChatQuery, FindChat } from './chat-database.js';
export type {
  ChatLimits,
  FollowedRoomsOptions,
  MongodbRocketchatDirectoryOptions,
  RestRocketchatDirectoryOptions,
  RocketchatRestOptions,
  StaffSetting,
} from './options.js';
