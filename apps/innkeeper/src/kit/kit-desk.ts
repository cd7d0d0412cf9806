import { RESTIC_TO_USE, type KitSecrets } from '#libs/backups';
import { asFault } from '#libs/kernel';
import { kitSecretsOf, readSecret, type Settings } from '#libs/platform/local';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { UsageError } from '../exit.js';
import type { KitDesk } from '../outside.js';
import { mustBeNew, noteKit, writeNewFile } from './kit-files.js';
import { openRecoveryKit, sealRecoveryKit } from './open-recovery-kit.js';

/** Kits of the platform that these settings are of. */
export const kitDesk = (settings: Settings): KitDesk => {
  const { dataDir, environment } = settings.process;
  return {
    ofThisMachine: () => ({
      ...secretsHere(settings),
      environment,
      madeAt: new Date().toISOString(),
      machine: hostname(),
      restic: RESTIC_TO_USE,
    }),
    seal: sealRecoveryKit,
    open: openRecoveryKit,
    mustBeNew,
    writeNew: writeNewFile,
    note: (note) => noteKit(dataDir, note),
  };
};

/** A command makes no secret: what nobody has made yet is a kit of nothing. */
const secretsHere = (settings: Settings): KitSecrets => {
  const { dataDir } = settings.process;
  try {
    return kitSecretsOf(settings, {
      file: (name) => join(dataDir, name),
      secret: (name) => readSecret(dataDir, name),
    });
  } catch (error) {
    const { code } = asFault(error);
    if (code !== 'BACKUP_REPOSITORY_MISSING' && code !== 'MASTER_KEY_WRONG') throw error;
    throw new UsageError(
      'This machine does not know all that opens the backups: two passwords and the master key.',
      'Set INNKEEPER_BACKUP_PASSWORD, INNKEEPER_BACKUP_KEYS_PASSWORD and INNKEEPER_MASTER_KEY here as the platform has them. Where it runs on this machine, start it once.',
      { cause: error },
    );
  }
};
