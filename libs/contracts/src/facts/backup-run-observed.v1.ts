import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, instant, observed } from './parts.js';

const data = z.strictObject({
  /** Of a drill: whether what came back was what had been saved. */
  drill: z
    .strictObject({ rpoMs: z.int(), rtoMs: z.int(), verdict: z.enum(['good', 'bad']) })
    .optional(),
  endedAt: instant.optional(),
  error: z.strictObject({ code: z.string(), step: z.string() }).optional(),
  ...observed,
  kind: z.string(),
  requestedAt: instant,
  retention: z.strictObject({ kept: z.int(), removed: z.int(), unnamed: z.int() }).optional(),
  run: entityId,
  sources: z.array(
    z.strictObject({
      addedBytes: z.int(),
      bytes: z.int(),
      files: z.int(),
      name: z.string(),
      snapshot: z.string().optional(),
    }),
  ),
  startedAt: instant.optional(),
  status: z.string(),
  step: z.string(),
  warnings: z.array(z.strictObject({ code: z.string(), step: z.string() })),
});

/** How far a backup was at that time, as its document said. The document was the truth while it lived. */
export const backupRunObservedV1 = defineFact({
  type: 'intake.backup_run.observed.v1',
  kind: 'observed',
  data,
});
export type BackupRunObservedV1 = z.infer<typeof data>;
