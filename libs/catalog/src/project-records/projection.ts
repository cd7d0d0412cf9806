import type { Journal } from '#libs/journal';
import type { Hash } from '#libs/kernel';
import type { Bus } from '#libs/ports/bus';
import type { Documents } from '#libs/ports/documents';
import type { EventLog, LogChain } from '#libs/ports/event-log';
import type { Keys } from '#libs/ports/keys';

export interface ProjectionParts {
  readonly journal: Journal;
  readonly log: EventLog & Pick<LogChain, 'commits'>;
  readonly hash: Hash;
  readonly documents: Documents;
  readonly bus: Bus;
  /** Numbers and mails are looked for by their keyed hashes. */
  readonly keys: Pick<Keys, 'fingerprint'>;
}

export interface ProjectionOptions {
  readonly generation: number;
  /** Off while a rebuild runs beside the live one: nobody reads its records yet. */
  readonly signals: boolean;
  /** Every erasure up to this position was known when the generation began: none of it is in any of its records. */
  readonly erasedUpTo?: number;
}
