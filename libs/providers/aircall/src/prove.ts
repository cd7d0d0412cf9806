import { instantOfSeconds, proveToken } from '#libs/foreign';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

/** This provider signs nothing: the one proof is a token inside the body. */
export const prove = (
  { body }: Pick<RawRequest, 'body'>,
  { secrets }: Pick<ProofTools, 'secrets'>,
): Proof => {
  const proof = proveToken(body, secrets);
  return proof.proved
    ? { proved: true, sourceTime: instantOfSeconds(proof.timestamp) ?? 0 }
    : proof;
};
