import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { ChangeStreamListenerModule } from './change-stream-listener.module.js';

await startProgram({ 'change-stream-listener': ChangeStreamListenerModule });
