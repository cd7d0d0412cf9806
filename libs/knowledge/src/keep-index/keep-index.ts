import { derivedId, utf8, type Hash } from '#libs/kernel';

import type { EmbedderModel } from '../generations/embedder-model.js';
import { isSameMeaning, type GenerationMeaning } from '../generations/generation-meaning.js';
import type { IndexGeneration, IndexPointer } from '../generations/index-pointer.js';
import type { IndexRebuild, IndexRebuilds } from '../rebuild-index/index-rebuilds.js';
import { dropLeft, LEFT_MS, type DropLeftParts } from './drop-left.js';
import type { SweptUnits } from './sweep-index.js';

export interface KeepIndexParts extends DropLeftParts {
  readonly pointer: Pick<IndexPointer, 'open' | 'left' | 'dropped'>;
  readonly rebuilds: Pick<IndexRebuilds, 'ask' | 'find' | 'next'>;
  readonly rebuild: (asked: IndexRebuild, signal: AbortSignal) => Promise<IndexRebuild | undefined>;
  readonly sweep: (signal: AbortSignal) => Promise<SweptUnits>;
  readonly model: EmbedderModel;
  readonly versions: string;
  readonly hash: Hash;
}

/** One look: what was dropped, the rebuild that ended, or what a sweep found. */
export interface KeptIndex {
  readonly dropped: number;
  readonly ended?: IndexRebuild;
  readonly swept?: SweptUnits;
}

/** One that failed by itself is tried again after this. */
const AGAIN_MS = 10 * 60_000;

/**
 * Keeps the index whole, in one process at a time: removes what was left, builds what somebody asked for or what this
 * version needs, and sweeps. A look lasts as long as a rebuild.
 */
export const keepIndex =
  (parts: KeepIndexParts) =>
  async (signal: AbortSignal): Promise<KeptIndex> => {
    const dropped = await dropLeft(parts)(LEFT_MS);
    const asked = (await parts.rebuilds.next()) ?? (await neededRebuild(parts));
    if (!asked) return { dropped, swept: await parts.sweep(signal) };
    const ended = await parts.rebuild(asked, signal);
    if (ended) return { dropped, ended };
    // It waits for something: the live index is kept meanwhile.
    return { dropped, ...(!signal.aborted && { swept: await parts.sweep(signal) }) };
  };

/** The live index was made by another version, or by none, or its vectors by another model. */
const neededRebuild = async (parts: KeepIndexParts): Promise<IndexRebuild | undefined> => {
  const { pointer, versions, rebuilds, hash, clock } = parts;
  const { live } = await pointer.open();
  const meaning = await otherMeaning(parts, live);
  if (live.versions === versions && !meaning) return undefined;
  const wanted = meaning ? ` ${meaning.model} ${meaning.dimension}` : '';
  const [digest = new Uint8Array(32)] = await hash([
    utf8(`${live.generation} ${versions}${wanted}`),
  ]);
  const id = derivedId(0, digest);
  const before = await rebuilds.find(id);
  if (before && Math.abs(clock.now() - (before.endedAt ?? 0)) < AGAIN_MS) return undefined;
  return rebuilds.ask(id, { switch: true, acceptChanges: false });
};

/** While nobody knows which model answers, nothing is built for it. Vectors that nobody asks for any more do no harm. */
const otherMeaning = async (
  { model }: KeepIndexParts,
  { meaning }: IndexGeneration,
): Promise<GenerationMeaning | undefined> => {
  try {
    const now = await model.now();
    return now && !isSameMeaning(now, meaning) ? now : undefined;
  } catch {
    return undefined;
  }
};
