import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

// One compiler set-up for build and tests: .swcrc, less its list of files that a build leaves out.
const {
  exclude: _notBuilt,
  $schema: _schema,
  ...swc
} = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

/** Tests run as ES modules, as production does; tools/test.js passes the Node flags. */
export default {
  testEnvironment: '<rootDir>/tools/jest-environment.js',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  testMatch: ['<rootDir>/{apps,libs,test}/**/*.spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // It has sources under our condition, and nobody compiles those here.
    '^eventsource-parser/stream$': '<rootDir>/node_modules/eventsource-parser/dist/stream.js',
  },
  setupFiles: ['reflect-metadata'],
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  coverageProvider: 'v8',
  collectCoverageFrom: ['{apps,libs}/**/src/**/*.ts', '!**/*.{spec,contract}.ts', '!**/main.ts'],
  // No behaviour is held to a time here (`npm run bench` does that): a slow machine must not fail one.
  // So this bounds a hang, and tools/jest-environment.js lets no test have less.
  testTimeout: 300_000,
  // Whole processes and real servers are waited for a good deal: one more than there are cores keeps these busy.
  maxWorkers: Math.max(2, availableParallelism() + 1),
  testSequencer: '<rootDir>/tools/jest-sequencer.js',
  workerIdleMemoryLimit: '768MB',
  globalSetup: '<rootDir>/tools/jest-run.js',
  globalTeardown: '<rootDir>/tools/jest-run-end.js',
};
