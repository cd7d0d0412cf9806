import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { BackupOrchestratorModule } from './backup-orchestrator.module.js';

await startProgram({ 'backup-orchestrator': BackupOrchestratorModule });
