import type { ChatMessage, ChatRoom } from '#libs/ports/chat';

import type { RoomCommand } from '../judge/room-command.js';
import type { RoomsParts } from '../rooms-parts.js';

export interface CommandOfMessage {
  readonly message: ChatMessage;
  readonly room: ChatRoom;
  readonly command: RoomCommand;
}

/** Does what somebody told us, and says so once, also when it is done again. */
export const carryOutCommand =
  (_parts: RoomsParts) =>
  (_asked: CommandOfMessage): Promise<void> =>
    Promise.resolve();
