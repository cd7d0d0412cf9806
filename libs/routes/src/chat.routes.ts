import { z } from 'zod';

import { oneOf } from './answers.js';
import { defineRoute, type RouteItem } from './route.js';

const looked = z.object({
  kind: oneOf(['well', 'missing', 'advice']),
  side: oneOf(['chat', 'platform']),
  text: z.string(),
});

export const checkChat = defineRoute({
  method: 'get',
  path: '/api/chat/check',
  group: 'Questions',
  does: 'What is missing for answers in the chat, and on which side',
  says: 'Asks the chat now. `missing` stands in the way; `advice` works, with a risk. `connected` is false while no account in a chat is set.',
  role: 'operator',
  answers: z.object({ well: z.boolean(), connected: z.boolean(), items: z.array(looked) }),
});
export type ChatCheckItem = RouteItem<typeof checkChat>;
