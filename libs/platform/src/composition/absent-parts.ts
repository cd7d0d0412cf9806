import type { BackupRepository, BackupsParts } from '#libs/backups';
import { fault, type Code } from '#libs/kernel';
import type { SnapshotRepository } from '#libs/ports/snapshot-repository';

const never = (code: Code) => (): Promise<never> => Promise.reject(fault(code));
const noRepository = never('BACKUP_REPOSITORY_MISSING');

const absent: SnapshotRepository = {
  prepare: noRepository,
  save: noRepository,
  list: noRepository,
  check: noRepository,
  restore: noRepository,
  remove: noRepository,
  prune: noRepository,
};

const repository: BackupRepository = { writer: absent, remover: absent, policy: {} };

/** What a process has not that only watches: it works at no step that needs them. What the log is told, it owes. */
export const absentParts = {
  repositories: { data: repository, keys: repository },
  sources: [],
  scratch: {
    take: never('BACKUP_SCRATCH_DENIED'),
    remove: () => Promise.resolve(),
    leftovers: () => Promise.resolve([]),
    room: () => Promise.resolve(0),
  },
  proveRestored: never('BACKUP_REPOSITORY_MISSING'),
  // Who makes backups says what stands until a person changes it, and nobody is woken for that.
  lookAround: () => Promise.resolve({ kit: 'current', onOwnDisk: [] }),
  handIn: never('LOG_UNAVAILABLE'),
  told: never('LOG_UNAVAILABLE'),
  restored: () => Promise.resolve(undefined),
} satisfies Partial<BackupsParts>;
