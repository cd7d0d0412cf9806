import { fault, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

/** Requests for tokens, refused ones too, in any 24 hours. */
export const QUOTA_PER_DAY = 5;

const collection: Collection = { name: 'provider_tokens', fields: [] };

/** What is known of the tokens of one account: the present one, and what asking for it has cost. */
export interface Quota {
  readonly id: string;
  /** 0: nothing is stored yet. */
  readonly version: number;
  /** Keyed hash of the credentials that all this is about. */
  readonly credentials: string;
  readonly requestedAt: readonly number[];
  /** The provider said not to ask before. */
  readonly notBefore: number;
  /** These credentials were refused with this status: they are not tried again. */
  readonly refused?: number;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly sealed?: Uint8Array;
}

export const readQuota = async (
  documents: Documents,
  id: string,
  credentials: string,
): Promise<Quota> => {
  const [found] = await documents.get(collection, [id]);
  const none = { requestedAt: [], notBefore: 0, madeAt: 0, expiresAt: 0 };
  const version = found?.version ?? 0;
  const body = (found?.body ?? {}) as unknown as Partial<Quota>;
  if (body.credentials !== credentials) return { id, version, credentials, ...none };
  return {
    ...none,
    ...body,
    id,
    version,
    credentials,
    ...(found?.bytes && { sealed: found.bytes }),
  };
};

/** Compare and set: the second one lost its lease and must not write any more. */
export const changeQuota = async (
  documents: Documents,
  before: Quota,
  change: Partial<Quota>,
): Promise<Quota> => {
  const after = { ...before, ...change };
  const { id, version, sealed, credentials, requestedAt, notBefore, refused } = after;
  const body: JsonObject = {
    ...{ credentials, requestedAt, notBefore },
    ...(refused !== undefined && { refused }),
    ...{ madeAt: after.madeAt, expiresAt: after.expiresAt },
  };
  const document = { id, body, ...(sealed && { bytes: sealed }) };
  const swapped = await documents.swap(collection, document, version);
  if (!swapped.swapped)
    throw fault('PROVIDER_API_FAILED', { details: { provider: 'guesty', entity: 'token' } });
  return { ...after, version: swapped.version };
};
