import { contexts } from '#libs/platform';
import type { Rooms } from '#libs/rooms';
import { checkChat } from '#libs/routes';
import { Controller, Inject } from '@nestjs/common';

import { Route } from '../route.js';

const NOT_CONNECTED = {
  kind: 'missing',
  side: 'platform',
  text: 'No account in a chat is set: INNKEEPER_ROCKETCHAT_URL, INNKEEPER_ROCKETCHAT_USER_ID and INNKEEPER_ROCKETCHAT_AUTH_TOKEN.',
} as const;

/** Whether colleagues can ask in the chat. */
@Controller()
export class ChatController {
  constructor(@Inject(contexts.rooms) private readonly rooms: Rooms | undefined) {}

  @Route(checkChat)
  async check() {
    if (!this.rooms) return { well: false, connected: false, items: [NOT_CONNECTED] };
    const { obstacles, well } = await this.rooms.examine();
    return {
      well: obstacles.every(({ kind }) => kind === 'advice'),
      connected: true,
      items: [
        ...well.map(({ side, text }) => ({ kind: 'well' as const, side, text })),
        ...obstacles.map(({ kind, side, text }) => ({ kind, side, text })),
      ],
    };
  }
}
