import {
  CANARY_EVENT,
  canaryOf,
  jsonObjectOf,
  objectOf,
  unreadField,
  whole as wholeNumber,
  word,
} from '#libs/foreign';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import { openEnvelope, timeIn } from '../envelope.js';
import { events, NORMALISER } from '../events.js';
import { madeAtOf } from '../message-id.js';
import { readers } from './readers.js';
import { unknown } from './report.js';

/** Our words for one delivery. Never throws; says what it does not know, in names of fields. */
export const normalise = ({ account, body: bytes, headers }: NormaliserInput): Normalised => {
  const envelope = jsonObjectOf(bytes);
  if (!envelope) return unknown('the body is not a JSON object');
  const event = word(envelope.event);
  if (event === undefined) return unknown(unreadField('event', envelope.event));
  if (event === CANARY_EVENT) {
    const sentAt = objectOf(envelope.data)?.sentAt;
    return canaryOf('data.sentAt', sentAt, wholeNumber(sentAt));
  }
  const known = events.get(event);
  const reader = known && readers[known.about];
  if (!known || !reader) return unknown('the event is not known', event);
  const { body, whole } = openEnvelope(envelope, reader.under);
  const at = timeIn(body, whole, madeAtOf(headers));
  return reader.read({
    report: { account, at, event: known.as ?? event, normaliser: NORMALISER, rank: known.rank },
    body,
    whole,
    ...(known.deleted && { deleted: true }),
  });
};
