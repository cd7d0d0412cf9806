import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

import type { FailureCode } from './failure.js';

/**
 * What restic calls missing or of another password may be the rest of a repository. Its keys tell: without its
 * configuration old versions would make another one over it, and without keys no password is right.
 * Seen on folders only; in a bucket 0.17 and later refuse to make one over keys.
 */
export const codeByRemains = async (
  repository: string,
  code: FailureCode,
): Promise<FailureCode> => {
  if (!isAbsolute(repository)) return code;
  if (code !== 'BACKUP_REPOSITORY_MISSING' && code !== 'BACKUP_PASSWORD_WRONG') return code;
  const hasKeys = (await namesIn(join(repository, 'keys'))).length > 0;
  if (code === 'BACKUP_REPOSITORY_MISSING') return hasKeys ? 'BACKUP_REPOSITORY_DAMAGED' : code;
  const isMade = (await namesIn(repository)).includes('config');
  return isMade && !hasKeys ? 'BACKUP_REPOSITORY_DAMAGED' : code;
};

const namesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch(() => [] as readonly string[]);
