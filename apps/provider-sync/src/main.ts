import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { ProviderSyncModule } from './provider-sync.module.js';

await startProgram({ 'provider-sync': ProviderSyncModule });
