import { join } from 'node:path';

import { keyWrap, openAll } from '#libs/adapters/node-crypto';
import type { RestoredPlatform } from '#libs/backups';
import { asFault, type Secret } from '#libs/kernel';

import { assembleDataDirectory } from './assemble-data-directory.js';
import type { SealedProbe, StandingPlatform } from './standing-platform.js';

/**
 * A data directory with the restored log, and without its keys: walking a chain needs none. So the process that is started
 * on it could open nothing even if it wanted to.
 */
export const standEmbedded = async ({
  innkeeper,
  keys,
  scratch,
}: RestoredPlatform): Promise<StandingPlatform> => {
  const dataDir = join(scratch, 'data');
  const { newestSealed } = await import('#libs/adapters/sqlite');
  await assembleDataDirectory({ innkeeper, to: dataDir, secrets: {} });
  return {
    environment: {},
    dataDir,
    probe: () => newestSealed(innkeeper, keys),
    close: () => Promise.resolve(),
  };
};

/** Whether this master key opens a value; asked on the machine where the key is. The value may have come back elsewhere. */
export const opensWith = (masterKey: Secret<Uint8Array>): ((probe: SealedProbe) => boolean) => {
  const wrap = keyWrap(masterKey);
  return ({ stream, sealed, wrapped }) => {
    if (!wrapped) return false;
    try {
      const key = wrap.unwrap(stream, wrapped);
      const [plain] = openAll([{ stream, sealed }], new Map([[stream, key]]));
      key.fill(0);
      return plain !== undefined;
    } catch (error) {
      if (asFault(error).code === 'KEYS_SEALED_BROKEN') return false;
      throw error;
    }
  };
};
