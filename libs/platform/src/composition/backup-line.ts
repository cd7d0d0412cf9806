import type { Settings } from '../settings/read-settings.js';
import { isBucket, type BackupPlaces } from './backup-places.js';
import type { BackupSurroundings } from './look-at-backups.js';

export interface BackupLine {
  readonly settings: Pick<Settings, 'backup' | 'company'>;
  readonly places: BackupPlaces;
  readonly around: Pick<BackupSurroundings, 'onOwnDisk' | 'restic'>;
  /** The path of the data directory. */
  readonly home: string | undefined;
}

/** When a backup begins, where it goes, and what is missing for it: for somebody who has just started. */
export const backupText = ({ settings, places, around, home }: BackupLine): string => {
  const { backup, company } = settings;
  const { restic } = around;
  if (!restic)
    return `off: there is no ${backup.restic} here (docs/how-to/back-up.md, or set INNKEEPER_BACKUP_RESTIC)`;
  const { schedule } = backup;
  const when = schedule
    ? `each day at ${two(schedule.hour)}:${two(schedule.minute)} (${company.timeZone})`
    : 'only when asked (INNKEEPER_BACKUP_SCHEDULE is off)';
  const old = restic.isOld ? ', older than 0.17.1' : '';
  return `${when} to ${placesText(places, around, home)}  ·  restic ${restic.version}${old}`;
};

const placesText = (
  { data, keys }: BackupPlaces,
  { onOwnDisk }: BackupLine['around'],
  home: string | undefined,
): string => {
  const own = home === undefined ? undefined : `${home}/`;
  // Before the first backup there is no folder whose disk could be looked up.
  const isBeside = [data, keys].some(
    ({ repository }) => !isBucket(repository) && own && repository.startsWith(own),
  );
  const disk = isBeside || onOwnDisk.length > 0 ? ' (on the disk of the data)' : '';
  return `${data.repository} and ${keys.repository}${disk}`;
};

const two = (value: number): string => String(value).padStart(2, '0');
