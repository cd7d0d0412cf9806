import { basename } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { filesIn, foldersIn, neutralFolders, shippedSources, textOfFile } from './house.js';
import { interfacesIn } from './interfaces.js';

const portFolders = foldersIn('libs/ports').map((name) => [name, `libs/ports/${name}`] as const);
const shipped = [...shippedSources('libs'), ...shippedSources('apps')];
const everyFile = ['libs', 'apps', 'test', 'tools'].flatMap(filesIn);
const specs = everyFile.filter((path) => /\.(spec|contract)\.ts$/.test(path));

const linesWith = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    textOfFile(path)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );

describe('a lib (rule 4)', () => {
  const folders = [
    ...neutralFolders(),
    ...foldersIn('libs/adapters').map((name) => `libs/adapters/${name}`),
    'libs/platform',
    'libs/testing',
  ];

  it.each(folders)('has one door: %s', (folder) => {
    expect(filesIn(folder)).toContain(`${folder}/src/index.ts`);
  });

  it('has no other door in package.json', () => {
    const { imports } = JSON.parse(textOfFile('package.json')) as { imports: object };
    expect(Object.keys(imports)).toEqual(['#libs/*', '#suites/*', '#apps/*']);
  });
});

describe('a context (rule 3)', () => {
  const others =
    'adapters contracts foreign journal kernel platform ports providers routes testing';
  const names = foldersIn('libs').filter((name) => !others.split(' ').includes(name));

  it.each(names)('has one composer, and lets it out of its door: %s', (name) => {
    expect(filesIn(`libs/${name}`)).toContain(`libs/${name}/src/compose.ts`);
    expect(textOfFile(`libs/${name}/src/index.ts`)).toMatch(/from '\.\/compose\.js'/);
  });

  it('is taken whole: apps inject contexts and classes, never a single use case or port', () => {
    const apps = shippedSources('apps');
    expect(linesWith(apps, /@Inject\((?!contexts\.\w+\)|[A-Z][A-Za-z]*\))/)).toEqual([]);
    expect(linesWith(apps, /@Inject\(contexts\./).length).toBeGreaterThan(10);
  });
});

describe('a port (rule 8)', () => {
  it.each(portFolders)('has interface, suite and README: %s', (name, folder) => {
    expect(filesIn(folder)).toEqual(
      expect.arrayContaining([
        `${folder}/README.md`,
        `${folder}/src/${name}.contract.ts`,
        `${folder}/src/${name}.port.ts`,
      ]),
    );
  });

  const interfaces = portFolders
    .flatMap(([, folder]) => filesIn(folder).filter((path) => path.endsWith('.port.ts')))
    .flatMap((path) => interfacesIn(path).map((shape) => [shape.name, path, shape] as const))
    .filter(([, , { methods }]) => methods.length > 0);

  it.each(interfaces)('has at most seven methods: %s of %s', (_name, _path, { methods }) => {
    expect(methods.length).toBeLessThanOrEqual(7);
  });

  it('says its guarantees in prose', () => {
    const named = portFolders.map(([, folder]) =>
      filesIn(folder)
        .filter((path) => path.endsWith('.port.ts'))
        .flatMap(interfacesIn)
        .filter(({ methods, comment }) => methods.length > 0 && comment.length > 80),
    );
    expect(named.every((shapes) => shapes.length > 0)).toBe(true);
  });
});

describe('differences between back ends (rule 10)', () => {
  it('are declared, never skipped in silence', () => {
    const paths = specs.filter((path) => !path.startsWith('libs/testing/src/peers/'));
    expect(linesWith(paths, /\b(describe|it|test)\.(skip|only|todo)\b|\bx(describe|it)\(/)).toEqual(
      [],
    );
  });
});

describe('acknowledgement (rule 26)', () => {
  it('is decided in platform and carried out by the adapters of bus and queue, nowhere else', () => {
    const others = shipped.filter(
      (path) => !/^libs\/(platform\/src\/(bus|jobs)|adapters|ports\/(bus|job-queue))\//.test(path),
    );
    expect(linesWith(others, /outcome: '(again|hold)'/)).toEqual([]);
  });
});

describe('errors (rule 23)', () => {
  it('are faults with a code, never bare errors', () => {
    const kernel = 'libs/kernel/src/fault.ts';
    const paths = shipped.filter((path) => path !== kernel);
    expect(linesWith(paths, /\b(throw|reject\()\s*\(?new (Type|Range)?Error\(/)).toEqual([]);
  });

  it('are told apart by code or kind, never by their words', () => {
    const wordsOfAnError =
      /\b(error|err|e|cause|thrown)\.message\s*(===|!==|\.(includes|startsWith|match)\()/;
    expect(linesWith(shipped, wordsOfAnError)).toEqual([]);
  });
});

describe('settings (rule 27)', () => {
  it('are read from the environment in one place', () => {
    const allowed =
      /^libs\/platform\/src\/(settings\/|composition\/(start-program|open-backup-watch|open-indexing)\.ts)|^apps\/innkeeper\//;
    const others = shipped.filter((path) => !allowed.test(path));
    // An adapter may tell its driver something that the driver takes from nowhere else.
    const read = /process\.env\b(?!\['[A-Z_]+'\] (\?\?)?= )/;
    expect(linesWith(others, read)).toEqual([]);
  });
});

describe('files (rules 32 and 35)', () => {
  it('are never a drawer: no utils, helpers, common, manager, base', () => {
    const drawer = /(^|[-./])(utils?|helpers?|common|managers?|base)([-./]|$)/;
    expect(everyFile.filter((path) => drawer.test(path))).toEqual([]);
  });

  it('of tests tell their cost by their suffix', () => {
    const names = specs.map((path) => basename(path)).filter((name) => name.endsWith('.spec.ts'));
    expect(
      names.filter((name) => !/^[a-z0-9-]+(\.v\d+)?(\.(int|e2e))?\.spec\.ts$/.test(name)),
    ).toEqual([]);
  });
});
