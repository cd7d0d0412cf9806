import { joinBytes, utf8, type Hash } from '#libs/kernel';
import type { RawRequest } from '#libs/ports/provider';

/**
 * What makes two deliveries the same one: the provider's message id where it sends one, else every
 * byte. Never the time of receipt, so a repeated delivery has the same id.
 */
export const deliveryDigest = (
  hash: Hash,
  { source, body }: Pick<RawRequest, 'source' | 'body'>,
  messageId: string | undefined,
): ReturnType<Hash> =>
  hash([joined(`${source}\0`, messageId === undefined ? body : utf8(messageId))]);

/** Used again for each delivery: a hash has read its inputs when it returns. */
const scratch = new Uint8Array(16 * 1024);
const encoder = new TextEncoder();

const joined = (name: string, what: Uint8Array): Uint8Array => {
  if (name.length * 3 + what.length > scratch.length) return joinBytes(utf8(name), what);
  const { written } = encoder.encodeInto(name, scratch);
  scratch.set(what, written);
  return scratch.subarray(0, written + what.length);
};
