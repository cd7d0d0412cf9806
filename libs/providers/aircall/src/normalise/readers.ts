import { type Foreign, id, objectOf } from '#libs/foreign';
import type { Hint, Observation } from '#libs/ports/provider';

import type { AircallEvent, EventOf } from '../events.js';
import { callObservation } from './call.js';
import { colleagueObservation } from './colleague.js';
import { contactObservation } from './contact.js';
import { insightObservation } from './insight.js';
import { integrationObservation } from './integration.js';
import { lineObservation } from './line.js';
import { messageObservation } from './message.js';
import { entityOf, messageOf, type AircallReport } from './report.js';
import { utterancesObservation } from './transcript.js';
import { voiceAgentObservation } from './voice-agent.js';

/** What events that are kept are about. */
export type AircallSubject = Exclude<AircallEvent['about'], 'nothing'>;

export type EventsBySubject = { readonly [About in AircallSubject]: EventOf<About> };

export interface EventReader<About extends AircallSubject> {
  /** The field that names the thing, for people. */
  readonly field: string;
  /** What stands there. */
  named(data: Foreign): unknown;
  /** What the thing is called here; `undefined` where what stands there is no name. */
  readonly entityOf: (report: AircallReport, named: unknown) => string | undefined;
  observe(
    report: AircallReport,
    event: EventsBySubject[About],
    of: string,
    data: Foreign,
  ): Observation;
  /** What has to be asked for, because the delivery only points at it. */
  hints?(event: string, data: Foreign): readonly Hint[] | undefined;
}

const byOwnId = { field: 'data.id', named: ({ id: own }: Foreign) => own, entityOf };
const byCallId = { field: 'data.call_id', named: (data: Foreign) => data.call_id, entityOf };

/** How each kind of event is read, one entry each. */
export const readers: { readonly [About in AircallSubject]: EventReader<About> } = {
  call: { ...byOwnId, observe: callObservation },
  colleague: { ...byOwnId, observe: colleagueObservation },
  contact: { ...byOwnId, observe: contactObservation },
  insight: {
    ...byCallId,
    observe: insightObservation,
    /** The first word of such an event is what the API client calls the thing. */
    hints(event, data) {
      const call = id(data.call_id);
      if (call === undefined) return undefined;
      return [{ entity: event.slice(0, event.indexOf('.')), id: call }];
    },
  },
  integration: {
    field: 'data.integration_id',
    named: (data) => data.integration_id,
    entityOf,
    observe: integrationObservation,
  },
  line: { ...byOwnId, observe: lineObservation },
  message: { ...byOwnId, entityOf: messageOf, observe: messageObservation },
  utterances: {
    field: 'data.call.id',
    named: (data) => objectOf(data.call)?.id,
    entityOf,
    observe: utterancesObservation,
  },
  'voice agent': {
    ...byCallId,
    named: (data) => data.call_id ?? data.id,
    observe: voiceAgentObservation,
  },
};
