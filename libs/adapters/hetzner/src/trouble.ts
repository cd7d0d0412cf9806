import { fault, type Clock, type Fault } from '#libs/kernel';

import { wire } from './wire.js';

/** Hetzner understood, and said no to this one call. */
export interface HetznerRefusal {
  readonly status: number;
  readonly code: string;
}

/** A code is a word of the vendor's list. Anything else in its place stays where it is. */
const CODE = /^[a-z][a-z0-9_]{0,63}$/;

export const detailsOf = ({ status, code }: HetznerRefusal): Record<string, string | number> => ({
  status,
  answer: CODE.test(code) ? code : 'odd',
});

export const unreachable = (reason: string): Fault =>
  fault('FLEET_UNREACHABLE', { details: { reason } });

/** Not about what was asked: it may be asked again, or nobody may ask. */
const AWAY = new Set(['maintenance', 'service_error', 'unavailable', 'server_error', 'timeout']);

/** The token is good; this one thing cannot be done. */
const ABOUT_ONE_CALL = new Set(['protected', 'resource_limit_exceeded']);

/** Throws what says nothing about what was asked. */
export const refusalIn = (response: Response, body: unknown, clock: Clock): HetznerRefusal => {
  const { status, headers } = response;
  const parsed = wire.refusal.safeParse(body);
  const refusal = { status, code: parsed.data?.error.code ?? 'none' };
  const details = detailsOf(refusal);
  if (status === 429) {
    const retryAfterMs = waitUntilNextCall(headers, clock.now());
    throw fault('FLEET_THROTTLED', { details, retryAfterMs });
  }
  if (status === 408 || status >= 500 || AWAY.has(refusal.code))
    throw fault('FLEET_UNREACHABLE', { details });
  if (status === 401) throw fault('FLEET_ACCESS_DENIED', { details });
  // A page of something between us and Hetzner says nothing either.
  if (!parsed.success) throw fault('FLEET_UNREACHABLE', { details });
  if (status === 403 && !ABOUT_ONE_CALL.has(refusal.code))
    throw fault('FLEET_ACCESS_DENIED', { details });
  return refusal;
};

const SECOND = 1_000;
const LONGEST_MS = 60_000;

/**
 * Calls come back evenly, and `Reset` is when all of them are back: the next one comes long before. With the usual 3600
 * an hour that is a second.
 */
export const waitUntilNextCall = (headers: Headers, now: number): number => {
  const limit = Number(headers.get('ratelimit-limit') ?? Number.NaN);
  const left = Number(headers.get('ratelimit-remaining') ?? 0);
  const reset = Number(headers.get('ratelimit-reset') ?? Number.NaN) * 1_000;
  const each = (reset - now) / Math.max(1, limit - left);
  if (!Number.isFinite(each)) return SECOND;
  return Math.min(LONGEST_MS, Math.max(SECOND, Math.ceil(each)));
};
