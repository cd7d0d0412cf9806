import { Fault, fault } from '#libs/kernel';

const full = ['ENOSPC', 'EDQUOT', 'EFBIG'];
/** A file in the place of a folder is refused as well: somebody gave us the wrong place. */
const denied = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'];

/** What the disk said, as a fault that says what to do. */
export const scratchFault = (cause: unknown): Fault => {
  if (cause instanceof Fault) return cause;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (full.includes(code)) return fault('BACKUP_SCRATCH_FULL', { cause });
  if (denied.includes(code)) return fault('BACKUP_SCRATCH_DENIED', { cause });
  return fault('DEFECT_UNKNOWN', { cause });
};
