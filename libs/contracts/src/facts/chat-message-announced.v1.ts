import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  /** As said: nobody has looked yet. */
  author: entityId.optional(),
  edited: z.literal(true).optional(),
  event: observed.event,
  message: entityId,
  normaliser: observed.normaliser,
  rank: observed.rank,
  room: entityId,
  /** The message that began the thread. */
  thread: entityId.optional(),
  /** The time of the message, as said. */
  writtenAt: instant.optional(),
});

/**
 * Somebody who knows a token says that there is a message in a room. Nothing of it is believed, and no word of it
 * kept, before the message was looked up.
 */
export const chatMessageAnnouncedV1 = defineFact({
  type: 'intake.chat_message.announced.v1',
  kind: 'observed',
  data,
});
export type ChatMessageAnnouncedV1 = z.infer<typeof data>;
