import { readdir, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import type { FailureCode } from './failure.js';

/**
 * What restic calls missing or of another password may be the rest of a repository. What lies there tells: without its
 * configuration old versions would make another one over it, and without keys no password is right.
 * Seen in folders only; in a bucket 0.17 and later refuse to make one over keys.
 */
export const codeByRemains = async (
  repository: string,
  code: FailureCode,
): Promise<FailureCode> => {
  if (!isAbsolute(repository)) return code;
  if (code !== 'BACKUP_REPOSITORY_MISSING' && code !== 'BACKUP_PASSWORD_WRONG') return code;
  const isMissing = code === 'BACKUP_REPOSITORY_MISSING';
  const isRest = isMissing ? await hasContent(repository) : await isKeyless(repository);
  return isRest ? 'BACKUP_REPOSITORY_DAMAGED' : code;
};

/** A making that was killed leaves a key that opened nothing yet, and 0.17 and later refuse to go on from there. */
export const removeUnusedKeys = async (repository: string): Promise<void> => {
  if (!isAbsolute(repository) || (await hasContent(repository))) return;
  await rm(join(repository, 'keys'), { recursive: true, force: true });
};

const hasContent = async (repository: string): Promise<boolean> => {
  for (const folder of ['snapshots', 'index', 'data'])
    if (await hasFiles(join(repository, folder))) return true;
  return false;
};

const isKeyless = async (repository: string): Promise<boolean> =>
  (await namesIn(repository)).includes('config') && !(await hasFiles(join(repository, 'keys')));

const hasFiles = async (folder: string): Promise<boolean> => {
  const options = { withFileTypes: true, recursive: true } as const;
  const entries = await readdir(folder, options).catch(() => []);
  return entries.some((entry) => entry.isFile());
};

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch(() => [] as readonly string[]);
