export type { Directory, PeopleRights, PersonRights } from './directory.port.js';
