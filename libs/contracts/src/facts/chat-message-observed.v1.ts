import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, instant, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  /** When it was written. */
  at: instant.optional(),
  author: entityId.optional(),
  deleted: z.literal(true).optional(),
  editedAt: instant.optional(),
  /** Only the people of its room can read it; there is no text. */
  encrypted: z.literal(true).optional(),
  event: observed.event,
  /** How many files came with it. */
  files: z.int().optional(),
  /** No person wrote it. */
  machine: z.enum(['app', 'bot', 'integration']).optional(),
  message: entityId,
  life: lifeOfDocument.optional(),
  normaliser: observed.normaliser,
  pinned: z.literal(true).optional(),
  rank: observed.rank,
  /** How many people reacted in which way; who did is kept nowhere. */
  reactions: z.array(z.strictObject({ count: z.int(), name: z.string() })).optional(),
  /** Why it is deleted. */
  reason: goneReason.optional(),
  /** Missing where it is deleted: a removal tells no more than which message it was. */
  room: entityId.optional(),
  /** A reply in a thread that is shown in the room, too. */
  shownInRoom: z.literal(true).optional(),
  /** The message that began the thread. */
  thread: entityId.optional(),
});

const personal = z.strictObject({
  /** The name that it was shown under, where that is not its author’s. */
  alias: z.string().optional(),
  authorName: z.string().optional(),
  /** By which others mention its author. */
  authorUserName: z.string().optional(),
  fileNames: z.array(z.string()).optional(),
  text: z.string().optional(),
});

/** What the chat’s database says of one message, whole. */
export const chatMessageObservedV1 = defineFact({
  type: 'intake.chat_message.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ChatMessageObservedV1 = z.infer<typeof data>;
export type ChatMessageObservedV1Personal = z.infer<typeof personal>;
