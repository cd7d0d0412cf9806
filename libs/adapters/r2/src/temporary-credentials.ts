import { SignJWT } from 'jose';

import { fault, Secret, toHex, utf8 } from '#libs/kernel';

import { repositoryActions, type R2Action } from './actions.js';
import { accountOf } from './is-r2.js';

export interface R2CredentialsOrder {
  readonly bucket: string;
  /** Keys that begin so, with its `/` at the end. Empty: the whole bucket. */
  readonly prefix: string;
  /** An API token of R2: its id and its secret. It can do all that is lent, and is never lent itself. */
  readonly parentKey: string;
  readonly parentSecret: Secret;
  /** Without a scheme. The credentials work there and nowhere else. */
  readonly endpointHost: string;
  /** Missing: the one that the endpoint names. */
  readonly accountId?: string;
  /** Missing: all that a repository needs. */
  readonly actions?: readonly R2Action[];
  readonly now: number;
  /** In ms since 1970, as `now`: from then on R2 refuses them. */
  readonly until: number;
}

export interface TemporaryCredentials {
  readonly accessKey: string;
  readonly accessSecret: Secret;
  readonly sessionToken: Secret;
}

/** Our clock may be ahead of theirs: a token of the future could be refused. */
const BEFORE_S = 60;

/**
 * Credentials for one bucket, one prefix, some actions and a time, signed here: nobody is asked and nothing is stored. R2
 * knows its own token again by the signature. They end at their time, or at once when the parent is revoked.
 */
export const temporaryCredentials = async (
  order: R2CredentialsOrder,
): Promise<TemporaryCredentials> => {
  const { bucket, prefix, parentKey, parentSecret, endpointHost, now, until } = order;
  const account = order.accountId ?? accountOf(endpointHost);
  if (account === undefined)
    throw fault('DEFECT_UNKNOWN', { details: { reason: 'no account of R2' } });
  const jwt = await new SignJWT({
    bucket,
    scope: 'object-read-write',
    actions: [...(order.actions ?? repositoryActions)],
    ...(prefix !== '' && { paths: { prefixPaths: [prefix], objectPaths: [] } }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(account)
    .setIssuer(parentKey)
    .setAudience(endpointHost)
    .setIssuedAt(Math.floor(now / 1000) - BEFORE_S)
    .setExpirationTime(Math.floor(until / 1000))
    .sign(utf8(parentSecret.reveal()));
  const sum = await crypto.subtle.digest('SHA-256', utf8(jwt));
  return {
    accessKey: parentKey,
    accessSecret: new Secret(toHex(new Uint8Array(sum))),
    sessionToken: new Secret(btoa(`jwt/${jwt}`)),
  };
};
