import type { Awaitable } from '#libs/kernel';
import type { IndexedUnit, SearchIndex } from '#libs/ports/search-index';

import type { PassageAnalysis } from '../analyse/analysis.js';
import type { Passage, UnitText } from '../passages/passage.js';
import type { CollectionDocument } from './collection.js';

export interface IndexCollectionParts {
  readonly index: Pick<SearchIndex, 'replace'>;
  readonly cut: (unit: UnitText) => Awaitable<readonly Passage[]>;
  readonly analysePassage: (passage: Passage) => PassageAnalysis;
}

/** What a collection became: its passages stay in memory, as records stay in their store. */
export interface IndexedCollection {
  readonly passages: ReadonlyMap<string, Passage>;
  readonly documents: ReadonlyMap<string, CollectionDocument>;
  /** Languages of its passages, the most frequent first. */
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
    const cut = await parts.cut(unit);
    for (const passage of cut) {
      passages.set(passage.id, passage);
      languages.set(passage.language, (languages.get(passage.language) ?? 0) + 1);
    }
    units.push(indexedUnit(unit, cut, parts.analysePassage));
    if (units.length >= BATCH) await flush();
  }
  if (units.length > 0) await flush();
  return {
    passages,
    documents: byUnit,
    languages: [...languages].sort(([, a], [, b]) => b - a).map(([language]) => language),
  };
};

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
  analyse: (passage: Passage) => PassageAnalysis,
): IndexedUnit => {
  const analysed = passages.map((passage) => ({ passage, ...analyse(passage) }));
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
