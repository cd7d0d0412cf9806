import { type Foreign, instantOfSeconds, objectOf } from '#libs/foreign';
import { sameDigest, strictTextOf, utf8, type Hash, type Secret } from '#libs/kernel';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

import { countTopKey, isPlainly } from './scan-body.js';

const unreadable: Proof = { proved: false, code: 'INTAKE_BODY_UNREADABLE' };
const invalid: Proof = { proved: false, code: 'INTAKE_TOKEN_INVALID' };

/** This provider signs nothing: the one proof is a token inside the body, so that is read first. */
export const prove = async (
  { body }: Pick<RawRequest, 'body'>,
  { secrets, hash }: ProofTools,
): Promise<Proof> => {
  const envelope = envelopeOf(body);
  if (!envelope) return unreadable;
  const { token } = envelope;
  if (typeof token !== 'string' || token === '') return invalid;
  const [digests, [given]] = await Promise.all([digestsOf(secrets, hash), hash([utf8(token)])]);
  if (!given) return invalid;
  // Every secret is compared, whichever fits: the time tells nothing.
  let matches = 0;
  for (const digest of digests) matches += sameDigest(digest, given) ? 1 : 0;
  if (matches === 0) return invalid;
  return { proved: true, sourceTime: instantOfSeconds(envelope.timestamp) ?? 0 };
};

const envelopeOf = (body: Uint8Array): Foreign | undefined => {
  try {
    const text = strictTextOf(body);
    return isPlainly(text, 'token') || hasAtMostOne(body, 'token')
      ? objectOf(JSON.parse(text))
      : undefined;
  } catch {
    return undefined;
  }
};

const hasAtMostOne = (body: Uint8Array, key: string): boolean => {
  const count = countTopKey(body, key);
  return count !== undefined && count <= 1;
};

const digests = new WeakMap<Secret, Uint8Array>();

const digestsOf = async (secrets: readonly Secret[], hash: Hash): Promise<Uint8Array[]> => {
  const fresh = secrets.filter((secret) => !digests.has(secret));
  if (fresh.length > 0) {
    const hashed = await hash(fresh.map((secret) => utf8(secret.reveal())));
    fresh.forEach((secret, i) => digests.set(secret, hashed[i] ?? new Uint8Array()));
  }
  return secrets.flatMap((secret) => digests.get(secret) ?? []);
};
