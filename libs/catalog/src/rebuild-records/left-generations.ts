import type { Clock } from '#libs/kernel';
import type { Documents } from '#libs/ports/documents';

import { createGenerations } from '../project-records/generation.js';
import { createRebuildRequests } from './rebuild-requests.js';

/** Generations that hold records nobody reads, while no rebuild is asked for: what was broken off left them. */
export const leftGenerations =
  (ports: { readonly documents: Documents; readonly clock: Clock }) =>
  async (): Promise<readonly number[]> =>
    (await createRebuildRequests(ports).next()) ? [] : createGenerations(ports).left();
