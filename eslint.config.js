import eslint from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

import { house } from './tools/lint/plugin.js';

const sources = '{apps,deploy,libs,test}/**/*.ts';
const specs = '**/*.{spec,contract}.ts';
const tests = [specs, '{apps,libs}/**/test/**/*.ts', 'libs/testing/**/*.ts', 'test/**/*.ts'];

/** Everything below the adapters, which a Worker runs too. */
const neutral = ['libs/**/*.ts'];
const notNeutral = ['libs/{adapters,platform,testing}/**', ...tests];

const noSwitchedOffWithoutUse = { linterOptions: { reportUnusedDisableDirectives: 'error' } };

export default defineConfig(
  { ignores: ['dist/', 'dist-*/', 'coverage/', 'node_modules/', 'data/'] },
  noSwitchedOffWithoutUse,
  {
    files: [sources],
    extends: [eslint.configs.recommended, tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { house },
    rules: {
      // Off on purpose: Nest's constructor injection needs classes imported as values.
      '@typescript-eslint/consistent-type-imports': 'off',
      // Off on purpose: `async` makes a throw a rejection, which callers of a promise may count on.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-deprecated': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'house/honest-comments': 'error',
      'house/no-default-export': 'error',
      'house/no-relative-import-across-packages': 'error',
      'house/one-type-one-name': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-depth': ['error', 3],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 60 }],
      'max-params': ['error', { max: 4 }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only libs/platform/src/settings reads the environment.',
        },
        { object: 'process', property: 'exit', message: 'Only a main.ts ends the process.' },
      ],
    },
  },
  {
    // The one place that parses the environment, and what every main.ts calls with it.
    files: [
      'libs/platform/src/settings/**',
      'libs/platform/src/composition/{start-program,open-backup-watch,open-indexing}.ts',
      'apps/*/src/main.ts',
      'apps/innkeeper/src/**',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    // A shell around a library function; what would make it longer belongs there. Workers look for a default export.
    files: ['deploy/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 60 }],
      'house/no-default-export': 'off',
      // The log of a Worker is its console.
      'no-console': 'off',
    },
  },
  {
    // Nest calls these constructors and factories, by type and not by place.
    files: ['apps/**/*.ts'],
    rules: { 'max-params': 'off' },
  },
  {
    files: [...neutral, 'deploy/cloudflare/**/*.ts'],
    ignores: notNeutral,
    rules: {
      'no-restricted-globals': [
        'error',
        { name: 'process', message: 'A Worker has no process: have it handed in.' },
        { name: 'Buffer', message: 'A Worker has no Buffer: use Uint8Array.' },
        { name: 'require', message: 'ES modules only.' },
        { name: '__dirname', message: 'ES modules only.' },
        { name: 'setImmediate', message: 'A Worker has no setImmediate.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['node:*'], message: 'kernel to contexts run in a Worker too.' },
            { group: ['@nestjs/*'], message: 'Nest begins in libs/platform.' },
          ],
        },
      ],
    },
  },
  {
    // The kernel holds the one clock and the one maker of random ids.
    files: neutral,
    ignores: [...notNeutral, 'libs/kernel/**'],
    plugins: { house },
    rules: { 'house/no-hidden-input': 'error' },
  },
  {
    files: tests,
    rules: {
      // Parts of a harness are taken apart; none of them looks at `this`.
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': ['error', { max: 600 }],
      'max-lines-per-function': 'off',
      'no-restricted-properties': 'off',
    },
  },
  {
    // Written by a program, from the document of a vendor.
    files: ['libs/adapters/*/src/generated/**'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['**/*.{js,cjs}'],
    extends: [eslint.configs.recommended],
    plugins: { house },
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'Buffer', 'URL', 'setTimeout', 'clearTimeout', 'setInterval']
          .concat(['clearInterval', 'fetch', 'module', 'require'])
          .map((name) => [name, 'readonly']),
      ),
    },
    rules: {
      'house/honest-comments': 'error',
      'max-lines': ['error', { max: 250 }],
      'no-unused-vars': ['error', { varsIgnorePattern: '^_' }],
    },
  },
);
