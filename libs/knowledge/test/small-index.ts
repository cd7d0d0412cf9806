import type { RecordInUnit } from '#libs/catalog';
import type { IndexHit, IndexQuery, IndexStatistics, TermHash } from '#libs/ports/search-index';

import type { PassageAnalysis, QuestionAnalysis } from '../src/analyse/analysis.js';
import type { Passage } from '../src/passages/passage.js';
import { joinHits } from '../src/retrieve/join-hits.js';
import { nameBook, type NamedThing } from '../src/retrieve/names/name-book.js';
import { rankOnText } from '../src/retrieve/rank-on-text.js';
import { searchPassages } from '../src/retrieve/search-passages.js';

const NOW = Date.UTC(2026, 5, 1, 12);

const hashOf = (word: string): TermHash =>
  [...word].reduce((hash, letter) => (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0, 7);

const wordsOf = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];

const analysePassage = ({ text, title }: Passage): PassageAnalysis => {
  const stem = wordsOf(text).map(hashOf);
  return {
    language: 'en',
    terms: { title: wordsOf(title).map(hashOf), word: stem, stem, part: [] },
    words: [],
  };
};

const analyseQuestion = (text: string): QuestionAnalysis => ({
  languages: ['en'],
  words: wordsOf(text).map((written) => ({
    written,
    start: 0,
    end: 0,
    forms: [{ field: 'stem', term: hashOf(written), weight: 1 }],
  })),
});

/** A note as this world keeps it: its passage is all it says. */
export interface SmallNote {
  readonly id: string;
  readonly text: string;
  readonly scope: string;
  /** Who may read it by the index, and now; the staff unless it says so. */
  readonly indexed?: readonly string[];
  readonly readers?: readonly string[];
  /** What it says now, where that differs from what is indexed; nothing once it is gone. */
  readonly now?: string | undefined;
}

const staff = ['staff'];

/** Searches over notes without a store: what is indexed may be late, what is read is as it is now. */
export const smallSearch = (notes: readonly SmallNote[], things: readonly NamedThing[]) => {
  const looked: string[][] = [];
  const passageOf = (note: SmallNote, text: string): Passage => ({
    id: note.id,
    unit: `note/${note.id}`,
    path: '0',
    title: '',
    text,
    start: 0,
    end: text.length,
    records: [`note/${note.id}`],
    language: 'en',
    scope: [note.scope],
    audience: note.indexed ?? staff,
  });
  const indexed = notes.map((note) => ({ note, passage: passageOf(note, note.text) }));
  const find = ({ terms, audience, scope, limit }: IndexQuery): readonly IndexHit[] =>
    indexed
      .filter(({ passage }) => passage.audience.some((reader) => audience.includes(reader)))
      .filter(({ passage }) => scope?.some((one) => passage.scope.includes(one)) ?? true)
      .map(({ note, passage }) => ({
        unit: passage.unit,
        kind: 'note',
        passage: { ...passage, hash: note.text },
        score: terms.filter(({ term }) => analysePassage(passage).terms.stem.includes(term)).length,
      }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, limit);
  const statistics = (terms: IndexQuery['terms']): IndexStatistics => ({
    passages: notes.length,
    averageLength: 8,
    frequencies: terms.map(
      ({ term }) =>
        indexed.filter(({ passage }) => analysePassage(passage).terms.stem.includes(term)).length,
    ),
  });
  const textNow = (note: SmallNote): string | undefined => ('now' in note ? note.now : note.text);
  const getRecords = (names: readonly string[]) => {
    looked.push([...names]);
    return Promise.resolve(
      names.map((name): RecordInUnit | undefined => {
        const id = name.slice('note/'.length);
        const text = textNow(noteOf(id));
        if (text === undefined) return undefined;
        return { kind: 'note' as never, id, state: { text }, fence: { era: 1, position: 1 } };
      }),
    );
  };
  const noteOf = (id: string): SmallNote => notes.find((note) => note.id === id)!;
  const search = searchPassages({
    index: {
      find: (_, query) => Promise.resolve(find(query)),
      statistics: (_, terms) => Promise.resolve(statistics(terms)),
    },
    generation: () => Promise.resolve(1),
    analyse: analyseQuestion,
    names: () => nameBook(things),
    join: joinHits({
      getRecords,
      mayRead: ({ id }, principals) =>
        (noteOf(id).readers ?? staff).some((reader) => principals.includes(reader)),
      cutAgain: ({ passage }) => {
        const note = noteOf(passage.id);
        const text = textNow(note) ?? '';
        return text === passage.hash ? passageOf(note, text) : undefined;
      },
    }),
    rank: rankOnText(analysePassage),
    clock: { now: () => NOW },
  });
  return { search, looked };
};
