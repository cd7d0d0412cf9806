import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { derivedCollections, isDerivedCollection, keptCollections } from '#libs/backups';

const root = join(import.meta.dirname, '../..');

const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.spec|\.contract)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/\/(?:test|testing|node_modules)\//.test(file));

/** `{ name: 'calls', fields: [` and `collectionOf(`calls_${generation}`, [`: how this tree declares a collection. */
const DECLARED =
  /(?:name(?:: |\s=\s)['`]([a-z][a-z0-9_]*(?:\$\{\w+\}[a-z0-9_]*)*)['`],\s*fields)|(?:collectionOf\(`([^`]+)`)/g;
/** A name that is made first, and used in the next lines. */
const NAMED = /const name = `([a-z][a-z0-9_]*\$\{[^`]+)`;[\s\S]{0,200}?\{ name, fields/g;

const declaredIn = (text: string): readonly string[] =>
  [...text.matchAll(DECLARED), ...text.matchAll(NAMED)].map(([, one, other]) =>
    (one ?? other ?? '').replaceAll(/\$\{\w+\}/g, '1'),
  );

/** Kept by another database, which backups do not read. */
const apart = /^backup_/;

describe('what a backup keeps', () => {
  const texts = ['libs', 'apps'].flatMap(sources).map((file) => readFileSync(file, 'utf8'));
  const all = [...new Set(texts.flatMap(declaredIn))];
  const declared = all.filter((name) => !apart.test(name));

  it('has a place for each collection of the tree', () => {
    const unplaced = declared.filter(
      (name) => !Object.hasOwn(keptCollections, name) && !isDerivedCollection(name),
    );
    expect(unplaced).toEqual([]);
  });

  it('names no collection that is not there, and none twice', () => {
    const stale = Object.keys(keptCollections).filter((name) => !declared.includes(name));
    expect(stale).toEqual([]);
    const unused = Object.keys(derivedCollections).filter((name) => {
      const pattern = new RegExp(`^${name.replace('*', '.+')}$`);
      return !declared.some((one) => pattern.test(one));
    });
    expect(unused).toEqual([]);
    expect(Object.keys(keptCollections).filter(isDerivedCollection)).toEqual([]);
  });

  it('sees every declaration', () => {
    const typed = texts
      .map((text) => [...text.matchAll(/: Collection = \{/g)].length)
      .reduce((sum, count) => sum + count, 0);
    expect(all.length).toBeGreaterThanOrEqual(typed);
  });
});
