import type { RecoveryKit } from '#libs/backups';
import { fault, Secret } from '#libs/kernel';
import {
  backupPlaces,
  loadRestoredDump,
  openRestore,
  readSecret,
  type BackupPlace,
  type LoadedDump,
  type RestoreDesk,
  type RestoreSite,
  type RestoreWatch,
  type Settings,
} from '#libs/platform/local';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { UsageError } from '../exit.js';
import type { CallerEnvironment } from '../platform/place.js';

/** Which backups: of a kit, of what somebody says, else of the settings of this machine. What is said wins. */
export interface NamedBackups {
  readonly kit?: RecoveryKit;
  readonly repository?: string;
  readonly passwordFile?: string;
  readonly keysRepository?: string;
  readonly keysPasswordFile?: string;
  readonly environment?: string;
  readonly withoutKeys: boolean;
}

/** One database of what came back, for a server. */
export interface LoadOrder {
  readonly place: string;
  readonly database: string;
  readonly collection?: string;
  readonly into: string;
}

export interface OpenedRestoring extends RestoreDesk {
  /** Whose backups are wanted; missing: the one that the repository is of. */
  readonly environment?: string;
  /** By which a day ends. */
  readonly timeZone: string;
  /** Where they lie: no secret stands in it. */
  readonly addresses: readonly string[];
  readonly hasMasterKey: boolean;
  readonly load: (order: LoadOrder, watch: RestoreWatch) => Promise<LoadedDump>;
  /** A folder that is thrown away by `close`. */
  readonly temporary: () => Promise<string>;
  readonly close: () => Promise<void>;
}

export const openRestoring = async (
  settings: Settings,
  env: CallerEnvironment,
  named: NamedBackups,
): Promise<OpenedRestoring> => {
  const site = siteOf(settings, env, named);
  const { backup, company } = settings;
  const desk = await openRestore(site, {
    program: backup.restic,
    environment: env,
    living: livingOf(settings, site),
  });
  const temporary: string[] = [];
  return {
    ...desk,
    ...(site.environment !== undefined && { environment: site.environment }),
    timeZone: company.timeZone,
    addresses: [site.data, ...(site.keys ? [site.keys] : [])].map(({ repository }) => repository),
    hasMasterKey: site.masterKey !== undefined,
    load: async (order, watch) => loadInto(backup.restoreMongodbUrl, order, watch),
    async temporary() {
      // Beside the folder of runs: that one belongs to what lives, and may not be there yet.
      const within = backup.workDir === undefined ? tmpdir() : `${resolve(backup.workDir)}-restore`;
      await mkdir(within, { recursive: true, mode: 0o700 });
      const folder = await mkdtemp(join(within, 'innkeeper-restore-'));
      temporary.push(folder);
      return folder;
    },
    async close() {
      for (const folder of temporary) await rm(folder, { recursive: true, force: true });
    },
  };
};

const siteOf = (settings: Settings, env: CallerEnvironment, named: NamedBackups): RestoreSite => {
  const known = knownSite(settings, named);
  const data = placeSaid(
    { repository: named.repository, passwordFile: named.passwordFile },
    known?.data,
    env,
  );
  const keys = placeSaid(
    { repository: named.keysRepository, passwordFile: named.keysPasswordFile },
    known?.keys,
    env,
  );
  if (!data)
    throw new UsageError(
      'Nothing says where the backups are.',
      'Name the recovery kit with --kit FILE, or a repository with --repository and --password-file.',
    );
  const environment = named.environment ?? known?.environment;
  return {
    data,
    ...(keys && !named.withoutKeys && { keys }),
    ...(known?.masterKey && { masterKey: known.masterKey }),
    ...(environment !== undefined && { environment }),
  };
};

type KnownSite = Partial<RestoreSite> & Pick<RestoreSite, 'masterKey'>;

const knownSite = (settings: Settings, { kit, passwordFile }: NamedBackups): KnownSite => {
  if (kit) return siteOfKit(kit);
  const { dataDir, environment } = settings.process;
  const masterKey = settings.keys.masterKey ?? readSecret(dataDir, 'master-key');
  const opened = masterKey && { masterKey };
  // Who names a repository and its password means that one alone.
  if (passwordFile !== undefined) return { ...opened };
  try {
    const home = {
      file: (name: string) => join(dataDir, name),
      secret: (name: string) => readSecret(dataDir, name),
    };
    return { ...opened, environment, ...backupPlaces(settings, home) };
  } catch {
    return { ...opened, environment };
  }
};

const siteOfKit = ({ environment, masterKey, repositories }: RecoveryKit): RestoreSite => {
  const placeOf = ({ address, password, accessKey }: typeof repositories.data): BackupPlace => ({
    ...{ repository: address, password },
    ...(accessKey && {
      credentials: { accessKey: accessKey.id, accessSecret: accessKey.secret },
    }),
  });
  const { data, keys } = repositories;
  return { environment, masterKey, data: placeOf(data), keys: placeOf(keys) };
};

interface SaidPlace {
  readonly repository: string | undefined;
  readonly passwordFile: string | undefined;
}

const placeSaid = (
  { repository, passwordFile }: SaidPlace,
  known: BackupPlace | undefined,
  env: CallerEnvironment,
): BackupPlace | undefined => {
  if (repository === undefined && passwordFile === undefined) return known;
  const password = passwordFile === undefined ? known?.password : passwordIn(passwordFile);
  const at = repository === undefined ? known?.repository : addressOf(repository);
  if (at === undefined || password === undefined)
    throw new UsageError(
      'A repository and its password belong together.',
      'Name both: --repository R --password-file F, and --keys-repository and --keys-password-file.',
    );
  const credentials = accountIn(env) ?? known?.credentials;
  return { repository: at, password, ...(credentials && { credentials }) };
};

const addressOf = (repository: string): string =>
  repository.startsWith('s3:') ? repository : resolve(repository.replace(/^local:/, ''));

const accountIn = (env: CallerEnvironment): BackupPlace['credentials'] => {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secret } = env;
  return accessKey && secret ? { accessKey, accessSecret: new Secret(secret) } : undefined;
};

/** As restic reads it: without the end of its line. */
const passwordIn = (path: string): Secret => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read.`, 'Check the name.', { cause });
  }
  if (text === '') throw new UsageError(`${path} is empty.`, 'Put the password into it.');
  return new Secret(text);
};

/** A data directory that is not there yet is no reason to refuse its place. */
const livingOf = ({ backup, process }: Settings, { data, keys }: RestoreSite): readonly string[] =>
  [
    process.dataDir,
    ...(backup.workDir === undefined ? [] : [backup.workDir]),
    ...[data.repository, ...(keys ? [keys.repository] : [])].filter((at) => !at.startsWith('s3:')),
  ].filter((folder) => existsSync(folder));

const loadInto = (
  url: Secret | undefined,
  { place, into, ...from }: LoadOrder,
  watch: RestoreWatch,
): Promise<LoadedDump> => {
  if (!url) throw fault('BACKUP_RESTORE_URL_MISSING');
  return loadRestoredDump({ place, url, from, into }, watch);
};
