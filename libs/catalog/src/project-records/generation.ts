import type { Collection, Documents } from '#libs/ports/documents';

import { recordKinds, type KindName } from '../kinds/index.js';

const collections = new Map<string, Collection>();

/**
 * Projections are rebuilt beside the live one: each attempt is a generation with collections of its own. The
 * same object each time, because by it a store knows that it has made its tables and indexes.
 */
export const recordCollection = (kind: KindName, generation: number): Collection => {
  const name = `records_${kind}_${generation}`;
  let collection = collections.get(name);
  if (!collection) {
    collection = { name, fields: recordKinds[kind].fields, orderedBy: 'updatedAt' };
    collections.set(name, collection);
  }
  return collection;
};

/** Facts that could not be folded, and why: the catalog goes on without them and `doctor` shows them. */
export const parkedFactsCollection: Collection = {
  name: 'parked_facts',
  fields: ['position', 'generation'],
  orderedBy: 'position',
};

const generationsCollection: Collection = { name: 'generations', fields: [] };

/** Which generation of the records is the one people read. */
export interface Generations {
  live(): Promise<number>;
  /**
   * Whoever leads from now on says so before applying anything: no switch of an earlier term, however
   * late it comes, changes what is live under its feet.
   */
  lead(term: number): Promise<void>;
  /**
   * Makes another the live one; `false`: somebody else switched first, or leads with a later term. Without
   * a term: nobody leads, the projectors stand still.
   */
  switch(from: number, to: number, term?: number): Promise<boolean>;
  /** A number nobody has used, for a rebuild. */
  next(): Promise<number>;
}

interface Pointer {
  readonly live: number;
  readonly last: number;
  /** The latest that leads the projection. */
  readonly term: number;
}

const ID = 'catalog';
const FIRST: Pointer = { live: 1, last: 1, term: 0 };

export const createGenerations = ({ documents }: { documents: Documents }): Generations => {
  const read = async (): Promise<{ pointer: Pointer; version: number }> => {
    const [found] = await documents.get(generationsCollection, [ID]);
    return found
      ? { pointer: { ...FIRST, ...(found.body as unknown as Pointer) }, version: found.version }
      : { pointer: FIRST, version: 0 };
  };
  const write = async (pointer: Pointer, version: number): Promise<boolean> =>
    (await documents.swap(generationsCollection, { id: ID, body: { ...pointer } }, version))
      .swapped;

  return {
    live: async () => (await read()).pointer.live,
    async lead(term) {
      for (;;) {
        const { pointer, version } = await read();
        if (pointer.term >= term || (await write({ ...pointer, term }, version))) return;
      }
    },
    async switch(from, to, term = Number.POSITIVE_INFINITY) {
      const { pointer, version } = await read();
      if (pointer.live !== from || pointer.term > term) return false;
      return write({ ...pointer, live: to }, version);
    },
    async next() {
      for (;;) {
        const { pointer, version } = await read();
        const last = pointer.last + 1;
        if (await write({ ...pointer, last }, version)) return last;
      }
    },
  };
};
