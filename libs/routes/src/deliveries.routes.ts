import { z } from 'zod';

import { isoTime, pageOf } from './answers.js';
import { instant, instantText, listQuery, word, yesOrNo } from './queries.js';
import { defineRoute } from './route.js';

const group = 'Deliveries';

export const deliveryShown = z.object({
  id: z.string(),
  source: z.string(),
  receivedAt: isoTime,
  sha256: z.string(),
  bytes: z.int(),
  facts: z.array(z.string()),
  failed: z.literal(true).optional(),
  /** It came out of a followed database, which has its content still. So its bytes are not kept. */
  fromFeed: z.literal(true).optional(),
});
export type DeliveryAnswer = z.output<typeof deliveryShown>;

export const deliveryQuery = listQuery({
  source: word('Only what this source sent.'),
  failed: yesOrNo('Only those whose normaliser failed, or only the others.'),
  receivedAfter: instant('Only what came in then or later; oldest first.'),
});
export type DeliveryListQuery = z.output<typeof deliveryQuery>;

export const listDeliveries = defineRoute({
  method: 'get',
  path: '/api/deliveries',
  group,
  does: 'What came in, newest first, while it is kept',
  says: 'Canaries are not kept. With `receivedAfter` the oldest comes first.',
  role: 'viewer',
  query: deliveryQuery,
  answers: pageOf(deliveryShown),
});

export const showDelivery = defineRoute({
  method: 'get',
  path: '/api/deliveries/:id',
  group,
  does: 'One delivery, without its content',
  role: 'viewer',
  answers: deliveryShown,
});

export const showRaw = defineRoute({
  method: 'get',
  path: '/api/deliveries/:id/raw',
  group,
  does: 'The bytes as they came in, with the provider’s token',
  says: 'The log records who asked. 404 after they expired or were erased, and for a feed, of which none are kept.',
  role: 'admin',
  media: 'application/octet-stream',
});

export const reprocessing = z
  .strictObject({
    ids: z.array(z.string()).min(1).max(10_000).optional(),
    source: z.string().min(1).optional(),
    receivedAfter: instantText.optional(),
    receivedBefore: instantText.optional(),
    /** Nothing named would mean everything: that has to be said. */
    all: z.literal(true).optional(),
  })
  .refine((asked) => Object.keys(asked).length > 0)
  .refine(({ ids, ...others }) => !ids || Object.keys(others).length === 0);
export type AskedReprocessing = z.output<typeof reprocessing>;

export const reprocess = defineRoute({
  method: 'post',
  path: '/api/deliveries/reprocess',
  group,
  does: 'Takes in deliveries again that are still kept, so that a better normaliser adds what it reads',
  says: 'Either `ids`, or any of `source`, `receivedAfter` (inclusive) and `receivedBefore`, or `all: true`. Ids stay, so nothing happens twice.',
  role: 'operator',
  body: reprocessing,
  answers: z.object({ published: z.int(), missing: z.int() }),
});

export const quarantineQuery = listQuery({ source: word('Only what claims to be this source.') });
export type QuarantineListQuery = z.output<typeof quarantineQuery>;

export const listQuarantine = defineRoute({
  method: 'get',
  path: '/api/quarantine',
  group,
  does: 'What could not prove who sent it, newest first',
  role: 'viewer',
  query: quarantineQuery,
  // What came before sums were kept has none.
  answers: pageOf(deliveryShown.omit({ failed: true, fromFeed: true }).partial({ sha256: true })),
});

export const retryQuarantine = defineRoute({
  method: 'post',
  path: '/api/quarantine/retry',
  group,
  does: 'Proves everything in quarantine again, with the current secrets',
  role: 'operator',
  answers: z.object({ proved: z.int(), left: z.int() }),
});

/** A hundred years: a clock can be wrong by any time. */
const MOST_WITHIN_SECONDS = 3_153_600_000;
export const widening = z.strictObject({
  withinSeconds: z.int().min(1).max(MOST_WITHIN_SECONDS),
});
export type AskedWidening = z.output<typeof widening>;

export const retryQuarantineWithin = defineRoute({
  method: 'post',
  path: '/api/quarantine/retry-within',
  group,
  does: 'Proves everything in quarantine again, if the clock here was wrong when it came in',
  says: 'Signed times may differ from the receipt by `withinSeconds`, in place of each sender’s own window. The log keeps who asked and how much.',
  role: 'admin',
  body: widening,
  answers: z.object({ proved: z.int(), left: z.int() }),
});

export const dropQuarantined = defineRoute({
  method: 'delete',
  path: '/api/quarantine/:id',
  group,
  does: 'Forgets one of them for good',
  role: 'operator',
});
