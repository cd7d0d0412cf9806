import { utf8, utf8Before } from '#libs/kernel';
import type { RawRequest } from '#libs/ports/provider';

/**
 * What makes two deliveries the same one: the provider's message id where it sends one, else every
 * byte. Never the time of receipt, so a repeated delivery has the same id.
 */
export const deliveryDigestInput = (
  { source, body }: RawRequest,
  messageId: string | undefined,
): Uint8Array => utf8Before(`${source}\0`, messageId === undefined ? body : utf8(messageId));
