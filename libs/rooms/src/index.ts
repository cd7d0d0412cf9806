export { composeRoomQuestions, composeRooms, type Rooms } from './compose.js';
export type { HeardMessage } from './questions/hear-messages.js';
export type { RoomNotice, RoomsParts } from './rooms-parts.js';
