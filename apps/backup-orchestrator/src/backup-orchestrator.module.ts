import { BackupsContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { BackupsPageController } from './pages/backups-page.controller.js';
import { BackupsController } from './runs/backups.controller.js';
import { WorkBackupWhenDueJob } from './runs/work-backup-when-due.job.js';

/** Makes backups and proves them, and shows what became of each. */
@Module({
  imports: [BackupsContext],
  controllers: [BackupsController, BackupsPageController],
  providers: [WorkBackupWhenDueJob],
})
export class BackupOrchestratorModule {}
