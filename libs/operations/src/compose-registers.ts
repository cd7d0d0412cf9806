import type { Sources } from '#libs/intake';
import type { Journal } from '#libs/journal';
import type { Clock, Hash } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';
import type { EventLog } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

import { createAlerts } from './alerts/alerts.js';
import { createDeadLetters } from './dead-letters/dead-letters.js';
import { countSources, type SourceMeter } from './sources/count-sources.js';
import { createKnownSecrets } from './sources/known-secrets.js';
import { createTallies } from './sources/tallies.js';

export interface RegistersParts {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly documents: Documents;
  readonly keys: Keys;
  readonly bus: Bus;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly makeKey: () => Uint8Array;
  readonly sources: Sources;
  /** Whether deliveries of this source can be read: it has a door or an API here. */
  readonly isKnown: (source: string) => boolean;
  readonly meter: SourceMeter;
}

/** What several contexts write to and read from. Composed before them, and handed to all of them. */
export const composeRegisters = (parts: RegistersParts) => {
  const tallies = createTallies(parts);
  const knownSecrets = createKnownSecrets(parts);
  return {
    tallies,
    knownSecrets,
    counts: countSources({ ...parts, tallies, knownSecrets }),
    alerts: createAlerts(parts),
    deadLetters: createDeadLetters(parts),
  };
};

export type Registers = ReturnType<typeof composeRegisters>;
