import type { Clock } from '#libs/kernel';

import type { VectorProgress, VectorProgresses } from '../follow-vectors/vector-progress.js';
import type { IndexPointer } from '../generations/index-pointer.js';
import type { ParkedUnit, ParkedUnits } from '../index-records/parked-units.js';
import type { WantedRecords } from '../want-records/wanted-records.js';

export interface ExamineIndexParts {
  readonly pointer: Pick<IndexPointer, 'read'>;
  readonly parked: Pick<ParkedUnits, 'list'>;
  readonly wanted: Pick<WantedRecords, 'waiting'>;
  readonly progresses: Pick<VectorProgresses, 'read'>;
  readonly clock: Clock;
}

/** What is known not to stand in the index as it is. */
export interface IndexExamination {
  /** Records that wait, the longest first, with how long ago they changed. */
  readonly waiting: readonly { readonly record: string; readonly ms: number }[];
  readonly parked: readonly Pick<ParkedUnit, 'code' | 'unit'>[];
  /** How far vectors are behind, with how long that has lasted. Missing: no vectors are made. */
  readonly vectors?: Omit<VectorProgress, 'generation' | 'since'> & { readonly behindMs: number };
}

/** Lists at most so many of each. */
export const examineIndex =
  ({ pointer, parked, wanted, progresses, clock }: ExamineIndexParts) =>
  async (limit: number): Promise<IndexExamination> => {
    const used = await pointer.read();
    const [waiting, units, progress] = await Promise.all([
      wanted.waiting(limit),
      used ? parked.list(used.live.generation, limit) : [],
      used?.live.meaning && progresses.read(used.live.generation),
    ]);
    const now = clock.now();
    return {
      waiting: waiting.map(({ record, changedAt }) => ({ record, ms: now - changedAt })),
      parked: units.map(({ unit, code }) => ({ unit, code })),
      ...(progress && { vectors: examined(progress, now) }),
    };
  };

const examined = (
  { generation: _generation, since, ...progress }: VectorProgress,
  now: number,
): IndexExamination['vectors'] => ({
  ...progress,
  behindMs: since === undefined ? 0 : now - since,
});
