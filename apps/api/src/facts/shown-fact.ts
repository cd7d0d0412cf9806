import type { Fact } from '#libs/contracts';

import { iso } from '../routes/answers.js';

/** The envelope first, in the order people read it. */
export const shownFact = <F extends Fact>({ occurredAt, recordedAt, ...fact }: F) => ({
  ...fact,
  occurredAt: iso(occurredAt),
  recordedAt: iso(recordedAt),
});
