import { Module } from '@nestjs/common';

/** Makes backups and proves them. */
@Module({})
export class BackupOrchestratorModule {}
