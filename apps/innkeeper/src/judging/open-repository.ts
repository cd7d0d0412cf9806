import type { JudgeOrder, JudgeParts, RepositoryJudgement } from '#libs/backups';
import { Secret } from '#libs/kernel';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { UsageError } from '../exit.js';
import type { CallerEnvironment } from '../platform/place.js';
import { RepositoryFolder } from './repository-folder.js';

/** A repository of restic anywhere, as somebody names it on the command line. */
export interface NamedRepository {
  readonly repository: string;
  readonly passwordFile: string;
}

export interface OpenedRepository {
  readonly judge: (
    order: JudgeOrder,
    onStage: JudgeParts['onStage'],
  ) => Promise<RepositoryJudgement>;
  /** Removes what was restored. */
  readonly close: () => Promise<void>;
}

/** Needs no platform, no data directory and no settings but restic's own names. */
export const openRepository = async (
  env: CallerEnvironment,
  { repository, passwordFile }: NamedRepository,
): Promise<OpenedRepository> => {
  const [password, place] = [await passwordIn(passwordFile), placeOf(repository)];
  const [{ lookAtRestic, resticBytes, resticRepository }, { judgeRepository }] = await Promise.all([
    import('#libs/adapters/restic'),
    import('#libs/backups'),
  ]);
  const program = env['INNKEEPER_BACKUP_RESTIC'] ?? 'restic';
  await lookAtRestic(program, env);
  const credentials = credentialsIn(env);
  const options = {
    program,
    repository: place,
    password,
    environment: env,
    ...(credentials && { credentials }),
  };
  const restored: string[] = [];
  const parts = {
    repository: resticRepository(options),
    bytesOf: resticBytes(options),
    ...(!isBucket(place) && { files: new RepositoryFolder(place) }),
    emptyFolder: async () => {
      const folder = await mkdtemp(join(tmpdir(), 'innkeeper-check-'));
      restored.push(folder);
      return folder;
    },
    now: Date.now,
  };
  return {
    judge: (order, onStage) => judgeRepository({ ...parts, onStage }, order),
    async close() {
      for (const folder of restored) await rm(folder, { recursive: true, force: true });
    },
  };
};

const isBucket = (place: string): boolean => place.startsWith('s3:');

const placeOf = (repository: string): string => {
  if (isBucket(repository)) return repository;
  const folder = repository.replace(/^local:/, '');
  if (/^[a-z][a-z0-9]+:/.test(folder))
    throw new UsageError(
      `${repository} is neither a folder nor a bucket.`,
      'Write a folder, or s3:https://host/bucket/prefix.',
    );
  return resolve(folder);
};

/** As restic reads it: without the line's end. */
const passwordIn = async (path: string): Promise<Secret> => {
  let text: string;
  try {
    text = (await readFile(path, 'utf8')).trim();
  } catch (cause) {
    throw new UsageError(`${path} cannot be read.`, 'Check the name.', { cause });
  }
  if (text === '') throw new UsageError(`${path} is empty.`, 'Put the password into it.');
  return new Secret(text);
};

const credentialsIn = (env: CallerEnvironment) => {
  const { AWS_ACCESS_KEY_ID: accessKey, AWS_SECRET_ACCESS_KEY: secret } = env;
  const { AWS_SESSION_TOKEN: sessionToken } = env;
  if (!accessKey || !secret) return undefined;
  return {
    ...{ accessKey, accessSecret: new Secret(secret) },
    ...(sessionToken && { sessionToken: new Secret(sessionToken) }),
  };
};
