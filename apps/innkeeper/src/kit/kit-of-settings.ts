import {
  madePasswords,
  madeRepositories,
  RESTIC_TO_USE,
  type KitAccessKey,
  type KitRepository,
  type KitSecrets,
  type RecoveryKit,
} from '#libs/backups';
import type { Secret } from '#libs/kernel';
import type { Settings } from '#libs/platform/local';
import { resolve } from 'node:path';

import { UsageError } from '../exit.js';

/** The secrets that the data directory has for what no setting says. */
export type ReadMadeSecret = (name: string) => Secret | undefined;

/** What opens the backups of a platform with these settings. */
export const kitSecretsOf = (settings: Settings, made: ReadMadeSecret): KitSecrets => {
  const { backup: backups, keys, process } = settings;
  const account = accountOf(backups.accessKey, backups.accessSecret);
  const repository = (
    name: 'data' | 'keys',
    set: string | undefined,
    password: Secret | undefined,
  ): Pick<KitRepository, 'address' | 'password'> => ({
    address: addressOf(set ?? resolve(process.dataDir, madeRepositories[name])),
    password: needed(password ?? made(madePasswords[name]), name),
  });
  return {
    repositories: {
      data: { ...repository('data', backups.repository, backups.password), ...account },
      keys: {
        ...repository('keys', backups.keysRepository, backups.keysPassword),
        ...(accountOf(backups.keysAccessKey, backups.keysAccessSecret) ?? account),
      },
    },
    masterKey: needed(keys.masterKey ?? made('master-key'), 'master'),
  };
};

/** The kit of this moment, from this machine. */
export const recoveryKitOf = (
  secrets: KitSecrets,
  named: Pick<RecoveryKit, 'environment' | 'madeAt' | 'machine'>,
): RecoveryKit => ({ ...named, restic: RESTIC_TO_USE, ...secrets });

/** A folder by its whole path: nobody knows later where the process stood. */
const addressOf = (address: string): string =>
  /^[a-z0-9]{2,}:/.test(address) ? address : resolve(address);

const accountOf = (
  id: string | undefined,
  secret: Secret | undefined,
): { readonly accessKey: KitAccessKey } | undefined =>
  id !== undefined && secret !== undefined ? { accessKey: { id, secret } } : undefined;

const namesOf = {
  data: 'password of the repository (INNKEEPER_BACKUP_PASSWORD)',
  keys: 'password of the keys’ repository (INNKEEPER_BACKUP_KEYS_PASSWORD)',
  master: 'master key (INNKEEPER_MASTER_KEY)',
} as const;

const needed = (secret: Secret | undefined, name: keyof typeof namesOf): Secret => {
  if (secret) return secret;
  throw new UsageError(
    `This machine does not know the ${namesOf[name]}.`,
    'Set it here as the platform has it. Where the platform runs on this machine, start it once and run `innkeeper backup run`.',
  );
};
