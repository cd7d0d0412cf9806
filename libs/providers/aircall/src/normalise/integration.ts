import type { IntegrationObservedV1 } from '#libs/contracts';
import type { Observation } from '#libs/ports/provider';

import type { EventOf } from '../events.js';
import { observation, type AircallReport } from './report.js';

export const integrationObservation = (
  report: AircallReport,
  { deleted, rank }: EventOf<'integration'>,
  id: string,
): Observation => {
  const data: IntegrationObservedV1 = {
    deleted,
    event: report.event,
    integration: id,
    normaliser: report.normaliser,
    rank,
  };
  return observation({
    type: 'intake.integration.observed.v1',
    stream: `integration/${id}`,
    occurredAt: report.at,
    data,
    personal: {},
  });
};
