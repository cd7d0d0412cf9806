import type { Secret } from '#libs/kernel';

import type { BackupPlace } from './backup-places.js';

/** Where backups are and what opens them: from a recovery kit, from settings, or from what somebody said. */
export interface RestoreSite {
  readonly environment?: string;
  readonly data: BackupPlace;
  /** Missing: nobody can open them, and personal data stays closed. */
  readonly keys?: BackupPlace;
  readonly masterKey?: Secret;
}
