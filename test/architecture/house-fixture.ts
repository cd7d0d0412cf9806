import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { houseRoot } from './house.js';

export interface Violation {
  readonly rule: string;
  readonly from: string;
}

type Files = Readonly<Record<string, string>>;

const packages = ['zod', 'mongodb', '@nestjs/core', 'express', 'jest', 'unheard-of'];

const manifest = JSON.stringify({
  name: 'house',
  type: 'module',
  imports: {
    '#libs/*': { source: './libs/*/src/index.ts' },
    '#suites/*': { source: './libs/ports/*/src/*.contract.ts' },
  },
  dependencies: { zod: '1.0.0', mongodb: '1.0.0', '@nestjs/core': '1.0.0', express: '1.0.0' },
  devDependencies: { jest: '1.0.0' },
});

const tsconfig = JSON.stringify({
  compilerOptions: {
    module: 'nodenext',
    moduleResolution: 'nodenext',
    customConditions: ['source'],
  },
});

const frame: Files = {
  'package.json': manifest,
  'tsconfig.json': tsconfig,
  ...Object.fromEntries(
    packages.flatMap((name) => [
      [`node_modules/${name}/index.js`, 'export const thing = 1;'],
      [
        `node_modules/${name}/package.json`,
        JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
      ],
    ]),
  ),
};

const write = (folder: string, files: Files): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
};

/** dependency-cruiser with the rules of this repository, on a little house with the same doors. */
export const cruiseHouse = (files: Files): Violation[] => {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-house-'));
  try {
    write(folder, { ...frame, ...files });
    return violationsIn(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Report {
  readonly summary: { readonly violations: readonly { rule: { name: string }; from: string }[] };
}

const violationsIn = (folder: string): Violation[] => {
  const program = join(houseRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(houseRoot, '.dependency-cruiser.cjs');
  const args = [
    program,
    '--config',
    config,
    '--output-type',
    'json',
    'libs',
    'apps',
    'deploy',
    'test',
  ];
  const { summary } = JSON.parse(runWhateverItsStatus(args, folder)) as Report;
  return summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
};

/** Its exit status is the number of violations. */
const runWhateverItsStatus = (args: string[], cwd: string): string => {
  try {
    return execFileSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
};
