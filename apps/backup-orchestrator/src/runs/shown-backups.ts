import type { BackupTroubles, PlannedRepository } from '#libs/backups';
import type { BackupRetentionAnswer, BackupStateAnswer } from '#libs/routes';

const iso = (ms: number): string => new Date(ms).toISOString();

/** Whether the backup is good, as it leaves. */
export const shownState = ({
  verdict,
  answer,
  troubles,
  good,
  drill,
  provedAt,
  last,
}: BackupTroubles): BackupStateAnswer => ({
  ...{ verdict, answer },
  troubles: troubles.map(({ code, about, says, since }) => ({
    ...{ code, about, says },
    since: iso(since),
  })),
  ...(good && { good: { ...good, endedAt: iso(good.endedAt) } }),
  ...(drill && { drill: { ...drill, endedAt: iso(drill.endedAt) } }),
  ...(provedAt !== undefined && { provedAt: iso(provedAt) }),
  ...(last && { last: { ...last, endedAt: iso(last.endedAt) } }),
});

export const shownRetentions = (
  repositories: readonly PlannedRepository[],
): BackupRetentionAnswer['items'] =>
  repositories.map(({ repository, keep, remove, unnamed }) => ({
    repository,
    keep: keep.map(({ id, time, reasons }) => ({ id, time, reasons: [...reasons] })),
    remove: remove.map(({ id, time }) => ({ id, time })),
    unnamed: unnamed.map(({ id, time }) => ({ id, time })),
  }));
