import { expect } from '@jest/globals';

import type { Clock, Code } from '#libs/kernel';

import type {
  Collection,
  Documents,
  FencedDocument,
  Query,
  StoredDocument,
} from './documents.port.js';

export interface ManualClock extends Clock {
  forward(ms: number): void;
}

/** Starts at the real time: a store that times things itself must not find everything long past. */
export const manualClock = (start = Date.now()): ManualClock => {
  let now = start;
  return {
    now: () => now,
    forward: (ms) => {
      now += ms;
    },
  };
};

/** How a suite holds one store. */
export interface DocumentsHarness {
  /** The clock that was handed to every client. */
  readonly clock: ManualClock;
  /** Another client of the same store: a connection of its own where the store takes more than one. */
  make(): Promise<Documents>;
  /** Makes answered writes visible to every client. */
  settle(): Promise<void>;
  /** Stops the store and starts it again on what it kept; clients made before may be dead. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export interface DocumentsWorld {
  readonly documents: Documents;
  readonly harness: DocumentsHarness;
  readonly clock: ManualClock;
  readonly collection: Collection;
  /** A collection of its own beside the first. */
  another(fields?: readonly string[], orderedBy?: string): Collection;
}

export type DocumentsBehaviours = Readonly<
  Record<string, (world: DocumentsWorld) => Promise<void>>
>;

let made = 0;
const run = Math.floor(Math.random() * 0xffffffff).toString(36);

export const worldOf = async (harness: DocumentsHarness): Promise<DocumentsWorld> => {
  const another = (
    fields: readonly string[] = ['name', 'rank'],
    orderedBy?: string,
  ): Collection => ({
    name: `t${run}_${++made}`,
    fields,
    ...(orderedBy !== undefined && { orderedBy }),
  });
  return {
    documents: await harness.make(),
    harness,
    clock: harness.clock,
    collection: another(),
    another,
  };
};

export const at = (
  position: number,
  given: Partial<FencedDocument> & { readonly era?: number } = {},
): FencedDocument => {
  const { era = 1, ...document } = given;
  return { id: 'one', body: { position }, fence: { era, position }, ...document };
};

export const only = async (
  documents: Documents,
  collection: Collection,
  id = 'one',
): Promise<StoredDocument | undefined> => (await documents.get(collection, [id]))[0];

export const idsOf = (items: readonly StoredDocument[]): string[] => items.map(({ id }) => id);

/** Every page, one after the other; `between` runs before each further page is asked for. */
export const allPages = async (
  documents: Documents,
  collection: Collection,
  query: Query,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<StoredDocument[]> => {
  const items: StoredDocument[] = [];
  for (let after: string | undefined; ;) {
    const page = await documents.query(collection, {
      ...query,
      ...(after !== undefined && { after }),
    });
    items.push(...page.items);
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    if (page.next === undefined) return items;
    expect(page.items).toHaveLength(query.limit);
    after = page.next;
    await between();
  }
};

export const expectFault = (work: Promise<unknown>, code: Code): Promise<void> =>
  expect(work).rejects.toMatchObject({ code });

/** A repeatable shuffle: what a run did can be done again. */
export const shuffled = <T>(items: readonly T[], seed: number): T[] => {
  const mixed = [...items];
  let state = seed;
  for (let i = mixed.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
};
