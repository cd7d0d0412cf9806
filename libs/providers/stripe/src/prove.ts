import { hmacSha256, instantOfSeconds } from '#libs/foreign';
import { fromHex, joinBytes, sameDigest, toHex, utf8, type Hash, type Secret } from '#libs/kernel';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

import { bodyOf, eventIdOf } from './read-body.js';

export const SIGNATURE_HEADER = 'stripe-signature';

const TOLERANCE_MS = 5 * 60_000;
const MOST_SIGNATURES = 8;
const HEX = /^[0-9a-f]{64}$/;

/** Signed are the time of this attempt and the raw body: `t=<seconds>,v1=<hex>`, several while a secret is rolled. */
export const prove = async (
  { headers, body, receivedAt }: RawRequest,
  { secrets, hash }: ProofTools,
): Promise<Proof> => {
  const { time, signatures } = partsOf(headers[SIGNATURE_HEADER] ?? '');
  const sentAt = instantOfSeconds(Number(time));
  if (sentAt === undefined || signatures.length === 0)
    return { proved: false, code: 'INTAKE_SIGNATURE_INVALID' };
  if (Math.abs(receivedAt - sentAt) > TOLERANCE_MS)
    return { proved: false, code: 'INTAKE_SIGNATURE_EXPIRED' };
  let matches = 0;
  // Each against each, whichever fits: the time tells nothing.
  for (const mac of await macsOf(time, body, secrets, hash))
    for (const signature of signatures) matches += sameDigest(mac, signature) ? 1 : 0;
  if (matches === 0) return { proved: false, code: 'INTAKE_SIGNATURE_INVALID' };
  const event = bodyOf(body);
  const messageId = event && eventIdOf(event);
  return {
    proved: true,
    sourceTime: instantOfSeconds(event?.created) ?? 0,
    ...(messageId !== undefined && { messageId }),
  };
};

export const signatureFor = async (
  body: Uint8Array,
  secret: Secret,
  { now, hash }: { readonly now: number; readonly hash: Hash },
): Promise<string> => {
  const time = String(Math.floor(now / 1000));
  const [mac = new Uint8Array()] = await macsOf(time, body, [secret], hash);
  return `t=${time},v1=${toHex(mac)}`;
};

const asItStands = (secret: string): Uint8Array => utf8(secret).slice();

/** Unlike Standard Webhooks, the secret is the key as it stands, `whsec_` and all. */
const macsOf = (
  time: string,
  body: Uint8Array,
  secrets: readonly Secret[],
  hash: Hash,
): Promise<readonly Uint8Array[]> =>
  hmacSha256(joinBytes(utf8(`${time}.`), body), secrets, hash, asItStands);

/** Schemes that nobody here knows (`v0` is of test events) prove nothing, and spoil nothing. */
const partsOf = (header: string): { time: string; signatures: Uint8Array[] } => {
  let time = '';
  const signatures: Uint8Array[] = [];
  for (const part of header.split(',', MOST_SIGNATURES)) {
    const [name, value = ''] = part.trim().split('=', 2);
    if (name === 't' && /^\d{1,11}$/.test(value)) time = value;
    if (name === 'v1' && HEX.test(value)) signatures.push(fromHex(value));
  }
  return { time, signatures };
};
