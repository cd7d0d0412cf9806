import type { Embedder } from '#libs/ports/embedder';
import type { PassageVectors } from '#libs/ports/search-index';

import { embeddedText } from '../follow-vectors/embedded-text.js';
import { GENERATION, type IndexedCollection } from './index-collection.js';

export interface EmbedCollectionParts {
  readonly index: Pick<PassageVectors, 'begin' | 'putVectors'>;
  readonly embedder: Embedder;
}

const BATCH = 64;

/** Makes the vectors of a collection that is indexed; a collection does not change, so no vector is late. */
export const embedCollection = async (
  { embedder, index }: EmbedCollectionParts,
  { passages }: Pick<IndexedCollection, 'passages'>,
  tellProgress: (done: number, of: number) => Promise<void>,
): Promise<void> => {
  const all = [...passages.values()];
  for (let from = 0; from < all.length; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    const vectors = await embedder.embed(batch.map(embeddedText), 'passage');
    await index.putVectors(
      GENERATION,
      batch.flatMap(({ id }, i) =>
        vectors[i] ? [{ passage: id, hash: '', vector: vectors[i] }] : [],
      ),
    );
    await tellProgress(from + batch.length, all.length);
  }
};
