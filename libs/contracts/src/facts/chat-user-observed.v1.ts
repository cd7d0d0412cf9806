import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, instant, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  active: z.boolean().optional(),
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  event: observed.event,
  /** An account of another server. */
  federated: z.literal(true).optional(),
  life: lifeOfDocument.optional(),
  normaliser: observed.normaliser,
  rank: observed.rank,
  reason: goneReason.optional(),
  /** Of the whole chat: `admin`, `user`, `guest`, or an id of the company’s own. */
  roles: z.array(z.string()).optional(),
  /** In the chat’s word: `user`, `bot`, `app`. */
  type: z.string().optional(),
  user: entityId,
});

const personal = z.strictObject({
  name: z.string().optional(),
  userName: z.string().optional(),
});

/** What the chat’s database says of one account, whole; nothing that proves who somebody is. */
export const chatUserObservedV1 = defineFact({
  type: 'intake.chat_user.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ChatUserObservedV1 = z.infer<typeof data>;
export type ChatUserObservedV1Personal = z.infer<typeof personal>;
