import type { ReadUnits } from '#libs/catalog';
import { asFault, type Clock, type Fault } from '#libs/kernel';
import type { PassageVectors, SearchIndex } from '#libs/ports/search-index';

import type { EmbedderModel } from '../generations/embedder-model.js';
import { isSameMeaning } from '../generations/generation-meaning.js';
import type { IndexGeneration, IndexPointer } from '../generations/index-pointer.js';
import type { BusyLive } from '../want-records/busy-live.js';
import type { EmbedUnits } from './embed-units.js';
import type { FreshUnits } from './fresh-units.js';
import { countLacking, type VectorProgresses } from './vector-progress.js';

export interface FollowVectorsParts {
  readonly pointer: Pick<IndexPointer, 'read'>;
  readonly model: EmbedderModel;
  readonly units: Pick<ReadUnits, 'unitsOf'>;
  readonly index: Pick<PassageVectors & SearchIndex, 'states' | 'statistics' | 'withoutVectors'>;
  readonly embedding: EmbedUnits;
  readonly fresh: Pick<FreshUnits, 'take'>;
  readonly live: Pick<BusyLive, 'free'>;
  readonly progresses: Pick<VectorProgresses, 'forget' | 'write'>;
  readonly unembeddedKinds: ReadonlySet<string>;
  readonly clock: Clock;
}

/** What one call came to. */
export interface FollowedVectors {
  readonly written: number;
  /** Passages whose text the embedder refuses. */
  readonly refused: number;
  /** Why it ended before all had theirs. */
  readonly trouble?: Fault;
}

export interface FollowVectors {
  /** Gives the live index the vectors it lacks, those of fresh changes first, until none is lacking or something fails. */
  readonly follow: (signal: AbortSignal) => Promise<FollowedVectors>;
  /** One look at all that a generation lacks: what was there when it began has its vectors afterwards. */
  readonly fill: (
    target: IndexGeneration,
    signal: AbortSignal,
    tellDone: (units: number) => Promise<void>,
  ) => Promise<FollowedVectors>;
}

const PAGE = 32;
const FRESH = 64;
/** What can have no vector is looked at again after this, and no sooner. */
const REST_MS = 10_000;
const REPORT_MS = 5_000;

export const followVectors = (parts: FollowVectorsParts): FollowVectors => {
  const work = new FollowingWork(parts);
  return {
    follow: (signal) => work.follow(signal),
    fill: (target, signal, tellDone) => work.fill(target, signal, tellDone),
  };
};

class FollowingWork {
  #restUntil = -Infinity;
  #reportedAt = -Infinity;
  #resting: number | undefined;

  constructor(private readonly parts: FollowVectorsParts) {}

  async follow(signal: AbortSignal): Promise<FollowedVectors> {
    const live = (await this.parts.pointer.read())?.live;
    if (!live?.meaning) return NONE;
    let counts = NONE;
    try {
      const now = await this.parts.model.now();
      if (!now) await this.parts.progresses.forget();
      if (!isSameMeaning(now, live.meaning)) return NONE;
      counts = await this.#fresh(live, signal);
      if (this.#resting === live.generation && this.parts.clock.now() < this.#restUntil)
        return counts;
      const all = await this.fill(live, signal, () => this.#tell(live, undefined));
      counts = sumOf(counts, all);
      if (signal.aborted || all.trouble) return counts;
      this.#resting = live.generation;
      this.#restUntil = this.parts.clock.now() + REST_MS;
      await this.#whole(live, all.refused);
      return counts;
    } catch (thrown) {
      const trouble = asFault(thrown);
      this.parts.model.failed(trouble);
      await this.#tell(live, trouble);
      return { ...counts, trouble };
    }
  }

  async fill(
    target: IndexGeneration,
    signal: AbortSignal,
    tellDone: (units: number) => Promise<void>,
  ): Promise<FollowedVectors> {
    let counts = NONE;
    let after: string | undefined;
    while (!signal.aborted) {
      await this.parts.live.free();
      const units = await this.parts.index.withoutVectors(target.generation, {
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      if (units.length === 0) break;
      counts = sumOf(counts, await this.parts.embedding(units, target, signal));
      counts = sumOf(counts, await this.#fresh(target, signal));
      after = units.at(-1);
      await tellDone(units.length);
    }
    return counts;
  }

  async #fresh(target: IndexGeneration, signal: AbortSignal): Promise<FollowedVectors> {
    const records = this.parts.fresh.take(FRESH);
    if (records.length === 0) return NONE;
    const units = await this.parts.units.unitsOf(records);
    return this.parts.embedding([...new Set(units)], target, signal);
  }

  async #tell(live: IndexGeneration, trouble: Fault | undefined): Promise<void> {
    const { clock, index, unembeddedKinds } = this.parts;
    if (Math.abs(clock.now() - this.#reportedAt) < REPORT_MS) return;
    this.#reportedAt = clock.now();
    const counted = await countLacking(index, live, unembeddedKinds);
    await this.#write(live, { ...counted, ...(trouble && { code: trouble.code }) });
  }

  /** Nothing can be made any more: what still lacks a vector is refused, or shall have none. */
  async #whole(live: IndexGeneration, refused: number): Promise<void> {
    this.#reportedAt = -Infinity;
    const { passages } = await this.parts.index.statistics(live.generation, []);
    await this.#write(live, {
      ...{ passages, lacking: refused },
      ...(refused > 0 && { code: 'EMBEDDER_REFUSED' as const }),
    });
  }

  async #write(
    { generation, meaning }: IndexGeneration,
    counted: Pick<Parameters<VectorProgresses['write']>[0], 'code' | 'lacking' | 'passages'>,
  ): Promise<void> {
    if (!meaning) return;
    const { model, dimension } = meaning;
    await this.parts.progresses.write({ generation, model, dimension, ...counted });
  }
}

const NONE: FollowedVectors = { written: 0, refused: 0 };

const sumOf = (one: FollowedVectors, other: Omit<FollowedVectors, 'trouble'>): FollowedVectors => ({
  ...one,
  written: one.written + other.written,
  refused: one.refused + other.refused,
});
