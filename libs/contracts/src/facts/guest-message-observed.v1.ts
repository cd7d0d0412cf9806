import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  /** How many files came with it. */
  attachments: z.int().optional(),
  author: z
    .strictObject({
      /** The colleague, where the provider says who. */
      colleague: entityId.optional(),
      /** `automation` is sent in the host's name, `system` is a note of the provider itself. */
      kind: z.enum(['guest', 'host', 'owner', 'automation', 'system', 'other']),
    })
    .optional(),
  /** How it travelled: `airbnb`, `booking.com`, `vrbo`, `email`, `sms`, `whatsapp`, or the provider's own word. */
  channel: z.string().optional(),
  conversation: entityId.optional(),
  ...observed,
  guest: entityId.optional(),
  /** A note among colleagues, which the guest never sees. */
  internal: z.literal(true).optional(),
  listing: entityId.optional(),
  message: entityId,
  reservation: entityId.optional(),
  sentAt: instant.optional(),
});

const attachment = z.strictObject({ name: z.string().optional(), url: z.string().optional() });

const personal = z.strictObject({
  attachments: z.array(attachment).optional(),
  authorName: z.string().optional(),
  bcc: z.array(z.string()).optional(),
  cc: z.array(z.string()).optional(),
  subject: z.string().optional(),
  /** Missing where the provider announced the message without its text. */
  text: z.string().optional(),
  to: z.array(z.string()).optional(),
});

/** What a provider told about one message between the company and a guest or an owner. */
export const guestMessageObservedV1 = defineFact({
  type: 'intake.guest_message.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type GuestMessageObservedV1 = z.infer<typeof data>;
export type GuestMessageObservedV1Personal = z.infer<typeof personal>;
