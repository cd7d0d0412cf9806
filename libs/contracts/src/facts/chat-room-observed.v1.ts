import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, instant, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  archived: z.literal(true).optional(),
  /** Only some may write, and the others answer. */
  broadcast: z.literal(true).optional(),
  createdAt: instant.optional(),
  /** Who made it. */
  creator: entityId.optional(),
  deleted: z.literal(true).optional(),
  encrypted: z.literal(true).optional(),
  event: observed.event,
  /** Shared with other servers. */
  federated: z.literal(true).optional(),
  /** `channel` is open, `group` is closed, `direct` is between its people, `livechat` is with somebody from outside. */
  form: z.enum(['channel', 'direct', 'group', 'livechat', 'other']).optional(),
  life: lifeOfDocument.optional(),
  normaliser: observed.normaliser,
  /** A discussion: the room it belongs to. */
  parent: entityId.optional(),
  rank: observed.rank,
  readOnly: z.literal(true).optional(),
  reason: goneReason.optional(),
  room: entityId,
  team: entityId.optional(),
  /** It is the main room of its team. */
  teamMain: z.literal(true).optional(),
});

const personal = z.strictObject({
  announcement: z.string().optional(),
  description: z.string().optional(),
  name: z.string().optional(),
  /** Of a direct room: the user names of its people. */
  people: z.array(z.string()).optional(),
  /** What people read where the name is made by a machine. */
  title: z.string().optional(),
  topic: z.string().optional(),
});

/** What the chat’s database says of one room, whole. */
export const chatRoomObservedV1 = defineFact({
  type: 'intake.chat_room.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type ChatRoomObservedV1 = z.infer<typeof data>;
export type ChatRoomObservedV1Personal = z.infer<typeof personal>;
