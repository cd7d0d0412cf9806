import { fault } from '#libs/kernel';
import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';

const ISSUER = 'https://accounts.google.com';

/** Who may call, and whose word for it is taken. */
export interface KnownCaller {
  /** For whom the token is made. */
  readonly audience: string;
  /** Address of the service account. */
  readonly caller: string;
  readonly keys: JWTVerifyGetKey;
}

/** Fetched when they are first needed, and kept for ten minutes. */
export const keysAt = (url: string): JWTVerifyGetKey => createRemoteJWKSet(new URL(url));

/**
 * Throws `BACKUP_WATCH_REFUSED` for anything but a live token of Google's that this service account was given for us. Why it
 * is wrong is nobody's business who shows a wrong one.
 */
export const proveCaller =
  ({ audience, caller, keys }: KnownCaller) =>
  async (authorization: string | undefined, now: number): Promise<void> => {
    const [, token] = /^Bearer ([^\s]+)$/i.exec(authorization ?? '') ?? [];
    if (token === undefined) throw fault('BACKUP_WATCH_REFUSED');
    const { email, email_verified: isVerified } = await claimsOf(token, keys, {
      ...{ audience, issuer: ISSUER, algorithms: ['RS256'] },
      ...{ requiredClaims: ['exp', 'iat', 'email'], currentDate: new Date(now) },
    });
    if (email !== caller || isVerified !== true) throw fault('BACKUP_WATCH_REFUSED');
  };

interface GoogleClaims {
  readonly email?: unknown;
  readonly email_verified?: unknown;
}

const claimsOf = async (
  token: string,
  keys: JWTVerifyGetKey,
  rules: Parameters<typeof jwtVerify>[2],
): Promise<GoogleClaims> => {
  try {
    return (await jwtVerify<GoogleClaims>(token, keys, rules)).payload;
  } catch (cause) {
    throw fault(isOfToken(cause) ? 'BACKUP_WATCH_REFUSED' : 'BACKUP_WATCH_UNPROVED', { cause });
  }
};

/** What the token itself is refused for. Else the keys could not be had, and the same token may be right. */
const isOfToken = (thrown: unknown): boolean =>
  thrown instanceof errors.JOSEError &&
  !(thrown instanceof errors.JWKSTimeout || thrown instanceof errors.JWKSInvalid) &&
  thrown.code !== 'ERR_JOSE_GENERIC';
