import { z } from 'zod';

import { defineFact } from '../fact.js';

/** `withinMs`: so far apart a delivery's signed time and its receipt may be. */
const data = z.strictObject({ withinMs: z.int().positive() });

/** An admin let quarantine be proved again by a wider window than the senders': our own clock was wrong. */
export const proofWindowWidenedV1 = defineFact({
  type: 'operations.proof_window.widened.v1',
  kind: 'observed',
  data,
});
export type ProofWindowWidenedV1 = z.infer<typeof data>;
