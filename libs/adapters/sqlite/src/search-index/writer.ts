import type { IndexedUnit } from '#libs/ports/search-index';

import { GenerationWriter, type ReplaceOutcome } from './generation-writer.js';
import type { IndexFile } from './index-file.js';
import {
  createGeneration,
  createGenerations,
  dropGeneration,
  finishDrops,
  generationRow,
  tablesOf,
} from './tables.js';
import type { WordCount } from './words.js';

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
  }[];
}

/** Pages of segments that one slice of tidying merges: so that writes hardly wait. */
const MERGED_AT_ONCE = 200;

/** Everything that is written. Lives in the thread that writes, as the only one. */
export class IndexWriter {
  readonly #open = new Map<number, GenerationWriter>();
  /** Generations in which units lost their passages since the last tidying. */
  readonly #emptied = new Map<number, 'begin' | 'go on'>();

  constructor(private readonly file: IndexFile) {
    file.write(() => createGenerations(file));
    finishDrops(file);
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
        })),
      }));
      for (const generation of generations)
        if (this.#open.get(generation)?.takeEmptied()) this.#emptied.set(generation, 'begin');
      return replaced;
    } catch (error) {
      // What they hold of words and totals was not written.
      this.#open.clear();
      throw error;
    }
  }

  drop(generation: number): void {
    this.#open.delete(generation);
    this.#emptied.delete(generation);
    this.file.guard(() => dropGeneration(this.file, generation));
  }

  /**
   * Removes from every byte what was removed: merges the segments of generations in which units lost their passages,
   * and truncates the WAL. Answers whether there is more to merge.
   */
  tidy(): boolean {
    for (const [generation, step] of this.#emptied) {
      if (this.#merge(generation, step)) {
        this.#emptied.set(generation, 'go on');
        return true;
      }
      this.#emptied.delete(generation);
    }
    this.file.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    return false;
  }

  #opened(generation: number): GenerationWriter {
    let opened = this.#open.get(generation);
    if (!opened) {
      if (!generationRow(this.file, generation)) createGeneration(this.file, generation);
      this.#open.set(generation, (opened = new GenerationWriter(this.file, generation)));
    }
    return opened;
  }

  /** A negative number makes everything one level first; then each slice goes on, until one has nothing to do. */
  #merge(generation: number, step: 'begin' | 'go on'): boolean {
    const { terms } = tablesOf(generation);
    const changes = (): number => Number(this.file.sql('SELECT total_changes() AS n').get()?.['n']);
    const before = changes();
    this.file.write(() =>
      this.file
        .sql(`INSERT INTO ${terms} (${terms}, rank) VALUES ('merge', ?)`)
        .run(step === 'begin' ? -MERGED_AT_ONCE : MERGED_AT_ONCE),
    );
    return changes() - before >= 2;
  }
}
