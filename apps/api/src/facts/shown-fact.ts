import type { Fact } from '#libs/contracts';
import type { ShownFact } from '#libs/operations';

import { iso } from '../routes/answers.js';

/** The envelope first, in the order people read it. */
export const shownFact = ({
  id,
  type,
  source,
  stream,
  version,
  position,
  era,
  occurredAt,
  recordedAt,
  data,
  personal,
  ...why
}: Fact & Pick<ShownFact, 'sealed' | 'withheld'>) => {
  const { sealed, withheld, ...causes } = why;
  return {
    id,
    type,
    source,
    stream,
    version,
    position,
    era,
    occurredAt: iso(occurredAt),
    recordedAt: iso(recordedAt),
    ...causes,
    data,
    ...(personal && { personal }),
    ...(sealed && { sealed }),
    ...(withheld && { withheld }),
  };
};
