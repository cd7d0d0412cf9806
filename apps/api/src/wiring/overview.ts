import type { Intake } from '#libs/intake';
import type { Health, Parts, Settings } from '#libs/platform';

import { lookAround, type Overview } from '../pages/overview.js';
import { checkpointOf } from './projectors.js';

interface Looked {
  readonly parts: Parts;
  readonly settings: Settings;
  readonly health: Health;
  readonly intake: Intake;
}

/** What the start page looks at in this process. */
export const lookAroundProcess = ({ parts, ...looked }: Looked): (() => Promise<Overview>) =>
  lookAround({
    ...looked,
    deliveries: looked.intake.deliveries,
    log: parts.log,
    clock: parts.clock,
    sources: [...parts.sources].map(([name, { secrets }]) => ({ name, on: secrets.length > 0 })),
    checkpoint: checkpointOf(parts),
  });
