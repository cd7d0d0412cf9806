import type { IndexedUnit, SearchIndex } from '#libs/ports/search-index';

import type { Analyser } from '../analyse/analyser.js';
import { cutPassages, type CutParts } from '../passages/cut-passages.js';
import type { Passage, UnitText } from '../passages/passage.js';
import type { CollectionDocument } from './collection.js';

export interface IndexCollectionParts {
  readonly index: Pick<SearchIndex, 'replace'>;
  readonly cutting: CutParts;
  readonly analyser: Analyser;
}

/** What a collection became: its passages stay in memory, as records stay in their store. */
export interface IndexedCollection {
  readonly passages: ReadonlyMap<string, Passage>;
  readonly documents: ReadonlyMap<string, CollectionDocument>;
  /** What it is written in, the most frequent first. */
  readonly languages: readonly string[];
}

/** A collection has one generation: it is thrown away afterwards. */
export const GENERATION = 1;
const BATCH = 250;

/** Cuts and indexes documents as records are cut and indexed. */
export const indexCollection = async (
  parts: IndexCollectionParts,
  documents: AsyncIterable<CollectionDocument>,
  tellProgress: (done: number) => Promise<void>,
): Promise<IndexedCollection> => {
  const passages = new Map<string, Passage>();
  const byUnit = new Map<string, CollectionDocument>();
  const languages = new Map<string, number>();
  let units: IndexedUnit[] = [];
  const flush = async (): Promise<void> => {
    await parts.index.replace(GENERATION, units);
    units = [];
    await tellProgress(byUnit.size);
  };
  for await (const document of documents) {
    const unit = unitOf(document);
    byUnit.set(unit.unit, document);
    const cut = cutPassages(unit, parts.cutting);
    for (const passage of cut) {
      passages.set(passage.id, passage);
      languages.set(passage.language, (languages.get(passage.language) ?? 0) + 1);
    }
    units.push(indexedUnit(unit, cut, parts.analyser));
    if (units.length >= BATCH) await flush();
  }
  if (units.length > 0) await flush();
  return {
    passages,
    documents: byUnit,
    languages: spokenIn(languages, passages.size),
  };
};

/** A language of so few passages was mostly mistaken for it. */
const SPOKEN = 0.03;

const spokenIn = (counts: ReadonlyMap<string, number>, all: number): readonly string[] =>
  [...counts]
    .filter(([, count]) => count >= SPOKEN * all)
    .sort(([, a], [, b]) => b - a)
    .map(([language]) => language);

/** A document is what a note is: a title and a text. */
const unitOf = ({ id, title, text, scope, audience }: CollectionDocument): UnitText => {
  const unit = `note/${id}`;
  return {
    unit,
    kind: 'note',
    name: title,
    // Some collections have documents that are a title only.
    sections: [{ path: 'text', text: text.trim() === '' ? title : text }],
    records: [unit],
    scope,
    audience,
  };
};

const indexedUnit = (
  { unit, kind }: UnitText,
  passages: readonly Passage[],
  analyser: Analyser,
): IndexedUnit => {
  const analysed = passages.map((passage) => ({
    passage,
    ...analyser.passage(passage.title, passage.text, passage.language),
  }));
  return {
    unit,
    kind,
    fence: { generation: GENERATION, era: 1, position: 1 },
    digest: '',
    passages: analysed.map(({ passage, language, terms }) => ({
      id: passage.id,
      path: passage.path,
      records: passage.records,
      hash: '',
      language,
      scope: passage.scope,
      audience: passage.audience,
      terms,
    })),
    words: [...new Set(analysed.flatMap(({ words }) => words))],
  };
};
