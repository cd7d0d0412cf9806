import { objectOf, whole as wholeNumber, word } from '#libs/foreign';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import { jsonOf, openEnvelope, timeIn } from '../envelope.js';
import { CANARY_EVENT, events, NORMALISER } from '../events.js';
import { madeAtOf } from '../message-id.js';
import { readers } from './readers.js';
import { unknown } from './telling.js';

/** Our words for one delivery. Never throws; says what it does not know, in names of fields. */
export const normalise = ({ account, body: bytes, headers }: NormaliserInput): Normalised => {
  const envelope = jsonOf(bytes);
  if (!envelope) return unknown('the body is not a JSON object');
  const event = word(envelope.event);
  if (event === undefined) return unknown('the field event is missing');
  if (event === CANARY_EVENT) return canary(envelope.data);
  const known = events.get(event);
  const reader = known && readers[known.about];
  if (!known || !reader) return unknown('the event is not known', event);
  const { body, whole } = openEnvelope(envelope, reader.under);
  const at = timeIn(body, whole, madeAtOf(headers));
  return reader.read({
    telling: { account, at, event: known.as ?? event, normaliser: NORMALISER, rank: known.rank },
    body,
    whole,
    ...(known.deleted && { deleted: true }),
  });
};

const canary = (data: unknown): Normalised => {
  const sentAt = wholeNumber(objectOf(data)?.sentAt);
  return sentAt === undefined
    ? unknown('the field data.sentAt is missing', CANARY_EVENT)
    : { understood: true, canary: true, sentAt };
};
