import type { CaptureItem } from '#libs/capture';

import type { AlertCause } from '../alerts/causes.js';

/** What is wrong with a followed feed, for an alert and for the doctor. */
export interface FeedTrouble {
  readonly cause: AlertCause;
  /** Words of ours. */
  readonly found: readonly string[];
}

/** An election, a restart and a burst are over sooner. */
export const FEED_PATIENCE_MS = 60_000;

const ofCodes = {
  CAPTURE_HISTORY_LOST: 'CAPTURE_HISTORY_LOST',
  CAPTURE_COLLECTION_GONE: 'CAPTURE_COLLECTION_GONE',
  CAPTURE_FORBIDDEN: 'CAPTURE_FORBIDDEN',
} as const;

const causeOf = (code: string | undefined): AlertCause | undefined =>
  Object.values(ofCodes).find((cause) => cause === code);

export const feedTroubles = ({
  code,
  lagMs,
  phase,
  waiting,
}: Pick<CaptureItem, 'code' | 'lagMs' | 'phase' | 'waiting'>): readonly FeedTrouble[] => {
  const cause = causeOf(code);
  const isLate = lagMs > FEED_PATIENCE_MS;
  return [
    ...(cause ? [{ cause, found: [phase] }] : []),
    // Why it is late is told already.
    ...(isLate && !cause
      ? [{ cause: 'CAPTURE_LAGGING' as const, found: code === undefined ? [] : [code] }]
      : []),
    ...(waiting
      ? [
          {
            cause: 'CAPTURE_DELETION_WAITING' as const,
            found: [`missing: ${waiting.count}`, `without asking: ${waiting.most}`],
          },
        ]
      : []),
  ];
};
