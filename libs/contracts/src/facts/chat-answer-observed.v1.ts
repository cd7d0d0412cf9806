import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, instant, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  /** When it was written. */
  at: instant.optional(),
  deleted: z.literal(true).optional(),
  event: observed.event,
  life: lifeOfDocument.optional(),
  message: entityId,
  normaliser: observed.normaliser,
  rank: observed.rank,
  /** How many people reacted in which way. Who did is asked of the chat, which knows who it is behind a name. */
  reactions: z.array(z.strictObject({ count: z.int(), name: z.string() })).optional(),
  /** Why it is deleted. */
  reason: goneReason.optional(),
  room: entityId.optional(),
  thread: entityId.optional(),
});

/** What the chat’s database says of a message that we wrote: no word of it, for what it says stands in our own log. */
export const chatAnswerObservedV1 = defineFact({
  type: 'intake.chat_answer.observed.v1',
  kind: 'observed',
  data,
});
export type ChatAnswerObservedV1 = z.infer<typeof data>;
