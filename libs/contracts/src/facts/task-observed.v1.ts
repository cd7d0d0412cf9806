import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  assignedTo: entityId.optional(),
  attachments: z.int().optional(),
  /** In their order. An empty list is a statement too. */
  checklist: z.array(z.strictObject({ done: z.boolean().optional(), id: z.string() })).optional(),
  comments: z
    .array(z.strictObject({ at: instant.optional(), by: entityId.optional(), id: z.string() }))
    .optional(),
  createdAt: instant.optional(),
  createdBy: entityId.optional(),
  deleted: z.literal(true).optional(),
  dueAt: instant.optional(),
  ...observed,
  listing: entityId.optional(),
  /** It must not begin before. */
  notBefore: instant.optional(),
  ownerReservation: entityId.optional(),
  plannedMinutes: z.int().optional(),
  priority: z.string().optional(),
  /** What people call it: `T1042`. */
  reference: z.string().optional(),
  reservation: entityId.optional(),
  startAt: instant.optional(),
  /** In the provider's words, lower case, `_` for a blank: `pending`, `in_progress`, `completed`. */
  status: z.string().optional(),
  supervisor: entityId.optional(),
  /** An empty list is a statement too. */
  tags: z.array(z.string()).optional(),
  task: entityId,
  timeZone: z.string().optional(),
  /** `cleaning`, `maintenance`, `inspection`, … */
  type: z.string().optional(),
});

const personal = z.strictObject({
  attachments: z
    .array(z.strictObject({ name: z.string().optional(), url: z.string().optional() }))
    .optional(),
  checklist: z.array(z.strictObject({ id: z.string(), text: z.string() })).optional(),
  comments: z
    .array(
      z.strictObject({ by: z.string().optional(), id: z.string(), text: z.string().optional() }),
    )
    .optional(),
  description: z.string().optional(),
  title: z.string().optional(),
});

/** What a provider told about one piece of work to be done at a listing. */
export const taskObservedV1 = defineFact({
  type: 'intake.task.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type TaskObservedV1 = z.infer<typeof data>;
export type TaskObservedV1Personal = z.infer<typeof personal>;
