import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository itself. */
export const houseRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const entriesOf = (folder: string) => {
  try {
    return readdirSync(join(houseRoot, folder), { withFileTypes: true });
  } catch {
    return [];
  }
};

/** Folders right below one, by name. */
export const foldersIn = (folder: string): string[] =>
  entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

/** Every file below a folder, as a path from the root. */
export const filesIn = (folder: string): string[] =>
  entriesOf(folder).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesIn(path) : [path];
  });

export const textOfFile = (path: string): string => readFileSync(join(houseRoot, path), 'utf8');

/** What no build ships: the same list as in .dependency-cruiser.cjs. */
const isTest = (path: string): boolean =>
  /\.(spec|contract)\.ts$|^(libs|apps)\/.+\/test\/|^libs\/testing\/|^test\//.test(path);

export const shippedSources = (folder: string): string[] =>
  filesIn(folder).filter((path) => path.endsWith('.ts') && !isTest(path));

const notNeutral = ['adapters', 'platform', 'testing'];

/** The folders of libs whose code runs in a Worker too: everything below the adapters. */
export const neutralFolders = (): string[] =>
  foldersIn('libs')
    .filter((name) => !notNeutral.includes(name))
    .flatMap((name) =>
      ['ports', 'providers'].includes(name)
        ? foldersIn(`libs/${name}`).map((inner) => `libs/${name}/${inner}`)
        : [`libs/${name}`],
    );
