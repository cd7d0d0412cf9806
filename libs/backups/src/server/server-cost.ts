import type { FleetServer } from '#libs/ports/server-fleet';

import { HOUR_MS } from '../run/run-work.js';

/** What a server has cost by now: each hour that it began. Nothing where nobody can tell. */
export const serverCents = (
  { createdAt, centsPerHour }: Pick<FleetServer, 'createdAt' | 'centsPerHour'>,
  now: number,
): number | undefined => {
  if (centsPerHour === undefined) return undefined;
  const hours = Math.max(1, Math.ceil((now - createdAt) / HOUR_MS));
  return Math.round(hours * centsPerHour * 1000) / 1000;
};
