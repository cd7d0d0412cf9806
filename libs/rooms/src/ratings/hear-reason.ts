import type { ChatMessage, ChatRoom } from '#libs/ports/chat';

import type { RoomsParts } from '../rooms-parts.js';

export interface ReasonHeard {
  readonly message: ChatMessage;
  readonly room: ChatRoom;
  /** The message that asked the question. */
  readonly about: string;
  readonly text: string;
}

/** Keeps why an answer did not help, and thanks for it once. */
export const hearReason =
  (_parts: RoomsParts) =>
  (_heard: ReasonHeard): Promise<void> =>
    Promise.resolve();
