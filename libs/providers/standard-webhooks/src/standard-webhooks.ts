import {
  messageIdFor,
  objectOf,
  present,
  proveMessage,
  SIGNATURE_HEADERS,
  signMessage,
  type Foreign,
} from '#libs/foreign';
import { asFault, canonicalJson, strictTextOf, utf8, webHash } from '#libs/kernel';
import type {
  Normalised,
  NormaliserInput,
  Proof,
  ProofTools,
  Provider,
  RawRequest,
} from '#libs/ports/provider';

import {
  eventAt,
  idAt,
  idOfMessage,
  subjectAt,
  timeAt,
  type ChosenFields,
} from './chosen-fields.js';

/** Raise it when anything below says more or better. */
const NORMALISER = 1;
const CANARY_EVENT = 'innkeeper.canary';

/** `whsec_` for HMAC, `whpk_` for a sender's public key, `whsk_` where we sign ourselves. */
export const SECRET_FORM = /^(?:(?:whsec|whpk|whsk)_)?[A-Za-z0-9+/_-]{16,}={0,2}$/;

/** Any sender that signs as Standard Webhooks says. Its name, secrets and fields are settings. */
export const standardWebhooks = (name: string, fields: ChosenFields): Provider => ({
  name,

  secrets: {
    ending: 'SECRETS',
    means: `Secrets of the source ${name}; they stand in INNKEEPER_SOURCES.`,
    expects: 'one or two secrets (whsec_… or whpk_…)',
    fits: SECRET_FORM,
  },

  headers: SIGNATURE_HEADERS,

  prove: (request, tools) => prove(request, tools, fields),

  normalise: (input) => normalise(name, fields, input),

  async sign(payload, secret, now) {
    const body = utf8(JSON.stringify(payload)).slice();
    const id = await messageIdFor(body, webHash);
    const signature = await signMessage({ id, body, now }, { secret, hash: webHash });
    return { headers: { 'content-type': 'application/json', ...signature }, body };
  },

  /** In the recommended form, whatever fields were chosen for the sender's own. */
  canary: (sentAt) => ({
    type: CANARY_EVENT,
    timestamp: new Date(sentAt).toISOString(),
    data: { sentAt },
  }),
});

const prove = async (
  request: RawRequest,
  tools: ProofTools,
  { time }: ChosenFields,
): Promise<Proof> => {
  const proof = await proveMessage(request, tools);
  if (!proof.proved) return proof;
  const body = bodyOf(request.body);
  return { proved: true, sourceTime: (body && timeAt(body, time)) ?? 0, messageId: proof.id };
};

const bodyOf = (bytes: Uint8Array): Foreign | undefined => {
  try {
    return objectOf(JSON.parse(strictTextOf(bytes)));
  } catch {
    return undefined;
  }
};

const unknown = (reason: string, event?: string): Normalised => ({
  understood: false,
  reason,
  ...(event !== undefined && { event }),
});

const normalise = (
  name: string,
  fields: ChosenFields,
  { account, body: bytes, headers }: NormaliserInput,
): Normalised => {
  const body = bodyOf(bytes);
  if (!body) return unknown('the body is not a JSON object');
  const sentAt = canarySentAt(body);
  if (sentAt !== undefined) return { understood: true, canary: true, sentAt };
  const event = eventAt(body, fields.event);
  if (event === undefined) return unknown(`no name of an event at ${fields.event}`);
  const occurredAt = timeAt(body, fields.time);
  if (occurredAt === undefined) return unknown(`no time at ${fields.time}`, event);
  const own = fields.id === undefined ? idOfMessage(headers) : idAt(body, fields.id);
  if (own === undefined)
    return unknown(`no id at ${fields.id ?? 'the header of the message’s id'}`, event);
  const kept = textOfBody(body);
  if (kept === undefined) return unknown('the body holds what JSON cannot keep', event);
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

const canarySentAt = (body: Foreign): number | undefined =>
  body['type'] === CANARY_EVENT ? timeAt(body, '/timestamp') : undefined;

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
