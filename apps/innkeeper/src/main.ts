import 'reflect-metadata';

import { startProgram } from '#libs/platform';

import { loadRoles } from './roles.js';

await startProgram(await loadRoles());
