import { derivedId, utf8, type Clock, type Hash } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { IndexPointer } from '../generations/index-pointer.js';
import type { ParkedUnits } from '../index-records/parked-units.js';
import type { IndexRebuild, IndexRebuilds } from '../rebuild-index/index-rebuilds.js';
import type { SweptUnits } from './sweep-index.js';

export interface KeepIndexParts {
  readonly pointer: Pick<IndexPointer, 'open' | 'left' | 'dropped'>;
  readonly index: Pick<SearchIndex, 'drop'>;
  readonly parked: Pick<ParkedUnits, 'drop'>;
  readonly rebuilds: Pick<IndexRebuilds, 'ask' | 'find' | 'next'>;
  readonly rebuild: (asked: IndexRebuild, signal: AbortSignal) => Promise<IndexRebuild | undefined>;
  readonly sweep: (signal: AbortSignal) => Promise<SweptUnits>;
  readonly versions: string;
  readonly hash: Hash;
  readonly clock: Clock;
}

/** One look: what was dropped, the rebuild that ended, or what a sweep found. */
export interface KeptIndex {
  readonly dropped: number;
  readonly ended?: IndexRebuild;
  readonly swept?: SweptUnits;
}

/** A question that began before a switch may go on so long in the index that was left. */
const LEFT_MS = 60_000;
/** One that failed by itself is tried again after this. */
const AGAIN_MS = 10 * 60_000;

/**
 * Keeps the index whole, in one process at a time: removes what was left, builds what somebody asked for or what this
 * version needs, and sweeps. A look lasts as long as a rebuild.
 */
export const keepIndex =
  (parts: KeepIndexParts) =>
  async (signal: AbortSignal): Promise<KeptIndex> => {
    const dropped = await dropLeft(parts);
    const asked = (await parts.rebuilds.next()) ?? (await neededRebuild(parts));
    if (!asked) return { dropped, swept: await parts.sweep(signal) };
    const ended = await parts.rebuild(asked, signal);
    return { dropped, ...(ended && { ended }) };
  };

const dropLeft = async ({ pointer, index, parked, clock }: KeepIndexParts): Promise<number> => {
  const now = clock.now();
  const left = (await pointer.left()).filter(({ since }) => Math.abs(now - since) > LEFT_MS);
  for (const { generation } of left) {
    await index.drop(generation);
    await parked.drop(generation);
    await pointer.dropped(generation);
  }
  return left.length;
};

/** The live index was made by another version, or by none. */
const neededRebuild = async (parts: KeepIndexParts): Promise<IndexRebuild | undefined> => {
  const { pointer, versions, rebuilds, hash, clock } = parts;
  const { live } = await pointer.open();
  if (live.versions === versions) return undefined;
  const [digest = new Uint8Array(32)] = await hash([utf8(`${live.generation} ${versions}`)]);
  const id = derivedId(0, digest);
  const before = await rebuilds.find(id);
  if (before && Math.abs(clock.now() - (before.endedAt ?? 0)) < AGAIN_MS) return undefined;
  return rebuilds.ask(id, { switch: true, acceptChanges: false });
};
