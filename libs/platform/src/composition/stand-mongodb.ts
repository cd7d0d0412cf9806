import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { RestoredPlatform } from '#libs/backups';
import { fault } from '#libs/kernel';

import type { StandingPlatform } from './standing-platform.js';

export interface StandMongodbOptions {
  /** The program that is started. */
  readonly mongod: string;
  /** As they were called where the copy was made. */
  readonly database: string;
  readonly keysDatabase: string;
  /** Whether documents were kept beside the log. */
  readonly documents: boolean;
}

/** A replica set of one with the restored log. The keys leave it before anything is started on it. */
export const standMongodb =
  ({ mongod, database, keysDatabase, documents }: StandMongodbOptions) =>
  async (
    { innkeeper, keys, scratch }: RestoredPlatform,
    watch: { readonly signal: AbortSignal },
  ): Promise<StandingPlatform> => {
    const { loadDump, newestSealedInMongodb, removeDatabase, startScratchMongod } =
      await import('#libs/adapters/mongodb');
    const [dataDir, folder] = [join(scratch, 'data'), join(scratch, 'mongod')];
    for (const made of [dataDir, folder]) await mkdir(made, { recursive: true, mode: 0o700 });
    const server = await startScratchMongod({ program: mongod, folder, signal: watch.signal });
    if (!server) throw fault('BACKUP_MONGOD_MISSING');
    const { url } = server;
    try {
      for (const copy of [innkeeper, keys]) await loadDump({ folder: copy, url }, watch);
      const sealed = await newestSealedInMongodb({ url, database, keysDatabase });
      await removeDatabase({ url, database: keysDatabase });
      return {
        environment: {
          INNKEEPER_EVENT_LOG_KIND: 'mongodb',
          INNKEEPER_MONGODB_URL: url.reveal(),
          INNKEEPER_MONGODB_DATABASE: database,
          ...(documents && { INNKEEPER_DOCUMENTS_KIND: 'mongodb' }),
        },
        dataDir,
        probe: () => Promise.resolve(sealed),
        close: () => server.stop(),
      };
    } catch (error) {
      await server.stop();
      throw error;
    }
  };
