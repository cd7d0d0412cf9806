import { fault, fromHex, toHex, type Clock, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import type { GenerationMeaning } from './generation-meaning.js';

/** One complete index, and what it takes to read it. */
export interface IndexGeneration {
  readonly generation: number;
  /** Makes the hashes of its terms. Made once, and forgotten with the generation: then no term can be looked up. */
  readonly key: Uint8Array;
  /** Makes the digests of its units: the same in every generation, so that two can be compared. */
  readonly digestKey: Uint8Array;
  /** Versions of analyser and renderer that it was made with. */
  readonly versions: string;
  /** Which model makes its vectors; missing: it has none. */
  readonly meaning?: GenerationMeaning;
}

/** What is written to and read from at one moment. A question reads it once. */
export interface IndexInUse {
  readonly live: IndexGeneration;
  /** Being built beside the live one. */
  readonly building?: IndexGeneration;
}

/** Which generation of the index questions are asked of. One document, so that a switch is one write. */
export interface IndexPointer {
  /** `undefined`: nothing was ever indexed here. */
  read(): Promise<IndexInUse | undefined>;
  /** The one in use; makes the first where there is none. */
  open(): Promise<IndexInUse>;
  /** A new generation beside the live one. One that was being built before is left. */
  build(meaning?: GenerationMeaning): Promise<IndexGeneration>;
  /** Makes the one that is being built the live one. `false`: another is being built, or none. */
  switch(generation: number): Promise<boolean>;
  /** Gives up what is being built, if it is this one. */
  giveUp(generation: number): Promise<void>;
  /** Neither live nor being built, with the time since when. They may still hold something. */
  left(): Promise<readonly LeftIndex[]>;
  /** Nothing of this one is there any more. */
  dropped(generation: number): Promise<void>;
}

export interface LeftIndex {
  readonly generation: number;
  readonly since: number;
}

export interface IndexPointerParts {
  readonly documents: Pick<Documents, 'get' | 'swap'>;
  readonly clock: Clock;
  /** 32 random bytes. */
  readonly makeKey: () => Uint8Array;
  /** Of this program’s analyser and renderer. */
  readonly versions: string;
}

interface StoredGeneration {
  readonly generation: number;
  readonly key: string;
  readonly versions: string;
  readonly meaning?: StoredMeaning;
}

interface StoredMeaning {
  readonly model: string;
  readonly dimension: number;
  readonly probe: readonly number[];
}

interface PointerBody {
  readonly digestKey: string;
  readonly last: number;
  readonly live: StoredGeneration;
  readonly building?: StoredGeneration;
  readonly left: readonly LeftIndex[];
}

const collection: Collection = { name: 'index_generations', fields: [] };
const ID = 'knowledge';

export const createIndexPointer = (parts: IndexPointerParts): IndexPointer => {
  const pointer = pointerDocument(parts);
  const bodies = pointerBodies(parts);

  return {
    async read() {
      const { body } = await pointer.read();
      return body && inUse(body);
    },

    async open() {
      const { body } = await pointer.read();
      return inUse(
        body ?? (await pointer.change((now) => now ?? bodies.first())) ?? bodies.first(),
      );
    },

    async build(meaning) {
      const changed = await pointer.change((now) => {
        const body = now ?? bodies.first();
        const last = body.last + 1;
        const building = bodies.made(last, parts.versions, meaning);
        return { ...body, last, building, left: bodies.leaving(body, body.building) };
      });
      if (!changed?.building) throw fault('KNOWLEDGE_REBUILD_STOPPED');
      return opened(changed.building, changed);
    },

    async switch(generation) {
      const changed = await pointer.change((body) => {
        if (body?.building?.generation !== generation) return undefined;
        const { building, live, ...rest } = body;
        return { ...rest, live: building, left: bodies.leaving(body, live) };
      });
      return changed !== undefined;
    },

    async giveUp(generation) {
      await pointer.change((body) => {
        if (body?.building?.generation !== generation) return undefined;
        const { building, ...rest } = body;
        return { ...rest, left: bodies.leaving(body, building) };
      });
    },

    left: async () => (await pointer.read()).body?.left ?? [],

    async dropped(generation) {
      await pointer.change(
        (body) =>
          body && { ...body, left: body.left.filter((one) => one.generation !== generation) },
      );
    },
  };
};

const pointerBodies = ({ clock, makeKey }: IndexPointerParts) => {
  const made = (
    generation: number,
    versions: string,
    meaning?: GenerationMeaning,
  ): StoredGeneration => ({
    ...{ generation, versions, key: toHex(makeKey()) },
    ...(meaning && { meaning: { ...meaning, probe: [...meaning.probe] } }),
  });
  return {
    made,
    /** No version is what it holds: so the first thing that happens is a whole one beside it. */
    first: (): PointerBody => ({
      ...{ last: 1, live: made(1, ''), left: [] },
      digestKey: toHex(makeKey()),
    }),
    leaving: ({ left }: PointerBody, one: StoredGeneration | undefined): readonly LeftIndex[] =>
      one ? [...left, { generation: one.generation, since: clock.now() }] : left,
  };
};

interface PointerDocument {
  read(): Promise<{ readonly body: PointerBody | undefined; readonly version: number }>;
  /** Again until nobody wrote in between. What `next` has nothing for is not written. */
  change(
    next: (body: PointerBody | undefined) => PointerBody | undefined,
  ): Promise<PointerBody | undefined>;
}

const pointerDocument = ({ documents }: IndexPointerParts): PointerDocument => {
  const read: PointerDocument['read'] = async () => {
    const [found] = await documents.get(collection, [ID]);
    return {
      body: found?.body as unknown as PointerBody | undefined,
      version: found?.version ?? 0,
    };
  };
  return {
    read,
    async change(next) {
      for (;;) {
        const { body, version } = await read();
        const changed = next(body);
        if (!changed) return undefined;
        const document = { id: ID, body: changed as unknown as JsonObject };
        if ((await documents.swap(collection, document, version)).swapped) return changed;
      }
    },
  };
};

const inUse = (body: PointerBody): IndexInUse => ({
  live: opened(body.live, body),
  ...(body.building && { building: opened(body.building, body) }),
});

const opened = (
  { generation, key, meaning, versions }: StoredGeneration,
  { digestKey }: PointerBody,
): IndexGeneration => ({
  ...{ generation, versions },
  ...(meaning && { meaning: { ...meaning, probe: Float32Array.from(meaning.probe) } }),
  key: fromHex(key),
  digestKey: fromHex(digestKey),
});
