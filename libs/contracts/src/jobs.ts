import type { Backoff } from '#libs/kernel';

/** Work that is woken by the queue: one handler, in one role. What has to run stands in documents or settings. */
export interface JobKind {
  /** `<verb>-<object>.v<major>`. */
  readonly name: string;
  /** The role that owns the handler. */
  readonly role: string;
  /** Runs at once in one process; never two of one key anywhere. */
  readonly concurrency: number;
  readonly backoff: Backoff;
  /** How often a failure is tried again before the queue lets go; its owner wakes it again. */
  readonly attempts: number;
}

const kind = (
  name: string,
  role: string,
  overrides: Partial<Pick<JobKind, 'concurrency' | 'attempts'>> = {},
): JobKind => ({
  name,
  role,
  concurrency: 1,
  backoff: { first: 2_000, most: 300_000 },
  attempts: 5,
  ...overrides,
});

export const jobs = {
  /** One entity at its provider, looked up because something pointed at it. */
  refreshEntity: kind('refresh-entity.v1', 'provider-sync', { concurrency: 4 }),
  /** One list of a provider over one stretch of time: the first import, and each pass after it. */
  readHistory: kind('read-history.v1', 'provider-sync', { concurrency: 2 }),
  /** How our door is registered at one provider, and whether it tells us what it should. */
  watchDoor: kind('watch-door.v1', 'provider-sync'),
  /** Alerts whose state was not announced yet. */
  announceAlerts: kind('announce-alerts.v1', 'provider-sync'),
  /** One backup run, from where its document says it is to its end. While one works, the next is refused at once. */
  workBackup: kind('work-backup.v1', 'backup-orchestrator', { concurrency: 2 }),
} as const;

export const allJobKinds: readonly JobKind[] = Object.values(jobs);

/** The kinds that these roles work. */
export const kindsOf = (roles: readonly string[]): readonly JobKind[] =>
  allJobKinds.filter(({ role }) => roles.includes(role));
