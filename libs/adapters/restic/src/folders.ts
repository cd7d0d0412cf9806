import { lstat, mkdir, readdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { fault, type Code } from '#libs/kernel';

/** restic before 0.19 leaves out what is missing, and ends well. */
export const refuseMissing = async (paths: readonly string[]): Promise<void> => {
  if (paths.length === 0 || !paths.every((path) => isAbsolute(path)))
    throw fault('BACKUP_SOURCE_MISSING');
  for (const path of paths)
    await lstat(path).catch((cause: unknown) => {
      const isAway = ['ENOENT', 'ENOTDIR'].includes(systemCode(cause));
      throw fault(isAway ? 'BACKUP_SOURCE_MISSING' : 'BACKUP_SOURCE_UNREADABLE', { cause });
    });
};

const byMaking: Readonly<Record<string, Code>> = { ENOSPC: 'BACKUP_SCRATCH_FULL' };

/** A folder to restore into: made where it is not there, and refused where something lies in it. */
export const refuseFilled = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length === 0) return;
  } catch (cause) {
    throw fault(byMaking[systemCode(cause)] ?? 'BACKUP_SCRATCH_DENIED', { cause });
  }
  throw fault('BACKUP_TARGET_NOT_EMPTY');
};

export const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/** restic reads what to include as a pattern. */
export const literally = (path: string): string =>
  path.replaceAll(/[\\*?[\]!]/g, (char) => `\\${char}`);

const systemCode = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
