import { finding, spoken, type Finding } from './findings.js';

export interface RetainedBacklog {
  readonly name: string;
  /** What has expired and is not removed yet. */
  readonly expired: () => Promise<{ readonly count: number; readonly oldestMs: number }>;
}

/** Ten times as long as a sweep waits for its turn. */
const PATIENCE_MS = 10 * 60_000;

/** What should be gone by now and is not. Readers do not see it; it still lies on the disk. */
export const examineRetention = async (
  retained: readonly RetainedBacklog[],
): Promise<readonly Finding[]> => {
  const found = await Promise.all(
    retained.map(async ({ name, expired }) => ({ name, ...(await expired()) })),
  );
  return found
    .filter(({ oldestMs }) => oldestMs > PATIENCE_MS)
    .map(({ name, count, oldestMs }) =>
      finding(
        'RETENTION_BEHIND',
        name,
        `${count} expired things are not removed; the oldest expired ${spoken(oldestMs)} ago.`,
      ),
    );
};
