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

/** Of which kind the records of a collection are; nothing for any other collection. */
export const kindInCollection = (name: string): KindName | undefined => {
  const [, kind = ''] = /^records_(.+)_\d+$/.exec(name) ?? [];
  return Object.hasOwn(recordKinds, kind) ? (kind as KindName) : undefined;
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
   * A new leader says so before it applies anything. So no late switch of an earlier term changes what is live while
   * it works.
   */
  lead(term: number): Promise<void>;
  /**
   * Makes another the live one. `false`: another process switched first, leads with a later term, or has begun to
   * drop this one. Without a term: nobody leads, the projectors stand still.
   */
  switch(from: number, to: number, term?: number): Promise<boolean>;
  /** A number nobody has used, for a rebuild. It counts as left until it is live or dropped. */
  next(): Promise<number>;
  /** Those that are not live and may still hold something: being built, or left by what was broken off. */
  left(): Promise<readonly number[]>;
  /** From now on nobody switches to this one. `false`: it is live and must stay. */
  beginDrop(generation: number): Promise<boolean>;
  /** Nothing of this one is there any more. */
  dropped(generation: number): Promise<void>;
}

interface Pointer {
  readonly live: number;
  readonly last: number;
  /** The latest that leads the projection. */
  readonly term: number;
  /** Not live, not dropped. Missing where an older version wrote: then all but the live one may be. */
  readonly left?: readonly number[];
  /** Those of `left` whose collections are being removed. */
  readonly dropping?: readonly number[];
}

const leftIn = ({ live, last, left }: Pointer): readonly number[] =>
  left ?? Array.from({ length: last }, (_, i) => i + 1).filter((generation) => generation !== live);

const without = (generations: readonly number[] = [], one: number): readonly number[] =>
  generations.filter((generation) => generation !== one);

/** A rebuild that another process took for left may still be at work: what it built is gone. */
const mayBecomeLive = (pointer: Pointer, generation: number): boolean =>
  leftIn(pointer).includes(generation) && !pointer.dropping?.includes(generation);

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
      if (pointer.live !== from || pointer.term > term || !mayBecomeLive(pointer, to)) return false;
      const left = [...without(leftIn(pointer), to), from];
      return write({ ...pointer, live: to, left }, version);
    },
    async next() {
      for (;;) {
        const { pointer, version } = await read();
        const last = pointer.last + 1;
        const left = [...leftIn(pointer), last];
        if (await write({ ...pointer, last, left }, version)) return last;
      }
    },
    left: async () => leftIn((await read()).pointer),
    async beginDrop(generation) {
      for (;;) {
        const { pointer, version } = await read();
        if (pointer.live === generation) return false;
        const dropping = [...without(pointer.dropping, generation), generation];
        if (await write({ ...pointer, dropping }, version)) return true;
      }
    },
    async dropped(generation) {
      for (;;) {
        const { pointer, version } = await read();
        const left = without(leftIn(pointer), generation);
        const dropping = without(pointer.dropping, generation);
        if (await write({ ...pointer, left, dropping }, version)) return;
      }
    },
  };
};
