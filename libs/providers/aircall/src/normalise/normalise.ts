import {
  type Foreign,
  hasNonFinite,
  id,
  instant,
  instantOfSeconds,
  objectOf,
  whole,
  word,
} from '#libs/foreign';
import type { Hint, Normalised, NormaliserInput, Observation } from '#libs/ports/provider';

import { callbackEvents, CANARY_EVENT, events, NORMALISER, type AircallEvent } from '../events.js';
import { callObservation } from './call.js';
import { colleagueObservation } from './colleague.js';
import { contactObservation } from './contact.js';
import { insightObservation } from './insight.js';
import { integrationObservation } from './integration.js';
import { lineObservation } from './line.js';
import { messageObservation } from './message.js';
import { jsonOf, unknown } from './read-body.js';
import { entityOf, messageOf, type Telling } from './telling.js';
import { utterancesObservation } from './transcript.js';
import { voiceAgentObservation } from './voice-agent.js';

/** Our words for one delivery. Never throws; says what it does not know, in names of fields. */
export const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const envelope = objectOf(jsonOf(body));
  if (!envelope) return unknown('the body is not a JSON object');
  const name = word(envelope.event ?? envelope.event_name);
  if (name === undefined) return unknown('the field event is missing');
  if (name === CANARY_EVENT) return canary(envelope);
  const event = (envelope.event === undefined ? callbackEvents : events).get(name);
  if (!event) return unknown('the event is not known', name);
  const at = timeOf(envelope);
  if (at === undefined) return unknown('the field timestamp is missing', name);
  const data = objectOf(envelope.data);
  if (!data) return unknown('the field data is missing', name);
  if (hasNonFinite(data)) return unknown('a number in data is not finite', name);
  return reading({ account, at, event: name, normaliser: NORMALISER }, event, data);
};

/** The callbacks of lines in proxy mode come from another part of the house: theirs is in ms. */
const timeOf = ({ event, timestamp }: Foreign): number | undefined => {
  if (event !== undefined) return instantOfSeconds(timestamp);
  return typeof timestamp === 'number' && instant(timestamp / 1000) !== undefined
    ? whole(timestamp)
    : undefined;
};

const reading = (telling: Telling, event: AircallEvent, data: Foreign): Normalised => {
  if (event.about === 'nothing') return { understood: true, observations: [] };
  const { field, id: of } = nameIn(telling, event, data);
  if (of === undefined) return unknown(`the field ${field} is missing`, telling.event);
  const hints = hintsOf(event, telling.event, data);
  return {
    understood: true,
    observations: [observationOf(telling, event, of, data)],
    ...(hints && { hints }),
  };
};

type Telltale = Exclude<AircallEvent, { about: 'nothing' }>;

/** Which field names the thing that an event is about, and what it is called here. */
const nameIn = (
  telling: Telling,
  { about }: Telltale,
  data: Foreign,
): { readonly field: string; readonly id: string | undefined } => {
  switch (about) {
    case 'insight':
      return { field: 'data.call_id', id: entityOf(telling, data.call_id) };
    case 'voice agent':
      return { field: 'data.call_id', id: entityOf(telling, data.call_id ?? data.id) };
    case 'utterances':
      return { field: 'data.call.id', id: entityOf(telling, objectOf(data.call)?.id) };
    case 'integration':
      return { field: 'data.integration_id', id: entityOf(telling, data.integration_id) };
    case 'message':
      return { field: 'data.id', id: messageOf(telling, data.id) };
    default:
      return { field: 'data.id', id: entityOf(telling, data.id) };
  }
};

const observationOf = (
  telling: Telling,
  event: Telltale,
  of: string,
  data: Foreign,
): Observation => {
  switch (event.about) {
    case 'call':
      return callObservation(telling, event, of, data);
    case 'contact':
      return contactObservation(telling, event, of, data);
    case 'colleague':
      return colleagueObservation(telling, event, of, data);
    case 'line':
      return lineObservation(telling, event, of, data);
    case 'message':
      return messageObservation(telling, event, of, data);
    case 'insight':
      return insightObservation(telling, event, of, data);
    case 'voice agent':
      return voiceAgentObservation(telling, event, of, data);
    case 'utterances':
      return utterancesObservation(telling, event, of, data);
    case 'integration':
      return integrationObservation(telling, event, of);
  }
};

/**
 * The delivery is a pointer: what was said, and what a machine made of it, is asked for. The first word of
 * such an event is what the API client calls the thing.
 */
const hintsOf = (event: Telltale, name: string, data: Foreign): readonly Hint[] | undefined => {
  const call = id(data.call_id);
  if (event.about !== 'insight' || call === undefined) return undefined;
  return [{ entity: name.slice(0, name.indexOf('.')), id: call }];
};

const canary = (envelope: Foreign): Normalised => {
  const sentAt = whole(objectOf(envelope.data)?.sentAt);
  return sentAt === undefined
    ? unknown('the field data.sentAt is missing', CANARY_EVENT)
    : { understood: true, canary: true, sentAt };
};
