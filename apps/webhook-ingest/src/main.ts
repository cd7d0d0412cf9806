import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { WebhookIngestModule } from './webhook-ingest.module.js';

await startProgram({ 'webhook-ingest': WebhookIngestModule });
