export { composeRooms, type HeardMessage, type Rooms } from './compose.js';
export type { RoomNotice, RoomsParts } from './rooms-parts.js';
