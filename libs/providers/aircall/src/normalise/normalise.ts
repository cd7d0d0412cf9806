import {
  CANARY_EVENT,
  canaryOf,
  eventName,
  type Foreign,
  hasNonFinite,
  instant,
  instantOfSeconds,
  jsonObjectOf,
  notUnderstood,
  objectOf,
  unreadField,
  whole,
  word,
} from '#libs/foreign';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import { callbackEvents, events, NORMALISER } from '../events.js';
import { readers, type AircallSubject, type EventReader, type EventsBySubject } from './readers.js';
import type { AircallReport } from './report.js';

/** Our words for one delivery. Never throws; says what it does not know, in names of fields. */
export const normalise = ({ account, body }: NormaliserInput): Normalised => {
  const envelope = jsonObjectOf(body);
  if (!envelope) return notUnderstood('the body is not a JSON object');
  const told = envelope.event ?? envelope.event_name;
  const name = word(told);
  if (name === undefined) return notUnderstood(unreadField('event', told));
  if (name === CANARY_EVENT) return canaryIn(envelope);
  const known = eventName(name);
  const event = (envelope.event === undefined ? callbackEvents : events).get(name);
  if (!event) return notUnderstood('the event is not known', known);
  const at = timeOf(envelope);
  if (at === undefined) return notUnderstood(unreadField('timestamp', envelope.timestamp), known);
  const data = objectOf(envelope.data);
  if (!data) return notUnderstood(unreadField('data', envelope.data), known);
  if (hasNonFinite(data)) return notUnderstood('a number in data is not finite', known);
  if (event.about === 'nothing') return { understood: true, observations: [] };
  const report = { account, at, event: name, normaliser: NORMALISER };
  return readingOf(report, event.about, event, data);
};

/** The callbacks of lines in proxy mode come from another part of the house: theirs is in ms. */
const timeOf = ({ event, timestamp }: Foreign): number | undefined => {
  if (event !== undefined) return instantOfSeconds(timestamp);
  return typeof timestamp === 'number' && instant(timestamp / 1000) !== undefined
    ? whole(timestamp)
    : undefined;
};

const readingOf = <About extends AircallSubject>(
  report: AircallReport,
  about: About,
  event: EventsBySubject[About],
  data: Foreign,
): Normalised => {
  const reader: EventReader<About> = readers[about];
  const named = reader.named(data);
  const of = reader.entityOf(report, named);
  if (of === undefined) return notUnderstood(unreadField(reader.field, named), report.event);
  const hints = reader.hints?.(report.event, data);
  return {
    understood: true,
    observations: [reader.observe(report, event, of, data)],
    ...(hints && { hints }),
  };
};

const canaryIn = (envelope: Foreign): Normalised => {
  const sentAt = objectOf(envelope.data)?.sentAt;
  return canaryOf('data.sentAt', sentAt, whole(sentAt));
};
