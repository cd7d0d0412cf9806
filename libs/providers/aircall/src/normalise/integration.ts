import type { IntegrationObservedV1 } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { observation, type AircallReport } from './telling.js';

export const integrationObservation = (
  telling: AircallReport,
  { deleted, rank }: EventOf<'integration'>,
  id: string,
): Observation => {
  const data: IntegrationObservedV1 = {
    deleted,
    event: telling.event,
    integration: id,
    normaliser: telling.normaliser,
    rank,
  };
  return observation({
    type: 'intake.integration.observed.v1',
    stream: `integration/${id}`,
    occurredAt: telling.at,
    data,
    personal: {},
  });
};
