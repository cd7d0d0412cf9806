import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { Fact } from '#libs/contracts';

import { foldAll } from '../../test/folding.js';
import { frozenFacts, goldenFacts } from '../../test/sample-facts.js';
import { valuesOf } from '../merge/record-state.js';
import { kindNames, recordKinds } from './index.js';

/**
 * States lie in stores, and a rebuild compares them byte by byte. So the code may be written again; what it makes of
 * facts that exist may not. A new sample adds lines; a changed line is a rebuild for everybody.
 */
const stored = JSON.parse(
  readFileSync(new URL('../../test/stored-states.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

const digestsOf = (facts: readonly Fact[], prefix = ''): Record<string, string> =>
  Object.fromEntries(
    [...foldAll(facts)].map(([name, state]) => [
      `${prefix}${name}`,
      createHash('sha256').update(JSON.stringify(state)).digest('hex').slice(0, 32),
    ]),
  );

/** Each provider's history as a whole, and the frozen sample of each type by itself. */
const digests = Object.fromEntries(
  Object.entries({
    ...digestsOf(goldenFacts),
    ...frozenFacts.reduce(
      (all, fact) => ({ ...all, ...digestsOf([fact], `${fact.type} `) }),
      {} as Record<string, string>,
    ),
  }).sort(([a], [b]) => (a < b ? -1 : 1)),
);

describe('the stored states of records', () => {
  it('are, byte by byte, what they were when their samples came', () => {
    expect(digests).toEqual(stored);
  });
});

describe('the values of records', () => {
  const states = [...foldAll([...goldenFacts, ...frozenFacts])];

  it.each(kindNames)('are all declared by %s', (kind) => {
    const declared = Object.entries(recordKinds[kind].values);
    const isDeclared = (field: string): boolean =>
      field === 'id' ||
      declared.some(([name, { prefix }]) =>
        prefix === undefined ? field === name : field.startsWith(prefix),
      );
    const fields = states
      .filter(([name]) => name.startsWith(`${kind}/`))
      .flatMap(([, state]) => Object.keys(valuesOf(state)));
    expect(fields.length).toBeGreaterThan(0);
    expect(fields.filter((field) => !isDeclared(field))).toEqual([]);
  });
});
