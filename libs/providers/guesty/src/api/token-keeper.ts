import { objectOf, parsedJson, text, unreadable, whole } from '#libs/foreign';
import {
  asFault,
  CLOCKS_APART_MS,
  fault,
  Secret,
  textOf,
  toHex,
  utf8,
  type Clock,
} from '#libs/kernel';
import type { Documents, Leases } from '#libs/ports/documents';
import type { Keys } from '#libs/ports/keys';
import type { Outbound, OutboundAnswer } from '#libs/ports/outbound';

import { changeQuota, QUOTA_PER_DAY, readQuota, type Quota } from './token-quota.js';

export interface GuestyCredentials {
  readonly clientId: string;
  readonly clientSecret: Secret;
}

export interface TokenKeeperOptions {
  readonly outbound: Outbound;
  readonly documents: Documents;
  readonly leases: Leases;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly credentials: GuestyCredentials;
  /** Whose token it is: `main`. */
  readonly account: string;
  /** One name per process, new with each start. */
  readonly holder: string;
  readonly url: string;
}

export interface AccessToken {
  readonly secret: Secret;
  readonly expiresAt: number;
  readonly madeAt: number;
}

export interface TokenKeeper {
  /** The token of this deployment; `refused` is the one that the API no longer takes. */
  token(refused?: AccessToken): Promise<AccessToken>;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** So near to its end a token is renewed; while that fails it is used to the last minute. */
const RENEW_MS = 30 * MINUTE;
const LAST_MS = MINUTE;
/** After a request that gave none, by how many there were. */
const WAITS = [5 * MINUTE, 30 * MINUTE, 2 * HOUR];
/** A token this young that is refused says nothing of its age: another would be refused, too. */
const YOUNG_MS = HOUR;
/** Of our own waits, and of the quota; a provider that says more is asked again after this. */
const LONGEST_WAIT_MS = 24 * HOUR;
const LEASE = { ttlMs: 90_000, looks: 120, everyMs: 500 };

/**
 * Five tokens a day are all there are, for all replicas and restarts together. So the token lies in `documents`,
 * sealed. One replica at a time asks for another. Each request is counted before it is sent, so that a crash cannot
 * spend a token unseen. After a refusal it waits before it asks again.
 */
export const tokenKeeper = (options: TokenKeeperOptions): TokenKeeper => {
  let held: AccessToken | undefined;
  let renewing: Promise<AccessToken> | undefined;

  const fits = (token: AccessToken | undefined, refused: AccessToken | undefined, leftMs: number) =>
    token !== undefined &&
    token.expiresAt - options.clock.now() > leftMs &&
    token.secret.reveal() !== refused?.secret.reveal();

  const renew = async (refused: AccessToken | undefined): Promise<AccessToken> => {
    const { leases, holder, account } = options;
    const name = `provider-token/guesty/${account}`;
    for (let looks = 0; looks < LEASE.looks; looks++) {
      const stored = await readStored(options);
      if (stored.token && fits(stored.token, refused, RENEW_MS)) return stored.token;
      const lease = await leases.acquire(name, holder, LEASE.ttlMs);
      if (!lease) {
        // The one that renews it is nearly done; until then the old one may work.
        if (stored.token && fits(stored.token, refused, LAST_MS)) return stored.token;
        await options.sleep(LEASE.everyMs);
        continue;
      }
      try {
        const again = await readStored(options);
        if (again.token && fits(again.token, refused, RENEW_MS)) return again.token;
        return await newToken(options, again, refused).catch((thrown: unknown) => {
          if (again.token && fits(again.token, refused, LAST_MS)) return again.token;
          throw thrown;
        });
      } finally {
        await leases.release(name, holder, lease.term);
      }
    }
    throw fault('PROVIDER_API_FAILED', { details: { provider: 'guesty', entity: 'token' } });
  };

  const keep = async (refused: AccessToken | undefined): Promise<AccessToken> => {
    try {
      return await renew(refused);
    } catch (thrown) {
      if (held && fits(held, refused, LAST_MS)) return held;
      throw thrown;
    }
  };

  return {
    async token(refused) {
      for (;;) {
        if (held && fits(held, refused, RENEW_MS)) return held;
        renewing ??= keep(refused).finally(() => (renewing = undefined));
        held = await renewing;
        // The one that began it may not know yet that this one is refused.
        if (fits(held, refused, 0)) return held;
      }
    },
  };
};

interface KeptToken {
  readonly token: AccessToken | undefined;
  readonly quota: Quota;
}

const streamOf = ({ account }: TokenKeeperOptions): string => `provider-token/guesty/${account}`;

/** New credentials have a quota and a token of their own. */
const fingerprintOf = async ({ keys, credentials }: TokenKeeperOptions): Promise<string> => {
  const text = `${credentials.clientId}\n${credentials.clientSecret.reveal()}`;
  const [print = new Uint8Array()] = await keys.fingerprint([utf8(text)]);
  return toHex(print);
};

const readStored = async (options: TokenKeeperOptions): Promise<KeptToken> => {
  const quota = await readQuota(options.documents, streamOf(options), await fingerprintOf(options));
  if (!quota.sealed) return { token: undefined, quota };
  const stream = streamOf(options);
  const [plain] = await options.keys.open([{ stream, sealed: quota.sealed }]);
  const secret = plain && new Secret(textOf(plain));
  const { expiresAt, madeAt } = quota;
  return { token: secret && { secret, expiresAt, madeAt }, quota };
};

const newToken = async (
  options: TokenKeeperOptions,
  { quota }: KeptToken,
  refused: AccessToken | undefined,
): Promise<AccessToken> => {
  const now = options.clock.now();
  // What stands further ahead was written by a wrong clock and says nothing.
  const latest = now + CLOCKS_APART_MS;
  if (refused && refused.madeAt > now - YOUNG_MS && refused.madeAt <= latest) throw refusedBy(401);
  if (quota.refused) throw refusedBy(quota.refused);
  const spent = quota.requestedAt.filter((at) => at > now - 24 * HOUR && at <= latest);
  const oldest = spent.length >= QUOTA_PER_DAY ? Math.min(...spent) : undefined;
  const notBefore = quota.notBefore > latest + LONGEST_WAIT_MS ? 0 : quota.notBefore;
  const until = Math.max(notBefore, oldest === undefined ? 0 : oldest + 24 * HOUR);
  if (until > now) throw spentUntil(until - now);
  // In every case another replica waits a while, longer each time.
  const wait = WAITS[spent.filter((at) => at > quota.madeAt).length] ?? 6 * HOUR;
  const change = { requestedAt: [...spent, now], notBefore: now + wait };
  const counted = await changeQuota(options.documents, quota, change);
  return asked(options, counted, await requested(options, counted, quota));
};

/** What surely was not sent has cost nothing. */
const requested = async (
  options: TokenKeeperOptions,
  counted: Quota,
  { requestedAt }: Quota,
): Promise<OutboundAnswer> => {
  try {
    return await request(options);
  } catch (thrown) {
    if (asFault(thrown).code === 'OUTBOUND_UNREACHABLE')
      await changeQuota(options.documents, counted, { requestedAt, notBefore: 0 });
    throw thrown;
  }
};

const spentUntil = (retryAfterMs: number) =>
  fault('PROVIDER_API_TOKENS_SPENT', { details: { provider: 'guesty' }, retryAfterMs });

const refusedBy = (status: number) =>
  fault('PROVIDER_API_CREDENTIALS_REFUSED', { details: { provider: 'guesty', status } });

const request = ({ outbound, credentials, url }: TokenKeeperOptions): Promise<OutboundAnswer> =>
  outbound.send({
    method: 'POST',
    url: `${url}/oauth2/token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: new Secret(
      new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'open-api',
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret.reveal(),
      }).toString(),
    ),
    // Every request counts, the refused one too.
    once: true,
  });

const asked = async (
  { documents, keys, clock, ...options }: TokenKeeperOptions,
  quota: Quota,
  answer: OutboundAnswer,
): Promise<AccessToken> => {
  const about = { provider: 'guesty', entity: 'token' };
  if (answer.status === 429) {
    const seconds = Number(answer.headers['retry-after']);
    const waitMs = seconds > 0 ? seconds * 1000 : HOUR;
    await changeQuota(documents, quota, { notBefore: clock.now() + waitMs });
    throw spentUntil(waitMs);
  }
  if (answer.status >= 400 && answer.status < 500) {
    await changeQuota(documents, quota, { refused: answer.status });
    throw refusedBy(answer.status);
  }
  if (answer.status !== 200) throw fault('PROVIDER_API_FAILED', { details: about });
  const body = objectOf(parsedJson(answer.body));
  const value = text(body?.['access_token']);
  const seconds = whole(body?.['expires_in']);
  if (!value || !seconds) throw unreadable(about, value ? 'expires_in' : 'access_token');
  const madeAt = clock.now();
  const token = { secret: new Secret(value), madeAt, expiresAt: madeAt + seconds * 1000 };
  const stream = `provider-token/guesty/${options.account}`;
  const [sealed] = await keys.seal([{ stream, plain: utf8(value) }]);
  if (sealed)
    await changeQuota(documents, quota, {
      madeAt,
      expiresAt: token.expiresAt,
      notBefore: 0,
      sealed,
    });
  return token;
};
