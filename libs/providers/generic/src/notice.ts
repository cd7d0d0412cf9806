import { CANARY_EVENT, jsonObjectOf, notUnderstood, present, type Foreign } from '#libs/foreign';
import { asFault, canonicalJson, type JsonObject } from '#libs/kernel';
import type { Normalised, NormaliserInput } from '#libs/ports/provider';

import {
  eventIn,
  headerOf,
  idIn,
  idOfMessage,
  placeOf,
  subjectAt,
  timeIn,
  type ChosenFields,
} from './chosen-fields.js';

/** Raise it when anything below says more or better. */
const NORMALISER = 1;

/** One notice: the chosen fields, and the body whole and sealed beside them. */
export const normaliseNotice = (
  name: string,
  fields: ChosenFields,
  { account, body: bytes, headers }: NormaliserInput,
): Normalised => {
  const body = jsonObjectOf(bytes);
  if (!body) return notUnderstood('the body is not a JSON object');
  const sentAt = canarySentAt(body);
  if (sentAt !== undefined) return { understood: true, canary: true, sentAt };
  const delivery = { body, headers };
  const event = eventIn(delivery, fields.event);
  if (event === undefined) return notUnderstood(`no name of an event at ${placeOf(fields.event)}`);
  const occurredAt = timeIn(delivery, fields.time);
  if (occurredAt === undefined) return notUnderstood(`no time at ${placeOf(fields.time)}`, event);
  const own = fields.id === undefined ? idOfMessage(headers) : idIn(delivery, fields.id);
  if (own === undefined) {
    const place = fields.id === undefined ? 'the header of the message’s id' : placeOf(fields.id);
    return notUnderstood(`no id at ${place}`, event);
  }
  const kept = textOfBody(body);
  if (kept === undefined) return notUnderstood('the body holds what JSON cannot keep', event);
  const notice = `${name}.${account}.${own}`;
  return {
    understood: true,
    observations: [
      {
        type: 'intake.notice.observed.v1',
        stream: `notice/${notice}`,
        occurredAt,
        data: { event, normaliser: NORMALISER, notice, rank: 0 },
        personal: present({
          body: kept,
          subject: fields.subject === undefined ? undefined : subjectAt(body, fields.subject),
        }),
      },
    ],
  };
};

/** The same in every repetition, so only the body counts: a header may change from one attempt to the next. */
export const sourceTimeOf = (bytes: Uint8Array, { time }: ChosenFields): number => {
  const body = headerOf(time) === undefined ? jsonObjectOf(bytes) : undefined;
  return (body && timeIn({ body, headers: {} }, time)) ?? 0;
};

/** In the form that Standard Webhooks recommends, for any fields chosen for the sender's own. */
export const canaryNotice = (sentAt: number): JsonObject => ({
  type: CANARY_EVENT,
  timestamp: new Date(sentAt).toISOString(),
  data: { sentAt },
});

const canarySentAt = (body: Foreign): number | undefined =>
  body['type'] === CANARY_EVENT ? timeIn({ body, headers: {} }, '/timestamp') : undefined;

/** Numbers without end, and what is nested beyond every sender's need, have no canonical text. */
const textOfBody = (body: Foreign): string | undefined => {
  try {
    return canonicalJson(body);
  } catch (thrown) {
    const { code } = asFault(thrown);
    if (code === 'JSON_NUMBER_INVALID' || code === 'JSON_TOO_DEEP') return undefined;
    throw thrown;
  }
};
