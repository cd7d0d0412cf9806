import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, instant, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  deleted: z.literal(true).optional(),
  event: observed.event,
  member: entityId,
  life: lifeOfDocument.optional(),
  normaliser: observed.normaliser,
  rank: observed.rank,
  reason: goneReason.optional(),
  /** In this room: `owner`, `moderator`, `leader`. */
  roles: z.array(z.string()).optional(),
  room: entityId.optional(),
  since: instant.optional(),
  /** In the chat’s word: `INVITED` and `BANNED` are no readers; a member has none. */
  status: z.string().optional(),
  user: entityId.optional(),
});

const personal = z.strictObject({
  name: z.string().optional(),
  userName: z.string().optional(),
});

/** What the chat’s database says of one person in one room, whole. */
export const chatMemberObservedV1 = defineFact({
  type: 'intake.chat_member.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ChatMemberObservedV1 = z.infer<typeof data>;
export type ChatMemberObservedV1Personal = z.infer<typeof personal>;
