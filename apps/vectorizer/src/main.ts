import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { VectorizerModule } from './vectorizer.module.js';

await startProgram({ vectorizer: VectorizerModule });
