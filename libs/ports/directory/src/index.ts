export type {
  Directory,
  PeopleRights,
  PersonRights,
  RoomRights,
  RoomsAndGroups,
} from './directory.port.js';
export { readByAll } from './in-a-room.js';
