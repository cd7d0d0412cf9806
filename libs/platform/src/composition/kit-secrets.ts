import type { KitRepository, KitSecrets } from '#libs/backups';
import { fault } from '#libs/kernel';

import type { Settings } from '../settings/read-settings.js';
import { backupPlaces, type BackupHome, type BackupPlace } from './backup-places.js';

/** What a recovery kit of this platform holds: what opens its backups, and what opens the keys in them. */
export const kitSecretsOf = (
  settings: Pick<Settings, 'backup' | 'keys'>,
  home: BackupHome | undefined,
): KitSecrets => {
  const { data, keys } = backupPlaces(settings, home);
  const masterKey = settings.keys.masterKey ?? home?.secret('master-key');
  if (!masterKey) throw fault('MASTER_KEY_WRONG');
  return { repositories: { data: inKit(data), keys: inKit(keys) }, masterKey };
};

const inKit = ({ repository, password, credentials }: BackupPlace): KitRepository => ({
  address: repository,
  password,
  ...(credentials && {
    accessKey: { id: credentials.accessKey, secret: credentials.accessSecret },
  }),
});
