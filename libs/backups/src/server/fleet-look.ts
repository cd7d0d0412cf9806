import type { Json } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import type { ReapReason } from './reaped-servers.js';

/** A server of this environment, as it stood when somebody looked. */
export interface StandingServer {
  /** As the fleet calls it. */
  readonly id: string;
  readonly name: string;
  readonly run: string;
  /** Why it stands though no run needs it, and since when that is known. Missing: a run needs it. */
  readonly left?: { readonly why: ReapReason; readonly since: number };
  readonly overdue?: OverdueMark;
}

/** Somebody whose clock may be wrong found that the time of a server is over, or that nobody works at its run. */
export interface OverdueMark {
  /** When somebody first found so. */
  readonly since: number;
  /** When the sign was seen. */
  readonly at: number;
  /** What those who work with it had written last. It changes as long as they live. */
  readonly sign: string;
}

/** The last look at the fleet: one document, so that the next look, of any process, knows what the last one saw. */
export interface FleetLook {
  readonly at: number;
  readonly standing: readonly StandingServer[];
}

export const fleetLooks: Collection = { name: 'backup_fleet_looks', fields: [] };
const NEWEST = 'newest';

export const readFleetLook = async ({
  documents,
}: {
  readonly documents: Documents;
}): Promise<{
  readonly look: FleetLook | undefined;
  readonly version: number;
}> => {
  const [found] = await documents.get(fleetLooks, [NEWEST]);
  return {
    look: found && (found.body as unknown as FleetLook),
    version: found?.version ?? 0,
  };
};

/** Where somebody else looked meanwhile, theirs stays: both saw the same fleet. */
export const writeFleetLook = async (
  { documents }: { readonly documents: Documents },
  look: FleetLook,
  version: number,
): Promise<void> => {
  const body = JSON.parse(JSON.stringify(look)) as Json;
  await documents.swap(fleetLooks, { id: NEWEST, body }, version);
};
