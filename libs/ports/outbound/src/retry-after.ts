import type { OutboundAnswer } from './outbound.port.js';

const SECONDS = /^\d{1,9}(?:\.\d{1,9})?$/;

/** What `Retry-After` asks for, in ms: seconds, or a date. `undefined` where it says nothing we can read. */
export const retryAfter = (
  { headers }: Pick<OutboundAnswer, 'headers'>,
  now: number,
): number | undefined => {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (SECONDS.test(value)) return Math.ceil(Number(value) * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
