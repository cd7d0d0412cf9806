import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { ApiModule } from './api.module.js';

await startProgram({ api: ApiModule });
