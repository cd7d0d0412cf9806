#!/usr/bin/env node
// The command line: npx innkeeper …, npm run innkeeper -- …
import { become } from './set-up/node.js';
import { setUp } from './set-up/index.js';
import { mainProgram } from './set-up/paths.js';

await setUp();
become([mainProgram, ...process.argv.slice(2)]);
