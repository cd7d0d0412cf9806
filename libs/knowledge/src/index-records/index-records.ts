import type { ReadUnits, RecordPointer, RecordUnit } from '#libs/catalog';
import { fault } from '#libs/kernel';
import type { PassageVectors, SearchIndex, UnitState } from '#libs/ports/search-index';

import type { IndexGeneration, IndexPointer } from '../generations/index-pointer.js';
import { indexedUnit, type AnalysePassage } from './indexed-unit.js';
import type { ParkedUnits } from './parked-units.js';
import { NOTHING, renderUnits, type RenderedUnit, type RenderingParts } from './rendered-unit.js';

export interface IndexRecordsParts extends RenderingParts {
  readonly units: Pick<ReadUnits, 'unitsOf' | 'load'>;
  readonly index: Pick<SearchIndex & PassageVectors, 'begin' | 'replace' | 'states' | 'unitsOf'>;
  readonly pointer: Pick<IndexPointer, 'open'>;
  readonly parked: Pick<ParkedUnits, 'note'>;
  readonly analyserFor: (key: Uint8Array) => AnalysePassage;
  /** Of this program’s analyser and renderer. */
  readonly versions: string;
  /** Called between two pieces of long work. */
  readonly letOthersWork: () => Promise<unknown>;
}

/** What one call came to. */
export interface IndexedCounts {
  readonly units: number;
  /** Those that stood there otherwise, or not at all. */
  readonly written: number;
}

export interface IndexRecords {
  /**
   * Makes the index say what this record says now, also where it is gone. Of the generations in use unless told.
   * Any number may do it at once, late or again: the last to look finds what is true.
   */
  readonly indexRecord: (kind: string, id: string, generation?: number) => Promise<IndexedCounts>;
  readonly indexRecords: (
    records: readonly RecordPointer[],
    generation?: number,
  ) => Promise<IndexedCounts>;
  /** The same for whole units: records and threads. */
  readonly indexUnits: (units: readonly string[], generation?: number) => Promise<IndexedCounts>;
  /** Of these units, those that do not stand in the live generation as their records are. Writes nothing. */
  readonly differing: (units: readonly string[]) => Promise<readonly string[]>;
}

/** Loaded and written at once. */
const TOGETHER = 32;
/** A record that changes at every look would keep its indexer busy without end. */
const MOST_ROUNDS = 20;

export const indexRecords = (parts: IndexRecordsParts): IndexRecords => {
  const work = new IndexingWork(parts);
  return {
    indexRecord: (kind, id, generation) => work.records([{ kind, id }], generation),
    indexRecords: (records, generation) => work.records(records, generation),
    indexUnits: (units, generation) => work.units(units, generation),
    differing: (units) => work.differing(units),
  };
};

class IndexingWork {
  readonly #render: ReturnType<typeof renderUnits>;
  /** Generations that this process knows to be ready for vectors. */
  readonly #begun = new Set<number>();

  constructor(private readonly parts: IndexRecordsParts) {
    this.#render = renderUnits(parts);
  }

  async records(
    records: readonly RecordPointer[],
    generation: number | undefined,
  ): Promise<IndexedCounts> {
    const { units, index } = this.parts;
    const named = await units.unitsOf(records);
    const names = records.map(({ kind, id }) => `${kind}/${id}`);
    return this.#inEach(generation, async (target) => {
      // What is not there any more, and what moved to another thread, only the index knows.
      const known = await index.unitsOf(target.generation, names);
      return this.#indexed([...new Set([...named, ...known])], target);
    });
  }

  units(units: readonly string[], generation: number | undefined): Promise<IndexedCounts> {
    return this.#inEach(generation, (target) => this.#indexed([...new Set(units)], target));
  }

  async differing(units: readonly string[]): Promise<readonly string[]> {
    const { live } = await this.parts.pointer.open();
    return (await this.#look(units, live)).map(({ rendered }) => rendered.unit);
  }

  async #inEach(
    generation: number | undefined,
    work: (target: IndexGeneration) => Promise<IndexedCounts>,
  ): Promise<IndexedCounts> {
    let counts = NONE;
    for (const target of await this.#targets(generation)) {
      const { units, written } = await work(target);
      counts = { units: counts.units + units, written: counts.written + written };
    }
    return counts;
  }

  /** What another version of this program builds is not for this one to write to. */
  async #targets(generation: number | undefined): Promise<readonly IndexGeneration[]> {
    const { live, building } = await this.parts.pointer.open();
    const all = building?.versions === this.parts.versions ? [live, building] : [live];
    const targets =
      generation === undefined ? all : all.filter((one) => one.generation === generation);
    for (const target of targets) await this.#begin(target);
    return targets;
  }

  /** Before its first write: a generation that is written to first takes no vectors. */
  async #begin({ generation, meaning }: IndexGeneration): Promise<void> {
    if (!meaning || this.#begun.has(generation)) return;
    await this.parts.index.begin(generation, { dimension: meaning.dimension });
    this.#begun.add(generation);
  }

  async #indexed(units: readonly string[], target: IndexGeneration): Promise<IndexedCounts> {
    let written = 0;
    for (let from = 0; from < units.length; from += TOGETHER) {
      written += await this.#settle(units.slice(from, from + TOGETHER), target);
      await this.parts.letOthersWork();
    }
    return { units: units.length, written };
  }

  /**
   * Writes what differs and looks again, until nothing does. So what was written from records that changed or were
   * erased meanwhile never stays, no matter who wrote last.
   */
  async #settle(units: readonly string[], target: IndexGeneration): Promise<number> {
    let open = units;
    let written = 0;
    let known: readonly Difference[] = [];
    for (let round = 0; open.length > 0; round++) {
      if (round === MOST_ROUNDS) throw fault('KNOWLEDGE_UNIT_RESTLESS');
      const differing = await this.#look(open, target, known);
      known = differing;
      await this.#write(differing, target);
      if (round === 0) written = differing.length;
      open = differing.map(({ rendered }) => rendered.unit);
    }
    return written;
  }

  /** The index is read before the records: what changes between the two is seen as a difference. */
  async #look(
    units: readonly string[],
    target: IndexGeneration,
    known: readonly Difference[] = [],
  ): Promise<readonly Difference[]> {
    const states = await this.parts.index.states(target.generation, units);
    const loaded = await this.parts.units.load(units);
    const rendered = await this.#renderedOf(loaded, target, known);
    return loaded.flatMap((unit, i) => {
      const state = states[i];
      const one = rendered.get(unit.unit);
      return !one || (state?.digest ?? NOTHING) === one.digest
        ? []
        : [{ unit, rendered: one, state }];
    });
  }

  /** The same records give the same passages, so most of what was just rendered need not be rendered again. */
  async #renderedOf(
    loaded: readonly RecordUnit[],
    target: IndexGeneration,
    known: readonly Difference[],
  ): Promise<ReadonlyMap<string, RenderedUnit>> {
    const before = new Map(known.map((one) => [one.unit.unit, one]));
    const rendered = new Map<string, RenderedUnit>();
    const others = loaded.filter((unit) => {
      const one = before.get(unit.unit);
      if (!one || !isSame(one.unit, unit)) return true;
      rendered.set(unit.unit, one.rendered);
      return false;
    });
    for (const one of await this.#render(others, target)) rendered.set(one.unit, one);
    return rendered;
  }

  async #write(differing: readonly Difference[], target: IndexGeneration): Promise<void> {
    if (differing.length === 0) return;
    const analyse = this.parts.analyserFor(target.key);
    const units = [];
    for (const { rendered, state } of differing) {
      units.push(indexedUnit(rendered, state, analyse));
      await this.parts.letOthersWork();
    }
    // Before the index says so: after a crash in between, the unit still differs and all is done again.
    await this.parts.parked.note(target.generation, differing);
    await this.parts.index.replace(target.generation, units);
  }
}

const NONE: IndexedCounts = { units: 0, written: 0 };

/** A unit as it should be, and as the index has it. */
export interface Difference {
  readonly unit: RecordUnit;
  readonly rendered: RenderedUnit;
  readonly state: UnitState | undefined;
}

/** By the fences of its records: a state never changes without its fence. */
const isSame = (a: RecordUnit, b: RecordUnit): boolean =>
  a.generation === b.generation && membersOf(a) === membersOf(b);

const membersOf = ({ records }: RecordUnit): string =>
  records
    .map(({ kind, id, fence: { era, position } }) => `${kind}/${id} ${era} ${position}`)
    .join('\n');
