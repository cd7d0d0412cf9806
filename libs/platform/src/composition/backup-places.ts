import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

import type { BucketCredentials } from '#libs/adapters/restic';
import { fault, type Secret } from '#libs/kernel';

import type { Settings } from '../settings/read-settings.js';

/** Where backups lie, and what opens them. */
export interface BackupPlace {
  /** An absolute folder, or a bucket by restic's own writing. */
  readonly repository: string;
  readonly password: Secret;
  /** Of who saves; missing for a folder. */
  readonly credentials?: BucketCredentials;
  /** Of who removes, where that is somebody else. */
  readonly removing?: BucketCredentials;
}

export interface BackupPlaces {
  readonly data: BackupPlace;
  readonly keys: BackupPlace;
}

/** What of a data directory is needed; a process without one has everything in its settings. */
export interface BackupHome {
  readonly file: (name: string) => string;
  readonly secret: (name: string) => Secret | undefined;
}

/** The one place that says where repositories are by default, and which password and account is whose. */
export const backupPlaces = (
  { backup }: Pick<Settings, 'backup'>,
  home: BackupHome | undefined,
): BackupPlaces => {
  const removing = account(backup.pruneAccessKey, backup.pruneAccessSecret);
  const saving = account(backup.accessKey, backup.accessSecret);
  const savingKeys = account(backup.keysAccessKey, backup.keysAccessSecret) ?? saving;
  return {
    data: placeOf({
      repository: backup.repository ?? home?.file('backups/data'),
      password: backup.password ?? home?.secret('backup-password'),
      credentials: saving,
      removing,
    }),
    keys: placeOf({
      repository: backup.keysRepository ?? home?.file('backups/keys'),
      password: backup.keysPassword ?? home?.secret('backup-keys-password'),
      credentials: savingKeys,
      removing,
    }),
  };
};

export const isBucket = (repository: string): boolean => repository.startsWith('s3:');

interface FoundPlace {
  readonly repository: string | undefined;
  readonly password: Secret | undefined;
  readonly credentials: BucketCredentials | undefined;
  readonly removing: BucketCredentials | undefined;
}

const placeOf = ({ repository, password, credentials, removing }: FoundPlace): BackupPlace => {
  // Settings are refused at the start where one of them is missing; the command line may meet a directory without.
  if (repository === undefined || !password) throw fault('BACKUP_REPOSITORY_MISSING');
  if (!isBucket(repository)) return { repository: resolve(repository), password };
  return {
    repository,
    password,
    ...(credentials && { credentials }),
    ...(removing && { removing }),
  };
};

const account = (
  accessKey: string | undefined,
  accessSecret: Secret | undefined,
): BucketCredentials | undefined =>
  accessKey !== undefined && accessSecret ? { accessKey, accessSecret } : undefined;

/** Folders of ours are made with the rights of their owner alone. */
export const makePrivate = (folder: string): string => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
};
