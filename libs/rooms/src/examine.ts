import type { ChatExamination, ChatObstacle } from '#libs/ports/chat';

import type { RoomsParts } from './rooms-parts.js';

/** Both sides as they are now, each thing with the side that it is on. */
export interface RoomsExamination {
  readonly obstacles: readonly ChatObstacle[];
  readonly well: readonly Pick<ChatObstacle, 'side' | 'text'>[];
}

/** What is missing for answers in the chat, on either side. */
export const examineRooms =
  ({ chat, examineOwnSide }: Pick<RoomsParts, 'chat' | 'examineOwnSide'>) =>
  async (): Promise<RoomsExamination> => {
    const [theirs, ours] = await Promise.all([chat.examine(), examineOwnSide()]);
    return {
      obstacles: [...theirs.obstacles, ...ours.obstacles],
      well: [...wellOn('chat', theirs), ...wellOn('platform', ours)],
    };
  };

const wellOn = (side: ChatObstacle['side'], { well }: ChatExamination): RoomsExamination['well'] =>
  well.map((text) => ({ side, text }));
