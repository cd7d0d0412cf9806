import { BackupsContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { BackupsController } from './runs/backups.controller.js';
import { WorkBackupWhenDueJob } from './runs/work-backup-when-due.job.js';

/** Makes backups and proves them, and shows what became of each. */
@Module({
  imports: [BackupsContext],
  controllers: [BackupsController],
  providers: [WorkBackupWhenDueJob],
})
export class BackupOrchestratorModule {}
