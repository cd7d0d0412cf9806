import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { CatalogModule } from './catalog.module.js';

await startProgram({ catalog: CatalogModule });
