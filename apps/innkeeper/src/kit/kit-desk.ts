import { readSecret, type Settings } from '#libs/platform/local';
import { hostname } from 'node:os';

import type { KitDesk } from '../outside.js';
import { mustBeNew, noteKit, writeNewFile } from './kit-files.js';
import { kitSecretsOf, recoveryKitOf } from './kit-of-settings.js';
import { openRecoveryKit, sealRecoveryKit } from './open-recovery-kit.js';

/** Kits of the platform that these settings are of. */
export const kitDesk = (settings: Settings): KitDesk => {
  const { dataDir, environment } = settings.process;
  return {
    ofThisMachine() {
      const secrets = kitSecretsOf(settings, (name) => readSecret(dataDir, name));
      const madeAt = new Date().toISOString();
      return recoveryKitOf(secrets, { environment, madeAt, machine: hostname() });
    },
    seal: sealRecoveryKit,
    open: openRecoveryKit,
    mustBeNew,
    writeNew: writeNewFile,
    note: (note) => noteKit(dataDir, note),
  };
};
