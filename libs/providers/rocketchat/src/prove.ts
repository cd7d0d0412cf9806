import { instant, proveToken } from '#libs/foreign';
import type { Proof, ProofTools, RawRequest } from '#libs/ports/provider';

/** A server without a token sends none, and then nobody can tell it from anybody. */
export const prove = (
  { body }: Pick<RawRequest, 'body'>,
  { secrets }: Pick<ProofTools, 'secrets'>,
): Proof => {
  const proof = proveToken(body, secrets);
  return proof.proved ? { proved: true, sourceTime: instant(proof.timestamp) ?? 0 } : proof;
};
