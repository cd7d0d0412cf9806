export type { Directory, PeopleRights, PersonRights, RoomsAndGroups } from './directory.port.js';
