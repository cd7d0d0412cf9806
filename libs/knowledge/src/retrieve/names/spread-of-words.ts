import type { SearchIndex } from '#libs/ports/search-index';

import type { SearchedIndex } from '../searched-index.js';
import type { NamedThing, ShareOfTexts } from './name-book.js';
import { foldedName } from './name-words.js';
import { isGenericInNames } from './generic-words.js';

/** So many passages show whether a word is said about many homes. */
const SAMPLE = 200;
/** Who may read what is only counted. */
const READERS = ['staff'];
const weights = { title: 0, word: 1, stem: 1, part: 0 };
const SURE = 0.8;

/** Remembers each word: what is said about homes changes slowly. */
export type KnownSpread = Map<string, number>;

/**
 * Learns for each word of the names in how many other homes' texts it stands. `Garden` in a name is hardly told from
 * the gardens that others have; `Gonville` is.
 */
export const spreadOfWords = async (
  { index }: { readonly index: Pick<SearchIndex, 'find'> },
  { analyser, generation, setting }: SearchedIndex,
  things: readonly NamedThing[],
  known: KnownSpread = new Map(),
): Promise<ShareOfTexts> => {
  const holders = holdersOf(things);
  const named = new Set(things.map(({ id }) => id));
  for (const [folded, { written, ids }] of holders) {
    if (known.has(folded) || isGenericInNames(folded)) continue;
    const { words } = await analyser.question(written, setting);
    const terms = words.flatMap(({ forms }) =>
      forms.filter(({ field, weight }) => weight >= SURE && (field === 'stem' || field === 'word')),
    );
    const hits =
      terms.length === 0
        ? []
        : await index.find(generation, { terms, weights, audience: READERS, limit: SAMPLE });
    // Guests and stays are in the scope as well: what they say of a home is no other home's.
    const others = new Set(
      hits.flatMap(({ passage: { scope } }) =>
        scope.some((one) => ids.has(one)) ? [] : scope.filter((one) => named.has(one)),
      ),
    );
    known.set(folded, others.size / things.length);
  }
  return (word) => known.get(word) ?? 0;
};

interface WordHolders {
  readonly written: string;
  readonly ids: Set<string>;
}

const holdersOf = (things: readonly NamedThing[]): ReadonlyMap<string, WordHolders> => {
  const holders = new Map<string, WordHolders>();
  for (const { id, names } of things)
    for (const written of names.flatMap((name) => name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])) {
      const folded = foldedName(written);
      const held = holders.get(folded);
      if (held) held.ids.add(id);
      else holders.set(folded, { written, ids: new Set([id]) });
    }
  return holders;
};
