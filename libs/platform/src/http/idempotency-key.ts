import { fault } from '#libs/kernel';

/** As in draft-ietf-httpapi-idempotency-key-header: any visible text. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The key of a request that may be repeated, from its header. */
export const idempotencyKey = (header: string | undefined): string | undefined => {
  if (header !== undefined && !KEY.test(header))
    throw fault('API_REQUEST_INVALID', {
      details: { part: 'Idempotency-Key', problem: 'invalid' },
    });
  return header;
};
