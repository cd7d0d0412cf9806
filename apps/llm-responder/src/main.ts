import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { LlmResponderModule } from './llm-responder.module.js';

await startProgram({ 'llm-responder': LlmResponderModule });
