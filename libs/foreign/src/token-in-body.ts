import { sameAsSecret, strictTextOf, textOf, utf8, type Secret } from '#libs/kernel';

import { scanFields, type Span } from './scan-body.js';

export type TokenProof =
  | {
      readonly proved: true;
      /** What the body has as its time, in any form. */
      readonly timestamp: unknown;
    }
  | {
      readonly proved: false;
      readonly code: 'INTAKE_BODY_UNREADABLE' | 'INTAKE_TOKEN_INVALID';
    };

/**
 * For those who sign nothing: the one proof is a `token` at the top of the JSON body, so that is looked for
 * before anything is built of it.
 */
export const proveToken = (body: Uint8Array, secrets: readonly Secret[]): TokenProof => {
  const envelope = envelopeOf(body);
  if (!envelope) return { proved: false, code: 'INTAKE_BODY_UNREADABLE' };
  const token = envelope.token ? stringOf(body, envelope.token) : NOTHING;
  // Every secret is compared, even after one fits, so that the time says nothing.
  let matches = 0;
  if (token.length > 0)
    for (const secret of secrets) matches += sameAsSecret(token, bytesOf(secret)) ? 1 : 0;
  if (matches === 0) return { proved: false, code: 'INTAKE_TOKEN_INVALID' };
  return { proved: true, timestamp: envelope.timestamp && parsed(body, envelope.timestamp) };
};

interface TokenEnvelope {
  readonly token: Span | undefined;
  readonly timestamp: Span | undefined;
}

const TOKEN = utf8('token');
const TIMESTAMP = utf8('timestamp');
const QUOTE = 34;
const BACKSLASH = 92;
const NOTHING = new Uint8Array();

/** Where the fields stand that a proof needs. Of two tokens none is believed. */
const envelopeOf = (body: Uint8Array): TokenEnvelope | undefined => {
  let tokens = 0;
  let token: Span | undefined;
  let timestamp: Span | undefined;
  const readable = scanFields(body, (key, value) => {
    if (spells(body, key, TOKEN)) {
      tokens++;
      token = value;
    } else if (spells(body, key, TIMESTAMP)) timestamp = value;
  });
  return readable && tokens <= 1 && isUtf8(body) ? { token, timestamp } : undefined;
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    strictTextOf(bytes);
    return true;
  } catch {
    return false;
  }
};

/** A key may be spelled with escapes, which makes it longer: `tok\u0065n` is a token. */
const spells = (body: Uint8Array, key: Span, name: Uint8Array): boolean => {
  const length = key.to - key.from - 2;
  if (length < name.length || (length > name.length && !isEscaped(body, key))) return false;
  const spelled = stringOf(body, key);
  return spelled.length === name.length && spelled.every((byte, i) => byte === name[i]);
};

/** The characters of a string as UTF-8; nothing where the value is none. */
const stringOf = (body: Uint8Array, value: Span): Uint8Array => {
  if (body[value.from] !== QUOTE) return NOTHING;
  if (isEscaped(body, value)) return utf8(parsed(body, value) as string);
  return body.subarray(value.from + 1, value.to - 1);
};

const isEscaped = (body: Uint8Array, { from, to }: Span): boolean =>
  body.subarray(from, to).includes(BACKSLASH);

const parsed = (body: Uint8Array, { from, to }: Span): unknown =>
  JSON.parse(textOf(body.subarray(from, to)));

const known = new WeakMap<Secret, Uint8Array>();

const bytesOf = (secret: Secret): Uint8Array => {
  const bytes = known.get(secret) ?? utf8(secret.reveal());
  known.set(secret, bytes);
  return bytes;
};
