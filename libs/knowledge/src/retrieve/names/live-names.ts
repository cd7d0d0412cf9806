import type { ReadHomeNames } from '#libs/catalog';
import type { Clock } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { SearchedIndex } from '../searched-index.js';
import { nameBook, type NameBook, type NamedThing } from './name-book.js';
import { spreadOfWords, type KnownSpread } from './spread-of-words.js';

export interface LiveNamesParts {
  readonly readHomeNames: ReadHomeNames;
  readonly index: Pick<SearchIndex, 'find'>;
  readonly clock: Clock;
}

/** A new name is known after so long; in between, questions cost no look-up. */
const FRESH_MS = 2_000;
/** All are read again: a late look-up may bring a home with a time that was passed long ago. */
const WHOLE_MS = 5 * 60_000;
/** What is said about homes changes slowly. */
const SPREAD_MS = 60 * 60_000;

interface KnownNames {
  readonly generation: number;
  readonly things: ReadonlyMap<string, NamedThing>;
  readonly book: NameBook;
  readonly newest: number;
  readonly wholeAt: number;
}

/** The names of all homes in memory, as fresh as the questions need them. Reads nothing while nobody asks. */
export const liveNames = (parts: LiveNamesParts): ((index: SearchedIndex) => Promise<NameBook>) => {
  let known: KnownNames | undefined;
  let reading: Promise<KnownNames> | undefined;
  let readAt = 0;
  const spread = spreadWithin(parts);

  return async (searched) => {
    const now = parts.clock.now();
    if (known && now >= readAt && now - readAt < FRESH_MS) return known.book;
    // Who asks meanwhile waits for the same reading.
    reading ??= refreshed(parts, spread(searched), known, now).finally(() => {
      reading = undefined;
    });
    known = await reading;
    readAt = now;
    return known.book;
  };
};

type BookOf = (things: readonly NamedThing[]) => Promise<NameBook>;

const spreadWithin = ({ index, clock }: LiveNamesParts) => {
  let learned: KnownSpread = new Map();
  let learnedAt = Number.NEGATIVE_INFINITY;
  return (searched: SearchedIndex): BookOf =>
    async (things) => {
      const now = clock.now();
      if (now - learnedAt > SPREAD_MS) {
        learned = new Map();
        learnedAt = now;
      }
      return nameBook(things, await spreadOfWords({ index }, searched, things, learned));
    };
};

const refreshed = async (
  { readHomeNames }: Pick<LiveNamesParts, 'readHomeNames'>,
  bookOf: BookOf,
  known: KnownNames | undefined,
  now: number,
): Promise<KnownNames> => {
  const isWhole = !known || now - known.wholeAt >= WHOLE_MS;
  const read = await readHomeNames(isWhole ? undefined : known.newest);
  // Another generation of the records may hold other homes.
  if (!isWhole && read.generation !== known.generation)
    return refreshed({ readHomeNames }, bookOf, undefined, now);
  const things = new Map(isWhole ? [] : known.things);
  let isChanged = isWhole;
  let newest = isWhole ? 0 : known.newest;
  for (const { id, names, audience, changedAt } of read.homes) {
    newest = Math.max(newest, changedAt);
    const before = things.get(id);
    if (before?.names.join('\n') === names.join('\n') && sameReaders(before.audience, audience))
      continue;
    isChanged = true;
    if (names.length === 0) things.delete(id);
    else things.set(id, { id, names, audience });
  }
  return {
    generation: read.generation,
    things,
    newest,
    wholeAt: isWhole ? now : known.wholeAt,
    book: isChanged || !known ? await bookOf([...things.values()]) : known.book,
  };
};

const sameReaders = (a: readonly string[] | undefined, b: readonly string[]): boolean =>
  a?.join('\n') === b.join('\n');
