import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { AgentOrder, AgentParts, RestoredPlatform, SealedSample } from '#libs/backups';
import { fault, systemClock } from '#libs/kernel';
import type { RestoredSource, SourceProof, SourceWatch } from '#libs/ports/backup-source';

import { environmentOfPrograms } from '../settings/environment-of-programs.js';
import { leftReports } from './left-reports.js';
import { placeOfLent } from './lend-repositories.js';
import { proveRestored } from './prove-restored.js';
import type { StandingPlatform } from './standing-platform.js';

export interface AgentOptions {
  readonly order: AgentOrder;
  /** Everything that it makes lies in here. */
  readonly folder: string;
  /** Programs: paths, or names on the path. */
  readonly restic: string;
  readonly mongod: string;
  /** What starts Innkeeper with any role; missing: no platform can be started here. */
  readonly program?: readonly [file: string, ...words: string[]];
  /** Asks home, where the master key is. */
  readonly opens: (
    sample: SealedSample,
    watch: { readonly signal: AbortSignal },
  ) => Promise<boolean>;
}

export type OpenedAgent = Pick<
  AgentParts,
  'host' | 'leave' | 'proveRestored' | 'repositories' | 'scratch' | 'sources'
>;

/** The parts of a server that works for one run: what was lent to it, and nothing that lasts. */
export const openAgent = async (options: AgentOptions): Promise<OpenedAgent> => {
  const { folder, mongod, order } = options;
  const { localScratch } = await import('#libs/adapters/local-files');
  const left = leftReports(placeOfLent(order.repositories.data));
  return {
    host: order.host,
    scratch: localScratch({ folder: join(folder, 'work') }),
    repositories: {
      data: { writer: await writerAt(options, 'data') },
      keys: { writer: await writerAt(options, 'keys') },
    },
    sources: order.run.sources.map(({ name, kind }) => ({
      name,
      prove: (restored, watch) => proveCopy({ name, kind, mongod }, restored, watch),
    })),
    proveRestored: proofOf(options),
    leave: (report, watch) => left.leave(report, watch),
  };
};

const writerAt = async (
  { folder, order, restic }: AgentOptions,
  name: keyof AgentOrder['repositories'],
) => {
  const { resticRepository } = await import('#libs/adapters/restic');
  const { repository, password, credentials } = placeOfLent(order.repositories[name]);
  return resticRepository({
    ...{ program: restic, repository, password, environment: environmentOfPrograms() },
    ...{ workDir: join(folder, 'work'), cacheDir: join(folder, 'cache') },
    ...(credentials && { credentials }),
  });
};

interface ProvedCopy {
  readonly name: string;
  readonly kind: AgentOrder['run']['sources'][number]['kind'];
  readonly mongod: string;
}

const databaseFiles: Partial<Record<ProvedCopy['kind'], string>> = {
  innkeeper: 'innkeeper.db',
  keys: 'keys.db',
};

/** A copy says itself whether it is of MongoDB or a file of SQLite. */
const proveCopy = async (
  { name, kind, mongod }: ProvedCopy,
  restored: RestoredSource,
  watch: SourceWatch,
): Promise<SourceProof> => {
  if (kind === 'folder') {
    const { folderSource } = await import('#libs/adapters/local-files');
    return folderSource({ name, folder: '', clock: systemClock }).prove(restored, watch);
  }
  const file = databaseFiles[kind];
  if (file === undefined || isDumped(restored.folder)) {
    const { proveDump } = await import('#libs/adapters/mongodb');
    return proveDump({ name, kind, mongod }, restored, watch);
  }
  const { proveDatabase } = await import('#libs/adapters/sqlite');
  return proveDatabase({ source: name, kind, file }, restored, watch);
};

const isDumped = (folder: string): boolean => existsSync(join(folder, 'dump'));

const proofOf =
  ({ mongod, opens, program }: AgentOptions): AgentParts['proveRestored'] =>
  async (restored, watch) => {
    // A drill that cannot start a platform has seen nothing that is bad.
    if (!program || !existsSync(program[0])) throw fault('BACKUP_INNKEEPER_MISSING');
    return proveRestored({
      stand: (copy, { signal }) => stand(mongod, copy, { signal }),
      opens: ({ stream, sealed, wrapped }) =>
        opens(
          { stream, sealed: base64(sealed), ...(wrapped && { wrapped: base64(wrapped) }) },
          watch,
        ),
      program,
    })(restored, watch);
  };

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** A dump names its databases by its folders. */
const stand = async (
  mongod: string,
  restored: RestoredPlatform,
  watch: { readonly signal: AbortSignal },
): Promise<StandingPlatform> => {
  if (!isDumped(restored.innkeeper))
    return (await import('./stand-embedded.js')).standEmbedded(restored);
  const database = await databaseIn(restored.innkeeper);
  const dumped = await readdir(join(restored.innkeeper, 'dump', database));
  const { standMongodb } = await import('./stand-mongodb.js');
  return standMongodb({
    ...{ mongod, database, keysDatabase: await databaseIn(restored.keys) },
    documents: dumped.some((file) => file.startsWith('documents_')),
  })(restored, watch);
};

const databaseIn = async (copy: string): Promise<string> => {
  const [database] = await readdir(join(copy, 'dump'));
  if (database === undefined) throw fault('BACKUP_DRILL_FAILED');
  return database;
};
