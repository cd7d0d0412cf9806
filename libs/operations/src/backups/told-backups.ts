import type { BackupTrouble, BackupTroubles } from '#libs/backups';
import type { Clock, Json } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

/** What is wrong with the backups, as far as who asks can know. */
export type KnownTroubles = Pick<BackupTroubles, 'troubles'>;

export interface ToldBackupsParts {
  readonly documents: Documents;
  readonly clock: Clock;
}

export const toldBackups: Collection = { name: 'told_backups', fields: [] };
const NEWEST = 'newest';

interface ToldBackups {
  readonly at: number;
  readonly troubles: readonly BackupTrouble[];
}

/** They are looked at each minute. */
const SILENT_MS = 15 * 60_000;
/** A platform may be a day old before its first backup is missed. */
const FIRST_WITHIN_MS = 26 * 3_600_000;

/** Leaves word for processes that know nothing of the runs. Two who do it at once say the same. */
export const tellBackups = async (
  { documents, clock }: ToldBackupsParts,
  { troubles }: KnownTroubles,
): Promise<void> => {
  const [stored] = await documents.get(toldBackups, [NEWEST]);
  const told: ToldBackups = { at: clock.now(), troubles };
  const body = JSON.parse(JSON.stringify(told)) as Json;
  await documents.swap(toldBackups, { id: NEWEST, body }, stored?.version ?? 0);
};

/** By the last word of who makes them. Silence is a trouble itself: nobody would say that one is late then. */
export const heardOfBackups =
  ({ documents, clock }: ToldBackupsParts, since: () => Promise<number>) =>
  async (): Promise<KnownTroubles> => {
    const [stored] = await documents.get(toldBackups, [NEWEST]);
    const now = clock.now();
    if (!stored) return { troubles: neverHeard(now, await since()) };
    const { at, troubles } = stored.body as unknown as ToldBackups;
    if (now - at <= SILENT_MS) return { troubles };
    const says = `The process with the role backup-orchestrator has said nothing since ${iso(at)}: nobody makes backups now, and nobody tells when one is late.`;
    return {
      troubles: [
        { code: 'BACKUP_ORCHESTRATOR_GONE', about: 'backups', says, since: at },
        ...troubles,
      ],
    };
  };

const neverHeard = (now: number, since: number): readonly BackupTrouble[] => {
  if (now - since <= FIRST_WITHIN_MS) return [];
  const says =
    'There is no good backup at all: no process with the role backup-orchestrator has run here.';
  return [{ code: 'BACKUP_LATE', about: 'backups', says, since: since + FIRST_WITHIN_MS }];
};

const iso = (ms: number): string => new Date(ms).toISOString();
