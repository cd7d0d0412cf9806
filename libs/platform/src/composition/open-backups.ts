import { resolve } from 'node:path';

import type { BackupRepository, BackupsParts } from '#libs/backups';
import { systemClock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';
import type { Scratch } from '#libs/ports/scratch';

import type { Settings } from '../settings/read-settings.js';
import {
  backupPlaces,
  isBucket,
  makePrivate,
  type BackupPlace,
  type BackupPlaces,
} from './backup-places.js';
import { OpenFirestore } from './open-firestore.js';
import type { OpenSqlite } from './open-sqlite.js';
import type { Opening } from './opening.js';
import { ownVersion } from './own-version.js';

/** What backups are made of and kept in, in a process that makes them. */
export interface OpenedBackups {
  readonly documents: Documents;
  readonly places: BackupPlaces;
  readonly repositories: BackupsParts['repositories'];
  readonly sources: readonly BackupSource[];
  readonly scratch: Scratch;
  readonly workDir: string;
}

export const makesBackups = ({ process }: Pick<Settings, 'process'>): boolean =>
  process.roles.includes('backup-orchestrator');

/** Nothing of it reaches a repository or a source yet: that one is away stops no start. */
export const openBackups = async (
  opening: Opening,
  sqlite: OpenSqlite,
): Promise<OpenedBackups | undefined> => {
  const { data, settings } = opening;
  if (!makesBackups(settings)) return undefined;
  const home = data && { file: data.file, secret: (name: string) => data.secret(name) };
  const places = backupPlaces(settings, home);
  const { localScratch } = await import('#libs/adapters/local-files');
  const workDir = resolve(settings.backup.workDir ?? data?.file('backups/work') ?? '');
  return {
    documents: await openRuns(opening),
    places,
    repositories: {
      data: await repositoryAt(places.data, settings, workDir),
      keys: await repositoryAt(places.keys, settings, workDir),
    },
    sources: await openBackedUp(opening, sqlite),
    scratch: localScratch({ folder: workDir }),
    workDir,
  };
};

/** A file or a database of its own: a run must be known when the log is not. */
const openRuns = async (opening: Opening): Promise<Documents> => {
  const { data, opened, settings } = opening;
  const { backupDocuments } = settings;
  if (backupDocuments.kind === 'firestore')
    return new OpenFirestore(opening).documents(backupDocuments);
  const { SqliteDatabase, sqliteDocuments } = await import('#libs/adapters/sqlite');
  makePrivate(data?.file('backups') ?? '');
  const path = data?.file('backups/runs.db') ?? '';
  const database = opened.add(new SqliteDatabase(path), (it) => it.close());
  return sqliteDocuments({ database, clock: systemClock });
};

const repositoryAt = async (
  { repository, password, credentials, removing }: BackupPlace,
  { backup }: Settings,
  workDir: string,
): Promise<Pick<BackupRepository, 'writer' | 'remover'>> => {
  const { resticRepository } = await import('#libs/adapters/restic');
  const common = { program: backup.restic, repository, password, workDir };
  const cacheDir = `${workDir}-cache`;
  const writer = resticRepository({ ...common, cacheDir, ...(credentials && { credentials }) });
  const remover = removing ? resticRepository({ ...common, cacheDir, credentials: removing }) : writer;
  return { writer, remover };
};
