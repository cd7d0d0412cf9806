import { z } from 'zod';

import { defineFact } from '../fact.js';
import {
  colleagueData,
  colleaguePersonal,
  contactData,
  contactPersonal,
  entityId,
  instant,
  lineData,
  linePersonal,
  observed,
} from './parts.js';

const data = z.strictObject({
  /** What the network bills it as: `marketing`, `utility`. */
  category: z.string().optional(),
  /** How it travels: `sms` (with pictures too), `whatsapp`, or the provider's own word. */
  channel: z.string().optional(),
  /** Who of the company wrote it. */
  colleague: entityId.optional(),
  /** Everyone of the company whom the body describes. */
  colleagues: z.array(colleagueData).optional(),
  contact: contactData.optional(),
  createdAt: instant.optional(),
  direction: z.enum(['inbound', 'outbound']).optional(),
  event: observed.event,
  /** What kind of content it is, in the provider's word: `text`, `image`, `template`. */
  form: z.string().optional(),
  /** The conversation of several that it is part of. */
  group: entityId.optional(),
  line: lineData.optional(),
  /** Files that came with it, by what they are. */
  media: z.array(z.strictObject({ type: z.string().optional() })).optional(),
  message: entityId,
  normaliser: observed.normaliser,
  rank: observed.rank,
  /** The message it answers. */
  replyTo: entityId.optional(),
  sentAt: instant.optional(),
  /** In the provider's words: `received`, `pending`, `sent`, `delivered`, and ways of failing. */
  status: z.string().optional(),
  updatedAt: instant.optional(),
});

const personal = z.strictObject({
  colleagues: z.array(colleaguePersonal).optional(),
  contact: contactPersonal.optional(),
  line: linePersonal.optional(),
  /** In the order of `data.media`. The provider keeps the files themselves for an hour only. */
  media: z.array(z.strictObject({ name: z.string().optional() })).optional(),
  /** The others of a conversation of several: E.164, or as written. */
  participants: z.array(z.string()).optional(),
  /** The other party, E.164. */
  phone: z.string().optional(),
  /** The other party, where the number cannot be read. */
  phoneRaw: z.string().optional(),
  /** What the template said that was sent. */
  template: z.string().optional(),
  /** Missing where a message holds nothing but a picture. */
  text: z.string().optional(),
});

/** What a provider told about one text message over a line of the company. */
export const phoneMessageObservedV1 = defineFact({
  type: 'intake.phone_message.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type PhoneMessageObservedV1 = z.infer<typeof data>;
export type PhoneMessageObservedV1Personal = z.infer<typeof personal>;
