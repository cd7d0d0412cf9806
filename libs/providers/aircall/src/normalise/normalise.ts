import { type Foreign, hasNonFinite, instantOfSeconds, objectOf, whole, word } from '#libs/foreign';
import { strictTextOf } from '#libs/kernel';
import type { Normalised, NormaliserInput, Observation } from '#libs/ports/provider';

import { CANARY_EVENT, events, NORMALISER, type AircallEvent } from '../events.js';
import { callObservation } from './call.js';
import { colleagueObservation } from './colleague.js';
import { contactObservation } from './contact.js';
import { lineObservation } from './line.js';
import { entityOf, type Telling } from './telling.js';

/** Our words for one delivery. Never throws; says what it does not know, in names of fields. */
export const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const envelope = objectOf(jsonOf(body));
  if (!envelope) return unknown('the body is not a JSON object');
  const name = word(envelope.event);
  if (name === undefined) return unknown('the field event is missing');
  if (name === CANARY_EVENT) return canary(envelope);
  const event = events.get(name);
  if (!event) return unknown('the event is not known', name);
  const at = instantOfSeconds(envelope.timestamp);
  if (at === undefined) return unknown('the field timestamp is missing', name);
  const data = objectOf(envelope.data);
  if (!data) return unknown('the field data is missing', name);
  if (hasNonFinite(data)) return unknown('a number in data is not finite', name);
  const telling: Telling = { account, at, event: name, normaliser: NORMALISER };
  const id = entityOf(telling, data.id);
  if (id === undefined) return unknown('the field data.id is missing', name);
  return { understood: true, observations: [observationOf(telling, event, id, data)] };
};

const observationOf = (
  telling: Telling,
  event: AircallEvent,
  id: string,
  data: Foreign,
): Observation => {
  switch (event.about) {
    case 'call':
      return callObservation(telling, event, id, data);
    case 'contact':
      return contactObservation(telling, event, id, data);
    case 'colleague':
      return colleagueObservation(telling, event, id, data);
    case 'line':
      return lineObservation(telling, event, id, data);
  }
};

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(strictTextOf(body));
  } catch {
    return undefined;
  }
};

/** The name of an event is shown to everybody, so only a name of the usual form is. */
const EVENT_NAME = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+$/;

const unknown = (reason: string, event?: string): Normalised => ({
  understood: false,
  reason,
  ...(event !== undefined && EVENT_NAME.test(event) && { event }),
});

const canary = (envelope: Foreign): Normalised => {
  const sentAt = whole(objectOf(envelope.data)?.sentAt);
  return sentAt === undefined
    ? unknown('the field data.sentAt is missing', CANARY_EVENT)
    : { understood: true, canary: true, sentAt };
};
