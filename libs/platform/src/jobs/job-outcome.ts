import type { JobKind } from '#libs/contracts';
import { backoffDelay, kindRules, type Fault } from '#libs/kernel';
import type { JobOutcome } from '#libs/ports/job-queue';

export interface JobFate {
  readonly act: 'again' | 'paused' | 'gave_up';
  readonly outcome: JobOutcome;
}

/**
 * From a fault to what becomes of a run: its kind alone decides, as with messages. A job has no dead letter:
 * what has to run stands with its owner.
 */
export const jobFate = (
  fault: Fault,
  attempt: number,
  { attempts, backoff }: Pick<JobKind, 'attempts' | 'backoff'>,
  random?: () => number,
): JobFate => {
  const afterMs = fault.retryAfterMs ?? backoffDelay(backoff, attempt, random);
  const gaveUp: JobFate = { act: 'gave_up', outcome: { outcome: 'done' } };
  const paused: JobFate = { act: 'paused', outcome: { outcome: 'later', afterMs } };
  switch (kindRules[fault.kind].message) {
    case 'pause':
      return paused;
    case 'dead_letter':
      return gaveUp;
    case 'retry_at_once':
      if (attempt >= attempts) return gaveUp;
      return { act: 'again', outcome: { outcome: 'again', afterMs: 0 } };
    case 'retry':
      // The other side told us to wait: that says nothing against the job.
      if (fault.kind === 'throttled') return paused;
      if (attempt >= attempts) return gaveUp;
      return { act: 'again', outcome: { outcome: 'again', afterMs } };
  }
};
