import type { BackupsParts, ServersParts } from '#libs/backups';
import type { BackupSource } from '#libs/ports/backup-source';
import type { Documents } from '#libs/ports/documents';
import type { Scratch } from '#libs/ports/scratch';

import type { BackupPlaces } from './backup-places.js';
import type { BackupSurroundings } from './look-at-backups.js';

/** What backups are made of and kept in, in a process that makes them. */
export interface OpenedBackups {
  readonly documents: Documents;
  readonly places: BackupPlaces;
  readonly repositories: BackupsParts['repositories'];
  readonly sources: readonly BackupSource[];
  readonly scratch: Scratch;
  readonly servers?: ServersParts;
  readonly proveRestored: BackupsParts['proveRestored'];
  readonly restored: BackupsParts['restored'];
  readonly workDir: string;
  readonly lookAround: () => Promise<BackupSurroundings>;
}
