import type { Clock } from '#libs/kernel';
import type { BackupSource } from '#libs/ports/backup-source';

export interface FolderSourceOptions {
  readonly name: string;
  /** Absolute. Saved where it lies. */
  readonly folder: string;
  readonly clock: Clock;
  /** Where the sums of unchanged files are remembered from one run to the next; nothing: all are read each time. */
  readonly remembered?: string;
}

export const folderSource = (_options: FolderSourceOptions): BackupSource => {
  throw new Error('not made yet');
};
