import type { ReadUnits } from '#libs/catalog';
import { asFault } from '#libs/kernel';
import type { Embedder } from '#libs/ports/embedder';
import type { PassageVector, PassageVectors } from '#libs/ports/search-index';

import type { IndexGeneration } from '../generations/index-pointer.js';
import { renderUnits, type RenderingParts } from '../index-records/rendered-unit.js';
import type { Passage } from '../passages/passage.js';
import { embeddedText } from './embedded-text.js';

export interface EmbedUnitsParts extends RenderingParts {
  readonly units: Pick<ReadUnits, 'load'>;
  readonly index: Pick<PassageVectors, 'nearness' | 'putVectors'>;
  readonly embedder: Pick<Embedder, 'embed'>;
  /** Kinds whose text goes to no embedder. */
  readonly unembeddedKinds: ReadonlySet<string>;
  readonly letOthersWork: () => Promise<unknown>;
}

/** What became of the passages of some units that had no vector. */
export interface EmbeddedCounts {
  readonly written: number;
  /** Those that the embedder refuses, each alone. */
  readonly refused: number;
}

/** Embeds what of these units has no vector in this generation. */
export type EmbedUnits = (
  units: readonly string[],
  target: IndexGeneration,
  signal: AbortSignal,
) => Promise<EmbeddedCounts>;

/** Texts of one request: a question waits at most for one such piece. */
const TOGETHER = 32;

/**
 * The texts are those of the records as they are now: what was erased is sent to nobody. A passage that says something
 * else by the time its vector is there gets none: the index compares their hashes.
 */
export const embedUnits =
  (parts: EmbedUnitsParts): EmbedUnits =>
  async (names, target, signal) => {
    const lacking = await lackingOf(parts, names, target);
    let counts: EmbeddedCounts = { written: 0, refused: 0 };
    for (let from = 0; from < lacking.length && !signal.aborted; from += TOGETHER) {
      const batch = lacking.slice(from, from + TOGETHER);
      const vectors = await vectorsOf(parts.embedder, batch, signal);
      const outcomes = await parts.index.putVectors(target.generation, vectors);
      counts = {
        written: counts.written + outcomes.filter((outcome) => outcome === 'written').length,
        refused: counts.refused + batch.length - vectors.length,
      };
      await parts.letOthersWork();
    }
    return counts;
  };

interface LackingPassage {
  readonly passage: Passage;
  readonly hash: string;
}

const lackingOf = async (
  parts: EmbedUnitsParts,
  names: readonly string[],
  target: IndexGeneration,
): Promise<readonly LackingPassage[]> => {
  const { meaning, generation } = target;
  if (!meaning || names.length === 0) return [];
  const { unembeddedKinds } = parts;
  const units = (await parts.units.load(names)).filter(({ kind }) => !unembeddedKinds.has(kind));
  const rendered = await renderUnits(parts)(units, target);
  const all = rendered.flatMap(({ hashes, passages }) =>
    passages.flatMap((passage, i): readonly LackingPassage[] =>
      passage.records.some((name) => unembeddedKinds.has(kindOf(name)))
        ? []
        : [{ passage, hash: hashes[i] ?? '' }],
    ),
  );
  // How near a text is tells nothing here, but that it has a vector does.
  const known = await parts.index.nearness(
    generation,
    meaning.probe,
    all.map(({ passage }) => passage.id),
  );
  return all.filter((_, i) => known[i] === undefined);
};

const kindOf = (name: string): string => name.slice(0, name.indexOf('/'));

/** Of a batch that is refused each half alone, down to the one text that is meant: it keeps no other waiting. */
const vectorsOf = async (
  embedder: Pick<Embedder, 'embed'>,
  batch: readonly LackingPassage[],
  signal: AbortSignal,
): Promise<readonly PassageVector[]> => {
  try {
    const texts = batch.map(({ passage }) => embeddedText(passage));
    const vectors = await embedder.embed(texts, 'passage', signal);
    return batch.flatMap(({ hash, passage }, i) => {
      const vector = vectors[i];
      return vector ? [{ passage: passage.id, hash, vector }] : [];
    });
  } catch (thrown) {
    if (asFault(thrown).code !== 'EMBEDDER_REFUSED') throw thrown;
    if (batch.length <= 1) return [];
    const half = batch.length >> 1;
    return [
      ...(await vectorsOf(embedder, batch.slice(0, half), signal)),
      ...(await vectorsOf(embedder, batch.slice(half), signal)),
    ];
  }
};
