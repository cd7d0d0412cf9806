import { z } from 'zod';

import { defineFact } from '../fact.js';
import { entityId, observed } from './parts.js';

const data = z.strictObject({
  /** Nothing more will come by it until somebody at the provider connects us again. */
  deleted: z.literal(true).optional(),
  ...observed,
  integration: entityId,
});

/** What a provider told about our own connection with it. */
export const integrationObservedV1 = defineFact({
  type: 'intake.integration.observed.v1',
  kind: 'observed',
  data,
});
export type IntegrationObservedV1 = z.infer<typeof data>;
