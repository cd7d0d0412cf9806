import type {
  IndexedUnit,
  IndexHit,
  IndexQuery,
  PassageVectors,
  SearchIndex,
  Vocabulary,
} from '#libs/ports/search-index';

type WholeIndex = SearchIndex & Vocabulary & PassageVectors;

/** One object with the methods of another, some of them its own. */
const changed = (inner: WholeIndex, own: Partial<WholeIndex>): WholeIndex => ({
  replace: (...asked) => inner.replace(...asked),
  find: (...asked) => inner.find(...asked),
  statistics: (...asked) => inner.statistics(...asked),
  states: (...asked) => inner.states(...asked),
  unitsOf: (...asked) => inner.unitsOf(...asked),
  list: (...asked) => inner.list(...asked),
  drop: (...asked) => inner.drop(...asked),
  near: (...asked) => inner.near(...asked),
  beginning: (...asked) => inner.beginning(...asked),
  count: (...asked) => inner.count(...asked),
  begin: (...asked) => inner.begin(...asked),
  putVectors: (...asked) => inner.putVectors(...asked),
  withoutVectors: (...asked) => inner.withoutVectors(...asked),
  nearest: (...asked) => inner.nearest(...asked),
  nearness: (...asked) => inner.nearness(...asked),
  ...own,
});

/** Who writes last stands: a late writer brings back what was removed. */
export const indexWithoutFence = (inner: WholeIndex): WholeIndex => {
  let writes = 0;
  const newest = (unit: IndexedUnit): IndexedUnit => ({
    ...unit,
    fence: { generation: Number.MAX_SAFE_INTEGER, era: 0, position: ++writes },
  });
  return changed(inner, {
    replace: (generation, units) => inner.replace(generation, units.map(newest)),
  });
};

/** Looks for the best first, and then leaves out what the asker may not read. */
export const indexFilteringLate = (inner: WholeIndex): WholeIndex => {
  const readers = new Set<string>();
  const audiences = new Map<string, readonly string[]>();
  const readBy = ({ audience }: Pick<IndexQuery, 'audience'>, best: readonly IndexHit[]) =>
    best.filter(({ passage }) => audiences.get(passage.id)?.some((one) => audience.includes(one)));
  return changed(inner, {
    replace: (generation, units) => {
      for (const passage of units.flatMap(({ passages }) => passages)) {
        audiences.set(passage.id, passage.audience);
        for (const one of passage.audience) readers.add(one);
      }
      return inner.replace(generation, units);
    },
    find: async (generation, query) =>
      readBy(query, await inner.find(generation, { ...query, audience: [...readers] })),
    nearest: async (generation, query) =>
      readBy(query, await inner.nearest(generation, { ...query, audience: [...readers] })),
  });
};

/** Adds what is new of a unit and keeps what was there. */
export const indexKeepingOldPassages = (inner: WholeIndex): WholeIndex => {
  const kept = new Map<string, IndexedUnit>();
  return changed(inner, {
    replace: (generation, units) =>
      inner.replace(
        generation,
        units.map((unit) => {
          const key = `${generation} ${unit.unit}`;
          const before = kept.get(key)?.passages ?? [];
          const both = {
            ...unit,
            passages: unit.passages.length > 0 ? [...before, ...unit.passages] : [],
          };
          kept.set(key, both);
          return both;
        }),
      ),
  });
};
