import type { Fact } from '#libs/contracts';
import type { Journal } from '#libs/journal';
import type { Id } from '#libs/kernel';
import type { EventLog } from '#libs/ports/event-log';

import type { DeadLetters } from '../dead-letters/dead-letters.js';

/** What intake knows of a delivery. */
export interface TracedDelivery {
  readonly id: Id;
  readonly source: string;
  readonly receivedAt: number;
  readonly sha256: string;
  readonly bytes: number;
  readonly facts: readonly Id[];
  readonly failed?: boolean;
}

/** What the catalog knows of a record. */
export interface TracedRecord {
  readonly kind: string;
  readonly id: string;
  readonly era: number;
  readonly position: number;
  readonly gone: boolean;
  readonly facts: readonly Id[];
}

export interface TracedParking {
  readonly fact: Id;
  readonly position: number;
  readonly code: string;
}

export interface ProjectorPlace {
  readonly era: number;
  readonly position: number;
}

export interface TracePorts {
  readonly log: EventLog;
  readonly journal: Journal;
  readonly deadLetters: Pick<DeadLetters, 'list'>;
  readonly deliveries: {
    find(ids: readonly Id[]): Promise<readonly (TracedDelivery | undefined)[]>;
  };
  readonly records: {
    places(id: string): Promise<readonly TracedRecord[]>;
    placesOf(fact: Fact): Promise<readonly TracedRecord[]>;
    parked(limit: number): Promise<readonly TracedParking[]>;
  };
  readonly checkpoint: (projector: string) => Promise<ProjectorPlace | undefined>;
}
