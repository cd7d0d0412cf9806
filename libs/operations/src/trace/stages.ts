import type { ParkedFact, RecordPlace } from '#libs/catalog';
import type { Fact } from '#libs/contracts';
import type { DeliveryRecord } from '#libs/intake';
import type { Id } from '#libs/kernel';
import type { Fence } from '#libs/ports/documents';

import type { DeadLetter } from '../dead-letters/dead-letters.js';

/**
 * Where a thing is on its way, in the order of the way. `waiting`: the consumer has not come so far.
 * `failed`: it needs a person.
 */
export interface Stage {
  readonly stage:
    'received' | 'kept' | 'logged' | 'relayed' | 'catalogued' | 'recorded' | 'parked' | 'dead';
  readonly state: 'done' | 'waiting' | 'failed';
  /** ms; missing where nobody wrote it down: stages are derived, never stored. */
  readonly at?: number;
  readonly fact?: Id;
  readonly position?: number;
  /** How many facts stand before it, where it waits. */
  readonly behind?: number;
  readonly record?: string;
  readonly code?: string;
  readonly letter?: string;
}

export const stagesOfDelivery = ({
  receivedAt,
  failed,
}: Pick<DeliveryRecord, 'receivedAt' | 'failed'>): readonly Stage[] => [
  { stage: 'received', state: 'done', at: receivedAt },
  failed ? { stage: 'kept', state: 'failed' } : { stage: 'kept', state: 'done' },
];

export const stageOfFact = ({ id, position, recordedAt }: Fact): Stage => ({
  stage: 'logged',
  state: 'done',
  at: recordedAt,
  fact: id,
  position,
});

/** A checkpoint of a later era is past everything before it, with any position. */
export const isPast = (at: Fence | undefined, { era, position }: Fence): boolean =>
  at !== undefined && (at.era > era || (at.era === era && at.position >= position));

export const stageOfProjector = (
  stage: 'relayed' | 'catalogued',
  at: Fence | undefined,
  fact: Fact,
): Stage => {
  const { id, position } = fact;
  return isPast(at, fact)
    ? { stage, state: 'done', fact: id, position }
    : {
        stage,
        state: 'waiting',
        fact: id,
        position,
        behind: Math.max(1, position - (at?.position ?? 0)),
      };
};

/** A record has met every fact about it up to its fence. */
export const stageOfRecord = ({ kind, id, ...record }: RecordPlace, fact: Fact): Stage => ({
  stage: 'recorded',
  state: isPast(record, fact) ? 'done' : 'waiting',
  fact: fact.id,
  position: record.position,
  record: `${kind}/${id}`,
});

export const stageOfParking = ({
  fact,
  position,
  code,
}: Pick<ParkedFact, 'fact' | 'position' | 'code'>): Stage => ({
  stage: 'parked',
  state: 'failed',
  fact,
  position,
  code,
});

export const stageOfLetter = ({ id, buriedAt, code }: DeadLetter): Stage => ({
  stage: 'dead',
  state: 'failed',
  at: buriedAt,
  code,
  letter: id,
});
