import { fault } from '#libs/kernel';
import {
  checkDimension,
  type IndexedUnit,
  type PassageVector,
  type WordCount,
} from '#libs/ports/search-index';

import { GenerationWriter } from './generation-writer.js';
import type { IndexFile } from './index-file.js';
import {
  createGeneration,
  createGenerations,
  dropGeneration,
  finishDrops,
  generationRow,
  tablesOf,
} from './tables.js';
import type { ReplaceOutcome } from './vector-writer.js';

export interface Replacement {
  readonly generation: number;
  readonly units: readonly IndexedUnit[];
}

export interface Replaced {
  readonly outcomes: readonly ReplaceOutcome[][];
  /** What the thread that reads must know of the vocabularies. */
  readonly words: readonly {
    readonly generation: number;
    readonly changed: readonly WordCount[];
    /** It begins with these: there were no words before. */
    readonly isNew: boolean;
  }[];
}

/** Pages of segments that one slice of tidying merges: so that writes hardly wait. */
const MERGED_AT_ONCE = 200;
/** A merge writes the whole generation again: in a large one not for each passage that goes. */
const MERGED_EACH_MS = 3_600_000;
const SMALL = 20_000;

interface Merging {
  /** Units lost their passages since the last merge began. */
  isDue: boolean;
  isUnderWay: boolean;
  beganAt: number;
}

/** Everything that is written. Lives in the thread that writes, as the only one. */
export class IndexWriter {
  readonly #open = new Map<number, GenerationWriter>();
  /** Within this transaction. */
  readonly #created = new Set<number>();
  readonly #merging = new Map<number, Merging>();

  constructor(
    private readonly file: IndexFile,
    private readonly stopwatch: () => number = () => performance.now(),
  ) {
    file.write(() => createGenerations(file));
    file.guard(() => finishDrops(file));
    // What lost its passages before a stop is not known any more; where nothing did, a merge has nothing to do.
    const all = file.read(() => file.sql('SELECT generation FROM generations').all());
    for (const { generation } of all) this.#hasEmptied(Number(generation));
  }

  /** One transaction for all. */
  replace(replacements: readonly Replacement[]): Replaced {
    const generations = [...new Set(replacements.map(({ generation }) => generation))];
    try {
      const replaced = this.file.write(() => ({
        outcomes: replacements.map(({ generation, units }) =>
          units.length > 0 ? this.#opened(generation).replace(units) : [],
        ),
        words: generations.map((generation) => ({
          generation,
          changed: this.#open.get(generation)?.settle() ?? [],
          isNew: this.#created.has(generation),
        })),
      }));
      for (const generation of generations)
        if (this.#open.get(generation)?.takeEmptied()) this.#hasEmptied(generation);
      return replaced;
    } catch (error) {
      // What they hold of words and totals was not written.
      this.#open.clear();
      throw error;
    } finally {
      this.#created.clear();
    }
  }

  begin(generation: number, dimension: number): void {
    checkDimension(dimension);
    this.file.write(() => {
      const row = generationRow(this.file, generation);
      if (!row) createGeneration(this.file, generation, dimension);
      else if (row.dimension !== dimension)
        throw fault('SEARCH_INDEX_DIMENSION', {
          details: { given: dimension, held: row.dimension ?? 0 },
        });
    });
  }

  /** One transaction. Where no generation is, no passage is. */
  putVectors(generation: number, vectors: readonly PassageVector[]): readonly ReplaceOutcome[] {
    try {
      return this.file.write(() =>
        generationRow(this.file, generation)
          ? this.#opened(generation).putVectors(vectors)
          : vectors.map(() => 'stale' as const),
      );
    } catch (error) {
      this.#open.clear();
      throw error;
    }
  }

  drop(generation: number): void {
    this.#open.delete(generation);
    this.#merging.delete(generation);
    this.file.guard(() => dropGeneration(this.file, generation));
  }

  /**
   * Removes from every byte what was removed: merges the segments of generations in which units lost their passages, a
   * large one once an hour, and truncates the WAL. Answers whether there is more to merge.
   */
  tidy(): boolean {
    return this.file.guard(() => this.#tidy());
  }

  #tidy(): boolean {
    for (const [generation, merging] of this.#merging) {
      const begins = !merging.isUnderWay && merging.isDue && this.#mayMerge(generation, merging);
      if (begins) Object.assign(merging, { isDue: false, beganAt: this.stopwatch() });
      if (!begins && !merging.isUnderWay) continue;
      merging.isUnderWay = this.#merge(generation, begins);
      if (merging.isUnderWay) return true;
    }
    this.file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return false;
  }

  #hasEmptied(generation: number): void {
    const merging = this.#merging.get(generation);
    if (merging) merging.isDue = true;
    else
      this.#merging.set(generation, {
        isDue: true,
        isUnderWay: false,
        beganAt: Number.NEGATIVE_INFINITY,
      });
  }

  #mayMerge(generation: number, { beganAt }: Merging): boolean {
    const passages = generationRow(this.file, generation)?.passages ?? 0;
    return passages <= SMALL || this.stopwatch() - beganAt >= MERGED_EACH_MS;
  }

  #opened(generation: number): GenerationWriter {
    let opened = this.#open.get(generation);
    if (!opened) {
      if (!generationRow(this.file, generation)) {
        createGeneration(this.file, generation, null);
        this.#created.add(generation);
      }
      this.#open.set(generation, (opened = new GenerationWriter(this.file, generation)));
    }
    return opened;
  }

  /** A negative number makes everything one level first; then each slice goes on, until one has nothing to do. */
  #merge(generation: number, begins: boolean): boolean {
    const { terms } = tablesOf(generation);
    const changes = (): number => Number(this.file.sql('SELECT total_changes() AS n').get()?.['n']);
    const before = changes();
    this.file.write(() =>
      this.file
        .sql(`INSERT INTO ${terms} (${terms}, rank) VALUES ('merge', ?)`)
        .run(begins ? -MERGED_AT_ONCE : MERGED_AT_ONCE),
    );
    return changes() - before >= 2;
  }
}
