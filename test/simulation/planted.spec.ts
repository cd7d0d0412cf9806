import { describe, expect, it } from '@jest/globals';
import fc, { type RunDetails, type Scheduler } from 'fast-check';

import { LiveGate, type ReadUnits, type RecordUnit } from '#libs/catalog';
import { projectionsCollection } from '#libs/journal';
import type { KnowledgeParts } from '#libs/knowledge';
import { runProjector } from '#libs/platform';
import type { Documents } from '#libs/ports/documents';
import type { StoredFact } from '#libs/ports/event-log';
import type { SearchIndex } from '#libs/ports/search-index';

import { askings } from './harness/rebuilding.js';
import { TIMEOUT_MS } from './harness/runs.js';
import {
  crashingSpine,
  erasedLate,
  erasures,
  operated,
  spines,
  takenOver,
  type Spine,
} from './harness/stories.js';
import type { WorldPlants } from './harness/world.js';

/** The same in every run: that these are found must not be a matter of luck. */
const seed = 20_261_121;

const found = <T>({ failed, numRuns }: RunDetails<T>): number | undefined =>
  failed ? numRuns : undefined;

const searched = async (
  story: (scheduler: Scheduler, spine: Spine) => Promise<void>,
  spine: fc.Arbitrary<Spine>,
  numRuns: number,
): Promise<number | undefined> =>
  found(
    await fc.check(fc.asyncProperty(fc.scheduler(), spine, story), {
      seed,
      numRuns,
      endOnFailure: true,
    }),
  );

/** Each of these is the code that somebody would write; each is found in a part of the usual number of schedules. */
describe('a planted fault', () => {
  it(
    'is found: a take-in that acknowledges before it has appended',
    async () => {
      const plants: WorldPlants = {
        takeIn: (take) => (messages) => {
          void take(messages).catch(() => undefined);
          return Promise.resolve(messages.map(() => undefined));
        },
      };
      const spine = spines(['crash', 'not_arrived'], { told: 5, befalling: 4 });
      const story = (scheduler: Scheduler, told: Spine) => crashingSpine(scheduler, told, plants);
      expect(await searched(story, spine, 300)).toBeDefined();
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a projector that saves its checkpoint before it has applied',
    async () => {
      const plants: WorldPlants = {
        run: (projector, parts) =>
          runProjector(
            {
              ...projector,
              apply: async (facts) => {
                await savedBefore(parts.documents, projector.name, facts);
                await projector.apply(facts);
              },
            },
            parts,
          ),
      };
      const spine = spines(['crash', 'not_arrived'], { told: 5, befalling: 4 });
      const story = (scheduler: Scheduler, told: Spine) => crashingSpine(scheduler, told, plants);
      expect(await searched(story, spine, 300)).toBeDefined();
    },
    TIMEOUT_MS,
  );

  it(
    'is found: documents whose fence lets everything through',
    async () => {
      const plants: WorldPlants = {
        ports: (real) => ({ ...real, documents: withoutFence(real.documents) }),
      };
      const spine = spines(['pause_at_put', 'pause_at_put', 'pause'], { told: 6, befalling: 4 });
      const story = (scheduler: Scheduler, told: Spine) => takenOver(scheduler, told, plants);
      expect(await searched(story, spine, 300)).toBeDefined();
    },
    TIMEOUT_MS,
  );

  it(
    'is found: a rebuild that compares and switches while facts are still applied',
    async () => {
      const plants: WorldPlants = {
        gate: (...parts) => new OpenGate(...parts),
      };
      const details = await fc.check(
        fc.asyncProperty(
          fc.scheduler(),
          spines([], { told: 6, befalling: 0 }),
          askings(['rebuild'], 2),
          async (scheduler, spine, asking) => {
            await operated(scheduler, { ...spine, asking, replicas: 1 }, plants);
          },
        ),
        { seed, numRuns: 250, endOnFailure: true },
      );
      expect(found(details)).toBeDefined();
    },
    TIMEOUT_MS,
  );

  it(
    'is found: an indexer that does not look at the records again after it has written',
    async () => {
      const plants: WorldPlants = { indexing: withoutSecondLook };
      const details = await fc.check(
        fc.asyncProperty(fc.scheduler(), erasures, (scheduler, erasure) =>
          erasedLate(scheduler, erasure, plants),
        ),
        { seed, numRuns: 60, endOnFailure: true },
      );
      expect(found(details)).toBeDefined();
    },
    TIMEOUT_MS,
  );
});

/** Writes, and believes what it knew before it wrote. */
const withoutSecondLook = (parts: KnowledgeParts): KnowledgeParts => {
  const { catalog, index } = parts;
  const loaded = new Map<string, RecordUnit>();
  const written = new Map<string, RecordUnit>();
  const units: ReadUnits = {
    ...catalog.units,
    async load(names, generation) {
      const read = await catalog.units.load(names, generation);
      return read.map((unit) => {
        const believed = written.get(unit.unit) ?? unit;
        written.delete(unit.unit);
        loaded.set(unit.unit, believed);
        return believed;
      });
    },
  };
  const replace: SearchIndex['replace'] = async (generation, replaced) => {
    for (const { unit } of replaced) {
      const known = loaded.get(unit);
      if (known) written.set(unit, known);
    }
    return index.replace(generation, replaced);
  };
  return {
    ...parts,
    catalog: { ...catalog, units },
    index: new Proxy(index, {
      get: (target, method) =>
        method === 'replace' ? replace : (Reflect.get(target, method) as unknown),
    }),
  };
};

const savedBefore = async (
  documents: Documents,
  projector: string,
  facts: readonly StoredFact[],
): Promise<void> => {
  const last = facts.at(-1);
  if (!last) return;
  const { era, position, id } = last;
  await documents.put(projectionsCollection, [
    { id: projector, body: { era, position, fact: id, term: 0 }, fence: { era, position } },
  ]);
};

/** The last write wins, as in any store without a fence: an older one is raised over what is there. */
const withoutFence = (inner: Documents): Documents => ({
  get: (collection, ids) => inner.get(collection, ids),
  query: (collection, query) => inner.query(collection, query),
  put: async (collection, documents) => {
    const outcomes = await inner.put(collection, documents);
    for (const [i, { fence: _fence, ...document }] of documents.entries()) {
      if (outcomes[i] !== 'stale') continue;
      const [stored] = await inner.get(collection, [document.id]);
      await inner.swap(collection, document, stored?.version ?? 0);
    }
    return outcomes.map(() => 'written');
  },
  swap: (collection, document, expected) => inner.swap(collection, document, expected),
  remove: (collection, ids) => inner.remove(collection, ids),
  drop: (collection) => inner.drop(collection),
});

class OpenGate extends LiveGate {
  #last = 0;

  override async apply(facts: readonly StoredFact[]): Promise<void> {
    await super.apply(facts);
    this.#last = facts.at(-1)?.position ?? this.#last;
  }

  override whileClosed<T>(work: (applied: number) => Promise<T>): Promise<T> {
    return work(this.#last);
  }
}
