export type {
  Directory,
  PeopleRights,
  PersonRights,
  RoomRights,
  RoomsAndGroups,
} from './directory.port.js';
