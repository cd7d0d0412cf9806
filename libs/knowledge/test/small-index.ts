import { MemorySearchIndex } from '#libs/testing';
import type { RecordInUnit } from '#libs/catalog';

import { createAnalyser } from '../src/analyse/analyser.js';
import type { Passage } from '../src/passages/passage.js';
import { joinHits } from '../src/retrieve/join-hits.js';
import { nameBook, type NamedThing } from '../src/retrieve/names/name-book.js';
import { searchPassages } from '../src/retrieve/search-passages.js';

const NOW = Date.UTC(2026, 5, 1, 12);
const GENERATION = 1;

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
  /** When it happened. */
  readonly at?: number;
}

const staff = ['staff'];

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
  ...(note.at !== undefined && { from: note.at, to: note.at }),
});

/** Searches over notes without a store: what is indexed may be late, what is read is as it is now. */
export const smallSearch = async (
  notes: readonly SmallNote[],
  things: readonly NamedThing[],
  hidden: readonly string[] = [],
) => {
  const looked: string[][] = [];
  const index = new MemorySearchIndex();
  const key = new Uint8Array(32);
  const analyser = createAnalyser({ key });
  for (const note of notes) {
    const passage = passageOf(note, note.text);
    const { terms, words } = analyser.passage('', note.text, 'en');
    await index.replace(GENERATION, [
      {
        unit: passage.unit,
        kind: 'note',
        fence: { generation: 1, era: 1, position: 1 },
        digest: '',
        passages: [{ ...passage, hash: note.text, terms }],
        words,
      },
    ]);
  }
  const byId = new Map(notes.map((note) => [note.id, note]));
  const textNow = (id: string): string | undefined => {
    const note = byId.get(id);
    return note && 'now' in note ? note.now : note?.text;
  };
  const getRecords = (names: readonly string[]) => {
    looked.push([...names]);
    return Promise.resolve(
      names.map((name): RecordInUnit | undefined => {
        const id = name.slice('note/'.length);
        if (textNow(id) === undefined) return undefined;
        return { kind: 'note' as never, id, state: {}, fence: { era: 1, position: 1 } };
      }),
    );
  };
  const search = searchPassages({
    index,
    meaning: () => Promise.resolve(undefined),
    rerank: (_, hits) => Promise.resolve(hits),
    searched: () =>
      Promise.resolve({ generation: GENERATION, key, analyser, setting: { languages: ['en'] } }),
    names: () => nameBook(things),
    readableNow: (ids) => new Set(ids.filter((id) => !hidden.includes(id))),
    join: joinHits({
      getRecords,
      mayRead: ({ id }, principals) =>
        (byId.get(id)?.readers ?? staff).some((reader) => principals.includes(reader)),
      cutAgain: ({ passage: { id } }) => {
        const [note, text] = [byId.get(id), textNow(id)];
        return note && text !== undefined ? passageOf(note, text) : undefined;
      },
      hashesOf: (passages) => passages.map(({ text }) => text),
    }),
    clock: { now: () => NOW },
  });
  return { search, looked };
};
