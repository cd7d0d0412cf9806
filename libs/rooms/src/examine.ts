import type { ChatExamination } from '#libs/ports/chat';

import type { RoomsParts } from './rooms-parts.js';

/** What is missing for answers in the chat, on either side. */
export const examineRooms =
  ({ chat, examineOwnSide }: Pick<RoomsParts, 'chat' | 'examineOwnSide'>) =>
  async (): Promise<ChatExamination> => {
    const sides = await Promise.all([chat.examine(), examineOwnSide()]);
    return {
      obstacles: sides.flatMap(({ obstacles }) => obstacles),
      well: sides.flatMap(({ well }) => well),
    };
  };
