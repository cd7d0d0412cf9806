import type { AddCommand } from '../../command.js';
import { addBackupAdopt } from './adopt.js';
import { addBackupCheck } from './check.js';
import { addBackupKit } from './kit.js';
import { addBackupReap } from './reap.js';
import { addBackupRestore } from './restore.js';
import { addBackupRetention } from './retention.js';
import { addBackupRuns } from './runs.js';

export const addBackup: AddCommand = (program, binding) => {
  const backup = program
    .command('backup')
    .helpCommand(false)
    .summary('backups: made, proved, brought back')
    .description(
      'Makes backups of everything, proves them by restoring them, and brings them back.',
    );
  for (const add of [
    addBackupRuns,
    addBackupCheck,
    addBackupRetention,
    addBackupRestore,
    addBackupReap,
    addBackupAdopt,
    addBackupKit,
  ])
    add(backup, binding);
};
