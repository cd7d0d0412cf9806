import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { BackupRepository, BackupsParts } from '#libs/backups';
import { fault, systemClock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';

import type { SourceSetting } from '../settings/backup.js';
import { environmentOfPrograms } from '../settings/environment-of-programs.js';
import type { Settings } from '../settings/read-settings.js';
import { backupPlaces, makePrivate, type BackupPlace, type BackupPlaces } from './backup-places.js';
import { masterKeyOf } from './master-key.js';
import { OpenFirestore } from './open-firestore.js';
import type { OpenSqlite } from './open-sqlite.js';
import type { OpenedBackups } from './opened-backups.js';
import type { Opening } from './opening.js';
import { openServers } from './open-servers.js';
import { ownProgram, ownVersions } from './own-package.js';

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
  const documents = await openRuns(opening);
  const servers = await openServers(opening, places);
  return {
    documents,
    places,
    repositories: await openRepositories(places, settings, workDir),
    sources: await openBackedUp(opening, sqlite, workDir),
    scratch: localScratch({ folder: workDir }),
    ...(servers && { servers }),
    proveRestored: await openProof(opening),
    workDir,
    restored: () => restoredIn(data),
    lookAround: async () =>
      (await import('./look-at-backups.js')).lookAround({ settings, data, places, documents })(),
  };
};

/** A restore leaves it. */
const restoredIn = async (data: Opening['data']): ReturnType<BackupsParts['restored']> => {
  const { readRestoredNote, RESTORED_NOTE_FILE } = await import('#libs/backups');
  const text = data && (await readFile(data.file(RESTORED_NOTE_FILE), 'utf8').catch(() => ''));
  return text === undefined ? undefined : readRestoredNote(text);
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

const openRepositories = async (
  places: BackupPlaces,
  settings: Settings,
  workDir: string,
): Promise<BackupsParts['repositories']> => {
  const { dataPolicy, keysPolicy, unnamedKeysGoAfterMs } = await import('#libs/backups');
  const [data, keys] = await Promise.all([
    repositoryAt(places.data, settings, workDir),
    repositoryAt(places.keys, settings, workDir),
  ]);
  return {
    data: { ...data, policy: dataPolicy(settings.backup) },
    keys: {
      ...{ ...keys, policy: keysPolicy(settings.backup) },
      unnamedGoAfterMs: unnamedKeysGoAfterMs(settings.backup),
    },
  };
};

const repositoryAt = async (
  { repository, password, credentials, removing }: BackupPlace,
  { backup }: Settings,
  workDir: string,
): Promise<Pick<BackupRepository, 'writer' | 'remover'>> => {
  const { resticRepository } = await import('#libs/adapters/restic');
  const common = {
    ...{ program: backup.restic, repository, password, workDir },
    environment: environmentOfPrograms(),
  };
  const cacheDir = `${workDir}-cache`;
  const writer = resticRepository({ ...common, cacheDir, ...(credentials && { credentials }) });
  const remover = removing
    ? resticRepository({ ...common, cacheDir, credentials: removing })
    : writer;
  return { writer, remover };
};

/** Ours first, then those of others, and keys last: what is sealed in the others opens with them. */
const openBackedUp = async (
  { settings }: Opening,
  sqlite: OpenSqlite,
  workDir: string,
): Promise<readonly BackupSource[]> => {
  const { backup, documents } = settings;
  return [
    await openOwn(settings, sqlite).then(documents.kind === 'firestore' ? logAlone : asItIs),
    ...(await Promise.all(backup.sources.map((source) => openOther(source, settings, workDir)))),
    await openKeys(settings, sqlite),
  ];
};

const asItIs = (source: BackupSource): BackupSource => source;

/** Firestore is copied by its own schedules. Each run says so: nobody must think that it is in here. */
const logAlone = (source: BackupSource): BackupSource => ({
  name: source.name,
  kind: source.kind,
  async export(into, watch) {
    const copy = await source.export(into, watch);
    const warning = { code: 'DOCUMENTS_NOT_COPIED', detail: 'kind=firestore' };
    return { ...copy, warnings: [...copy.warnings, warning] };
  },
  prove: (restored, watch) => source.prove(restored, watch),
});

const openOwn = async (settings: Settings, sqlite: OpenSqlite): Promise<BackupSource> => {
  const { backup, documents, eventLog } = settings;
  const { isDerivedCollection: derived } = await import('#libs/backups');
  if (eventLog.kind === 'sqlite')
    return sqlite.innkeeperSource({ derived, versions: ownVersions() });
  const { innkeeperMongodbSource } = await import('#libs/adapters/mongodb');
  return innkeeperMongodbSource({
    ...{ url: eventLog.url, database: eventLog.database, mongod: backup.mongod },
    documents: documents.kind === 'mongodb' ? { derived } : 'none',
    clock: systemClock,
  });
};

const openKeys = async ({ backup, keys }: Settings, sqlite: OpenSqlite): Promise<BackupSource> => {
  if (keys.kind === 'sqlite') return sqlite.keysSource({ versions: ownVersions() });
  const { keysMongodbSource } = await import('#libs/adapters/mongodb');
  const { database, url } = keys;
  return keysMongodbSource({ url, database, mongod: backup.mongod, clock: systemClock });
};

const openOther = async (
  source: SourceSetting,
  { backup, chat }: Settings,
  workDir: string,
): Promise<BackupSource> => {
  const { name } = source;
  if ('folder' in source) {
    const { folderSource } = await import('#libs/adapters/local-files');
    const remembered = join(`${workDir}-sums`, `${name}.json`);
    return folderSource({ name, folder: source.folder, remembered, clock: systemClock });
  }
  const url = source.url ?? chat.mongodbUrl;
  // Settings are refused at the start where neither is set.
  if (!url) throw fault('BACKUP_SOURCE_MISSING', { details: { source: name } });
  const { mongodbSource } = await import('#libs/adapters/mongodb');
  const { databases } = source;
  return mongodbSource({ name, url, databases, mongod: backup.mongod, clock: systemClock });
};

/** A platform is stood up where its log came from: on a file, or on a server of the drill. */
const openProof = async ({ data, settings }: Opening): Promise<BackupsParts['proveRestored']> => {
  const { backup, documents, eventLog, keys } = settings;
  const { proveRestored } = await import('./prove-restored.js');
  const { opensWith, standEmbedded } = await import('./stand-embedded.js');
  const { standMongodb } = await import('./stand-mongodb.js');
  const isOnMongodb = eventLog.kind === 'mongodb' && keys.kind === 'mongodb';
  return proveRestored({
    stand: isOnMongodb
      ? standMongodb({
          mongod: backup.mongod,
          database: eventLog.database,
          keysDatabase: keys.database,
          documents: documents.kind === 'mongodb',
        })
      : standEmbedded,
    opens: opensWith(masterKeyOf(keys.masterKey ?? data?.secret('master-key'))),
    program: ownProgram(),
  });
};
