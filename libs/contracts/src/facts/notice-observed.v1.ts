import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, goneReason, lifeOfDocument, observed } from './parts.js';

const data = z.strictObject({
  /** It was taken away at its source; told again it is back. */
  deleted: z.literal(true).optional(),
  life: lifeOfDocument.optional(),
  ...observed,
  notice: entityId,
  /** Why it is deleted. */
  reason: goneReason.optional(),
  /** It tells everything: what was said before counts no more. */
  whole: z.literal(true).optional(),
});

const personal = z.strictObject({
  /** All of it, as canonical JSON: nobody here knows which of it names a person. */
  body: z.string(),
  subject: z.string().optional(),
});

/** What a sender told that has no folder of its own: kept whole, understood by a few chosen fields. */
export const noticeObservedV1 = defineFact({
  type: 'intake.notice.observed.v1',
  kind: 'observed',
  data,
  personal,
});
export type NoticeObservedV1 = z.infer<typeof data>;
export type NoticeObservedV1Personal = z.infer<typeof personal>;
