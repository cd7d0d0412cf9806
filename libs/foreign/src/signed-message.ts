import { joinBytes, sameDigest, utf8, type Code, type Hash, type Secret } from '#libs/kernel';

import { base64Of, bytesOfBase64 } from './base64.js';
import { hmacSha256 } from './hmac.js';
import { PRIVATE, PUBLIC, signEd25519, verifyEd25519 } from './signing-key.js';

/**
 * Standard Webhooks, which Svix sends too: signed are the message's id, the time of this attempt and the
 * raw body. `v1` is HMAC-SHA256 with a `whsec_` secret, `v1a` ed25519 against a `whpk_` key.
 */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Judges the time of the attempt; what waits in quarantine is judged as of then. */
  readonly receivedAt: number;
}

export type MessageProof =
  /** `id` stays the same when the message is sent again; `sentAt`, in ms, does not. */
  | { readonly proved: true; readonly id: string; readonly sentAt: number }
  | { readonly proved: false; readonly code: Code };

export interface MessageKeys {
  readonly secrets: readonly Secret[];
  readonly hash: Hash;
  /** In place of the usual window. */
  readonly withinMs?: number;
}

/** Which headers a proof reads. */
export const SIGNATURE_HEADERS: readonly string[] = ['svix', 'webhook'].flatMap((family) =>
  ['id', 'timestamp', 'signature'].map((name) => `${family}-${name}`),
);

const TOLERANCE_MS = 5 * 60_000;
/** A rotation signs with two; more is somebody who lets us compute. */
const MOST_SIGNATURES = 8;

const refused = (code: Code): MessageProof => ({ proved: false, code });

export const proveMessage = async (
  { headers, body, receivedAt }: SignedMessage,
  { secrets, hash, withinMs = TOLERANCE_MS }: MessageKeys,
): Promise<MessageProof> => {
  const signed = signedIn(headers);
  if (!signed) return refused('INTAKE_SIGNATURE_INVALID');
  const sentAt = Number(signed.timestamp) * 1000;
  if (!(Math.abs(receivedAt - sentAt) <= withinMs)) return refused('INTAKE_SIGNATURE_EXPIRED');
  const signatures = signaturesIn(signed.signature);
  const content = contentOf(signed, body);
  const symmetric = secrets.filter((secret) => !secret.reveal().startsWith(PUBLIC));
  const asymmetric = secrets.filter((secret) => secret.reveal().startsWith(PUBLIC));
  const matches =
    (await countOfHmac(signatures.v1, content, symmetric, hash)) +
    (await countOfEd25519(signatures.v1a, content, asymmetric));
  return matches > 0
    ? { proved: true, id: signed.id, sentAt }
    : refused('INTAKE_SIGNATURE_INVALID');
};

/**
 * An id that follows from the payload, so what is sent again counts once, as when a sender repeats itself. It is
 * shorter than Svix's own, which say a time: nobody knows when a sample was made.
 */
export const messageIdFor = async (body: Uint8Array, hash: Hash): Promise<string> => {
  const [digest = new Uint8Array()] = await hash([body]);
  return `msg_${base64Of(digest)
    .replaceAll(/[^A-Za-z0-9]/g, '')
    .slice(0, 24)}`;
};

/** The headers of a message that is sent at `now`, as the sender with this secret writes them. */
export const signMessage = async (
  message: { readonly id: string; readonly body: Uint8Array; readonly now: number },
  { secret, hash }: { readonly secret: Secret; readonly hash: Hash },
  names: 'svix' | 'webhook' = 'webhook',
): Promise<Readonly<Record<string, string>>> => {
  const timestamp = String(Math.floor(message.now / 1000));
  const content = contentOf({ id: message.id, timestamp }, message.body);
  return {
    [`${names}-id`]: message.id,
    [`${names}-timestamp`]: timestamp,
    [`${names}-signature`]: await signatureOf(content, secret, hash),
  };
};

const signatureOf = async (content: Uint8Array, secret: Secret, hash: Hash): Promise<string> => {
  if (secret.reveal().startsWith(PRIVATE))
    return `v1a,${base64Of(await signEd25519(content, secret))}`;
  const [mac = new Uint8Array()] = await hmacSha256(content, [secret], hash);
  return `v1,${base64Of(mac)}`;
};

interface Signed {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
}

const ID = /^[\x21-\x7e]{1,256}$/;
const SECONDS = /^[1-9]\d{0,10}$/;

/** Three headers of one family; Svix's own names come first where both are there. */
const signedIn = (headers: SignedMessage['headers']): Signed | undefined => {
  const family = headers['svix-id'] === undefined ? 'webhook' : 'svix';
  const id = headers[`${family}-id`] ?? '';
  const timestamp = headers[`${family}-timestamp`] ?? '';
  const signature = headers[`${family}-signature`];
  if (signature === undefined || !ID.test(id) || !SECONDS.test(timestamp)) return undefined;
  return { id, timestamp, signature };
};

const contentOf = ({ id, timestamp }: Omit<Signed, 'signature'>, body: Uint8Array): Uint8Array =>
  joinBytes(utf8(`${id}.${timestamp}.`), body);

/** Versions that nobody here knows prove nothing, and spoil nothing. */
const signaturesIn = (header: string): Record<'v1' | 'v1a', Uint8Array[]> => {
  const found: Record<'v1' | 'v1a', Uint8Array[]> = { v1: [], v1a: [] };
  for (const entry of header.split(' ', MOST_SIGNATURES)) {
    const comma = entry.indexOf(',');
    const version = entry.slice(0, comma);
    if (version !== 'v1' && version !== 'v1a') continue;
    const bytes = bytesOfBase64(entry.slice(comma + 1));
    if (bytes) found[version].push(bytes);
  }
  return found;
};

/** Each signature against each secret, even after one fits, so that the time says nothing. */
const countOfHmac = async (
  signatures: readonly Uint8Array[],
  content: Uint8Array,
  secrets: readonly Secret[],
  hash: Hash,
): Promise<number> => {
  if (signatures.length === 0 || secrets.length === 0) return 0;
  let matches = 0;
  for (const mac of await hmacSha256(content, secrets, hash))
    for (const signature of signatures) matches += sameDigest(mac, signature) ? 1 : 0;
  return matches;
};

const countOfEd25519 = async (
  signatures: readonly Uint8Array[],
  content: Uint8Array,
  secrets: readonly Secret[],
): Promise<number> => {
  const verdicts = secrets.flatMap((secret) =>
    signatures.map((signature) => verifyEd25519(content, signature, secret)),
  );
  return (await Promise.all(verdicts)).filter(Boolean).length;
};
