import type { Journal } from '#libs/journal';
import type { Clock, Hash, Id } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { createDeliveries, type Packer } from './deliveries/deliveries.js';
import type { QuarantineGuard } from './quarantine/quarantine-guard.js';
import { createQuarantine } from './quarantine/quarantine.js';
import { quarantinedMentioning } from './quarantine/quarantined-mentioning.js';
import { readQuarantine } from './quarantine/read-quarantine.js';
import { readDeliveries } from './read-deliveries/read-deliveries.js';
import { handInDelivery } from './hand-in-delivery/hand-in-delivery.js';
import { createHistoryRuns, isRepair } from './read-history/history-runs.js';
import {
  endHistory,
  failHistory,
  holdHistory,
  readHistory,
  stopHistory,
} from './read-history/read-history.js';
import { createSyncSources } from './read-history/sync-sources.js';
import { receiveAnswers } from './receive-answers/receive-answers.js';
import type { Allowance } from './receive-delivery/allowance.js';
import { receiveDelivery } from './receive-delivery/receive-delivery.js';
import { refreshEntity, type ProviderApis } from './refresh-entity/refresh-entity.js';
import { createWantedEntities } from './refresh-entity/wanted-entities.js';
import { reprocessDeliveries } from './reprocess-deliveries/reprocess-deliveries.js';
import type { FollowedReaders, Sources } from './sources.js';
import { takeInDeliveries, type Noticed } from './take-in-deliveries/take-in-deliveries.js';
import { expectedTold } from './watch-webhooks/expected-told.js';
import { firstToldAfter, lastTold, watchWebhooks } from './watch-webhooks/watch-webhooks.js';

/** What a door needs, at the Swarm and at the edge. */
export interface DoorParts {
  readonly sources: Sources;
  readonly bus: Pick<Bus, 'publish'>;
  readonly hash: Hash;
  /** How much unproved bytes may be kept. */
  readonly quarantineAllowance: Allowance;
}

export interface IntakeParts extends DoorParts {
  readonly bus: Bus;
  /** Readers of other followed collections, by name; missing where none is followed. */
  readonly followed?: FollowedReaders | undefined;
  readonly log: Pick<EventLog, 'head' | 'read'>;
  readonly journal: Journal;
  readonly documents: Documents;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly packer: Packer;
  /** The providers that this process may ask; empty where no role asks. */
  readonly apis: ProviderApis;
  /** Told what became of deliveries once they are in the log. */
  readonly notice: (noticed: readonly Noticed[]) => void;
  readonly rawRetentionMs: number;
  readonly quarantineRetentionMs: number;
  readonly quarantineMaxBytes: number;
  /** What is let into the quarantine beside the cap. */
  readonly quarantineGuard: QuarantineGuard;
  /** Where providers reach our doors, without a path. */
  readonly publicUrl: string;
}

/** The part of intake that an edge can have: it proves and publishes, and keeps nothing. */
export const composeDoor = (parts: DoorParts) => ({
  sources: parts.sources,
  receive: receiveDelivery(parts),
});

/** Every use case of intake. Composing does no I/O, starts nothing and reads no clock. */
export const composeIntake = (parts: IntakeParts) => {
  const kept = createDeliveries({ ...parts, retentionMs: parts.rawRetentionMs });
  return {
    ...composeDoor(parts),
    ...composeAsking(parts),
    handIn: handInDelivery(parts),
    takeIn: takeInDeliveries({ ...parts, deliveries: kept }),
    deliveries: readDeliveries(parts),
    rawDelivery: (id: Id) => kept.raw(id),
    reprocess: reprocessDeliveries({ ...parts, deliveries: kept }),
    quarantine: createQuarantine({
      ...parts,
      retentionMs: parts.quarantineRetentionMs,
      maxBytes: parts.quarantineMaxBytes,
      guard: parts.quarantineGuard,
    }),
    quarantined: readQuarantine(parts),
    quarantinedMentioning: quarantinedMentioning(parts),
  };
};

export type Intake = ReturnType<typeof composeIntake>;

/** What intake asks providers for, and how their webhooks are watched. */
const composeAsking = (parts: IntakeParts) => {
  const runs = createHistoryRuns(parts);
  const entities = createWantedEntities(parts);
  const webhooks = {
    watch: watchWebhooks(parts),
    lastTold: lastTold(parts),
    firstToldAfter: firstToldAfter(parts),
    expectedTold: expectedTold(parts),
  };
  const asking = { ...parts, runs, wanted: entities, receive: receiveAnswers(parts) };
  return {
    apis: parts.apis,
    entities,
    refresh: refreshEntity(asking),
    history: {
      runs,
      isRepair,
      read: readHistory({ ...asking, lastTold: webhooks.lastTold }),
      fail: failHistory(asking),
      hold: holdHistory(asking),
      stop: stopHistory(asking),
      end: endHistory(asking),
    },
    syncSources: createSyncSources(parts),
    webhooks,
  };
};
