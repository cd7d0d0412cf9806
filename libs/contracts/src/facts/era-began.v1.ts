import { z } from 'zod';

import { defineFact } from '../fact.js';
import { instant } from './parts.js';

const data = z.strictObject({ era: instant });

/** A log begins here, or goes on after it was restored from a backup. */
export const eraBeganV1 = defineFact({ type: 'log.era.began.v1', kind: 'observed', data });
export type EraBeganV1 = z.infer<typeof data>;
