import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  /** Who of the company is to answer. */
  assignedTo: entityId.optional(),
  /** Where it is held: `airbnb`, `booking.com`, `vrbo`, `email`, or the provider's own word. */
  channel: z.string().optional(),
  conversation: entityId,
  createdAt: instant.optional(),
  deleted: z.literal(true).optional(),
  ...observed,
  guest: entityId.optional(),
  /** When the other side wrote last. */
  guestWroteAt: instant.optional(),
  language: z.string().optional(),
  listings: z.array(entityId).optional(),
  priority: z.int().optional(),
  read: z.boolean().optional(),
  /** An inquiry has none. */
  reservations: z.array(entityId).optional(),
  snoozedUntil: instant.optional(),
  /** In the provider's words, lower case: `open`, `closed`. */
  status: z.string().optional(),
  with: z.enum(['guest', 'owner']).optional(),
});

const personal = z.strictObject({
  guestMail: z.string().optional(),
  guestName: z.string().optional(),
  /** The colleague who was the first to take it, where only a name is told. */
  receptionist: z.string().optional(),
  subject: z.string().optional(),
});

/** What a provider told about one exchange of messages with a guest or an owner, less the messages. */
export const conversationObservedV1 = defineFact({
  type: 'intake.conversation.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ConversationObservedV1 = z.infer<typeof data>;
export type ConversationObservedV1Personal = z.infer<typeof personal>;
