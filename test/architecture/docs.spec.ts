import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { codes } from '#libs/kernel';

import { filesIn, foldersIn, houseRoot, textOfFile } from './house.js';
import { useCasesIn } from './use-cases.js';

const isThere = (path: string): boolean => existsSync(join(houseRoot, path));

const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'libs', 'test'].flatMap(filesIn).filter((path) => path.endsWith('.md')),
];

const FENCE = /^ *```(\w*)\n([\s\S]*?)^ *```$/gm;
const prose = (text: string): string => text.replaceAll(FENCE, '');

/** Fenced text of one language, as a reader copies it. */
const fenced = (text: string, language: string): string[] =>
  [...text.matchAll(FENCE)].filter(([, of]) => of === language).map(([, , body]) => body ?? '');

/** A heading's anchor, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');

const anchorsIn = (path: string): string[] =>
  [...prose(textOfFile(path)).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    anchorOf(heading ?? ''),
  );

const linksIn = (text: string): string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

const brokenIn = (path: string): string[] =>
  linksIn(textOfFile(path)).filter((link) => {
    const [target = '', anchor] = link.split('#');
    const file = target === '' ? path : normalize(join(dirname(path), target));
    if (!isThere(file)) return true;
    return anchor !== undefined && !anchorsIn(file).includes(anchor);
  });

describe('documents', () => {
  it('are found', () => {
    expect(documents).toEqual(
      expect.arrayContaining(['docs/README.md', 'docs/how-to/add-a-fact.md']),
    );
  });

  it.each(documents)('link to what is there: %s', (path) => {
    expect(brokenIn(path)).toEqual([]);
  });

  it('would notice a link to nothing, and one to no heading', () => {
    expect(linksIn('see [a](nowhere.md) and [b](https://example.com)')).toEqual(['nowhere.md']);
    expect(anchorsIn('README.md')).toContain('sixty-seconds');
    expect(anchorsIn('README.md')).not.toContain('nowhere');
  });

  it('are all to be reached from docs/README.md', () => {
    const linked = linksIn(textOfFile('docs/README.md')).map((link) => link.split('#')[0]);
    const pages = filesIn('docs')
      .map((path) => path.slice('docs/'.length))
      .filter((path) => path.endsWith('.md') && path !== 'README.md');
    expect(pages.filter((page) => !linked.includes(page))).toEqual([]);
  });
});

describe('every error code', () => {
  it('has its place in the error reference', () => {
    const anchors = anchorsIn('docs/reference/errors.md');
    expect(Object.keys(codes).filter((code) => !anchors.includes(code.toLowerCase()))).toEqual([]);
  });
});

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: object;
  readonly devDependencies: object;
  readonly optionalDependencies: object;
}
const manifest = JSON.parse(textOfFile('package.json')) as Manifest;

const commandNames = filesIn('apps/innkeeper/src/commands')
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts'))
  .flatMap((path) =>
    [...textOfFile(path).matchAll(/\.command\('([a-z]+)/g)].map(([, name]) => name),
  );

describe('commands in documents', () => {
  it.each(documents)('exist: %s', (path) => {
    const text = textOfFile(path);
    const scripts = [...text.matchAll(/\bnpm run ([a-z][a-z0-9:-]*)/g)].map(
      ([, name]) => name ?? '',
    );
    expect(scripts.filter((name) => !(name in manifest.scripts))).toEqual([]);
    const used = [...text.matchAll(/\bnpx innkeeper ([a-z]+)/g)].map(([, name]) => name ?? '');
    expect(used.filter((name) => !commandNames.includes(name))).toEqual([]);
  });

  it('name files that are there', () => {
    const named = documents.flatMap((path) =>
      [...textOfFile(path).matchAll(/\btest\/fixtures\/[\w./-]+\.json\b/g)].map(([file]) => file),
    );
    // What a how-to makes itself.
    expect(named.filter((file) => !file.includes('/lockbox/') && !isThere(file))).toEqual([]);
  });
});

describe('a context', () => {
  const composed = foldersIn('libs').filter((name) => isThere(`libs/${name}/src/compose.ts`));

  it('is found', () => {
    expect(composed).toEqual(expect.arrayContaining(['catalog', 'intake', 'operations']));
  });

  it.each(composed)('has a README that names its use cases, and no others: %s', (name) => {
    const readme = textOfFile(`libs/${name}/README.md`);
    const useCases = useCasesIn(textOfFile(`libs/${name}/src/compose.ts`));
    expect(useCases.length).toBeGreaterThan(5);
    const [, section = ''] = readme.split('## Use cases');
    const named = [...section.matchAll(/^\| `(\w+)` /gm)].map(([, useCase]) => useCase ?? '');
    expect(useCases.filter((useCase) => !named.includes(useCase))).toEqual([]);

    const registers = isThere(`libs/${name}/src/compose-registers.ts`)
      ? useCasesIn(textOfFile(`libs/${name}/src/compose-registers.ts`))
      : [];
    expect(named.filter((one) => ![...useCases, ...registers].includes(one))).toEqual([]);
  });

  it('has its use cases found by what its composers make', () => {
    const code = `export const composeA = (parts) => ({ one: f(parts), two });
      const composeB = (parts) => { const g = 1; return { ...composeA(parts), three: g }; };`;
    expect(useCasesIn(code)).toEqual(['one', 'two', 'three']);
  });
});

describe('the page about operations', () => {
  const page = textOfFile('docs/explanation/operations.md');
  const unnamed = (path: string, pattern: RegExp): string[] => {
    const names = [...textOfFile(path).matchAll(pattern)].map(([, name]) => name ?? '');
    expect(names.length).toBeGreaterThan(5);
    return names.filter((name) => !page.includes(`\`${name}\``));
  };

  it('names every finding of the doctor', () => {
    expect(unnamed('libs/operations/src/doctor/findings.ts', /^ {2}([A-Z_]{6,}):/gm)).toEqual([]);
  });

  it('names every metric', () => {
    const metric = /'((?:innkeeper|process|nodejs)_[a-z_]+)'/g;
    expect(unnamed('libs/platform/src/metrics/metrics.ts', metric)).toEqual([]);
  });
});

describe('the how-tos', () => {
  const pages = filesIn('docs/how-to');

  /** Each hunk: what it expects to find, in one place of the file it names. */
  const hunksIn = (diff: string): [file: string, expected: string][] => {
    const [head = '', ...hunks] = diff.split(/^@@.*\n/m);
    const file = /^\+\+\+ b\/(\S+)/m.exec(head)?.[1] ?? 'no file';
    return hunks.map((hunk) => [
      file,
      hunk
        .trimEnd()
        .split('\n')
        .filter((line) => !line.startsWith('+'))
        .map((line) => line.slice(1))
        .join('\n'),
    ]);
  };

  it.each(pages)('change what is there: %s', (path) => {
    const stale = fenced(textOfFile(path), 'diff')
      .flatMap(hunksIn)
      .filter(
        ([file, expected]) => !isThere(file) || textOfFile(file).split(expected).length !== 2,
      );
    expect(stale).toEqual([]);
  });
});

describe('decisions', () => {
  const decisions = filesIn('docs/adr');

  it('stand in the list of documents once each, by their numbers and their titles', () => {
    const listed = [...textOfFile('docs/README.md').matchAll(/^(\d+)\. \[(.*)\]\((adr\/.*)\)$/gm)];
    const expected = decisions.map((path) => {
      const [, number = '', title = ''] = /^# (\d+)\. (.*)$/m.exec(textOfFile(path)) ?? [];
      return [number, title, path.slice('docs/'.length)];
    });
    expect(listed.map(([, ...parts]) => parts)).toEqual(expected);
  });

  it.each(decisions)(
    'say what is decided, what else was considered and what confirms it: %s',
    (path) => {
      const headings = [
        'Context',
        'Decision',
        'Considered instead',
        'Consequences',
        'Confirmation',
      ];
      const found = [...textOfFile(path).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(found).toEqual(headings);
    },
  );

  it.each(decisions)('are confirmed by a check that exists: %s', (path) => {
    const [, confirmation = ''] = textOfFile(path).split('## Confirmation');
    const files = [
      ...confirmation.matchAll(/`([\w./-]+\/[\w./-]+|\.dependency-cruiser\.cjs)`/g),
    ].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((file) => !isThere(file))).toEqual([]);
  });
});

describe('dependencies', () => {
  it('have one line each that says what for, and none else has', () => {
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const known = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const [, section = ''] = textOfFile('CONTRIBUTING.md').split('## Dependencies');
    const cells = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (`.*?) +\|/gm)];
    const told = cells.flatMap(([, cell]) =>
      [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect([...told].sort()).toEqual(known.sort());
  });
});
