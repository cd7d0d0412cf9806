import { BackupsContext, OperationsContext } from '#libs/platform';
import { Module } from '@nestjs/common';

import { BackupsPageController } from './pages/backups-page.controller.js';
import { ReapServersWhenDueTicker } from './reap-servers-when-due.ticker.js';
import { BackupsController } from './runs/backups.controller.js';
import { WorkBackupWhenDueJob } from './runs/work-backup-when-due.job.js';
import { AgentsController } from './servers/agents.controller.js';
import { WatchBackupsWhenDueTicker } from './watch-backups-when-due.ticker.js';

/** Makes backups and proves them, and shows what became of each. */
@Module({
  imports: [BackupsContext, OperationsContext],
  controllers: [BackupsController, BackupsPageController, AgentsController],
  providers: [WorkBackupWhenDueJob, WatchBackupsWhenDueTicker, ReapServersWhenDueTicker],
})
export class BackupOrchestratorModule {}
