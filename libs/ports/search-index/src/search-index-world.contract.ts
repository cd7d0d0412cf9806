import { expect } from '@jest/globals';

import type { Code } from '#libs/kernel';

import type {
  IndexedPassage,
  IndexedUnit,
  IndexHit,
  IndexQuery,
  PassageVectors,
  SearchIndex,
  TermField,
  TermHash,
  UnitState,
  Vocabulary,
} from './search-index.port.js';

export type WholeIndex = SearchIndex & Vocabulary & PassageVectors;

/** How a suite holds one store. */
export interface SearchIndexHarness {
  readonly index: WholeIndex;
  /** Stops the store and starts it again on what it kept. The index of before may be dead. */
  restart(): Promise<WholeIndex>;
  /** A client of a store that is not there. */
  unreachable(): Promise<WholeIndex>;
  dispose(): Promise<void>;
}

export interface SearchIndexWorld {
  readonly index: WholeIndex;
  readonly harness: SearchIndexHarness;
  readonly generation: number;
  /** A generation of its own beside the first. */
  another(): number;
}

export type SearchIndexBehaviours = Readonly<
  Record<string, (world: SearchIndexWorld) => Promise<void>>
>;

let made = 0;

export const worldOf = (
  harness: SearchIndexHarness,
  index: WholeIndex = harness.index,
): SearchIndexWorld => ({
  index,
  harness,
  generation: ++made,
  another: () => ++made,
});

/** FNV-1a: some 32 bits for a word, as an analyser has them with a key. */
export const hashOf = (word: string): TermHash => {
  let hash = 0x811c9dc5;
  for (const character of word)
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
};

export const hashes = (text: string): TermHash[] => text.split(' ').filter(Boolean).map(hashOf);

export interface GivenPassage extends Partial<Omit<IndexedPassage, 'terms'>> {
  /** Its words, which are its stems too. */
  readonly text?: string;
  readonly title?: string;
  readonly parts?: string;
}

export interface GivenUnit {
  readonly kind?: string;
  readonly generation?: number;
  readonly era?: number;
  readonly position?: number;
  readonly digest?: string;
  readonly words?: readonly string[];
}

let ids = 0;

const passageOf = (unit: string, given: GivenPassage): IndexedPassage => {
  const { text = 'plain', title = '', parts = '', ...own } = given;
  return {
    id: `00000000-0000-8000-8000-${String(++ids).padStart(12, '0')}`,
    path: '/',
    records: [unit],
    hash: `hash of ${text}`,
    language: 'en',
    scope: [],
    audience: ['all'],
    terms: {
      title: hashes(title),
      word: hashes(text),
      stem: hashes(text),
      part: hashes(parts),
    },
    ...own,
  };
};

/** A unit of these passages; a text alone is a passage of it. */
export const unitOf = (
  unit: string,
  passages: readonly (GivenPassage | string)[],
  { kind = 'call', generation = 1, era = 1, position = 1, digest = 'd', words }: GivenUnit = {},
): IndexedUnit => {
  const given = passages.map((one) => (typeof one === 'string' ? { text: one } : one));
  const texts = given.flatMap(({ text = 'plain' }) => text.split(' '));
  return {
    ...{ unit, kind, digest },
    fence: { generation, era, position },
    passages: given.map((one) => passageOf(unit, one)),
    words: words ?? [...new Set(texts.filter(Boolean))],
  };
};

export const termsOf = (text: string, field: TermField = 'word'): IndexQuery['terms'] =>
  hashes(text).map((term) => ({ field, term }));

export const asking = (text: string, given: Partial<IndexQuery> = {}): IndexQuery => ({
  terms: termsOf(text),
  weights: { title: 2, word: 1, stem: 1, part: 1 },
  audience: ['all'],
  limit: 100,
  ...given,
});

export const unitsIn = (hits: readonly IndexHit[]): string[] => hits.map(({ unit }) => unit).sort();

export const foundBy = async (
  { index, generation }: Pick<SearchIndexWorld, 'index' | 'generation'>,
  text: string,
  given: Partial<IndexQuery> = {},
): Promise<string[]> => unitsIn(await index.find(generation, asking(text, given)));

/** Every page, one after the other; `between` runs before each further page is asked for. */
export const allUnits = async (
  { index, generation }: Pick<SearchIndexWorld, 'index' | 'generation'>,
  limit: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<UnitState[]> => {
  const items: UnitState[] = [];
  for (let after: string | undefined; ;) {
    const page = await index.list(generation, { limit, ...(after !== undefined && { after }) });
    items.push(...page.items);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.next === undefined) return items;
    expect(page.items).toHaveLength(limit);
    after = page.next;
    await between();
  }
};

export const numbered = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${name}/${String(i).padStart(5, '0')}`);

export const expectFault = (work: Promise<unknown>, code: Code): Promise<void> =>
  expect(work).rejects.toMatchObject({ code });

/** A repeatable shuffle: what a run did can be done again. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const mixed = [...items];
  let state = seed;
  for (let i = mixed.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
};
