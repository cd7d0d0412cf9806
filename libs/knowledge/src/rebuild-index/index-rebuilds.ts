import { fault, type Clock, type Id, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import type { IndexComparison } from './compare-indexes.js';

export interface IndexRebuildOptions {
  readonly switch: boolean;
  /** Of no effect: what is rebuilt from the records is right. It is asked for with rebuilds of records. */
  readonly acceptChanges: boolean;
}

/** A rebuild of the index that was asked for, and how far it is. */
export interface IndexRebuild extends IndexRebuildOptions {
  readonly id: Id;
  readonly projection: 'knowledge';
  readonly state: 'asked' | 'running' | 'equal' | 'different' | 'switched' | 'cancelled' | 'failed';
  readonly askedAt: number;
  /** Units that are done, of so many that the live index has. */
  readonly position: number;
  readonly head: number;
  /** What it builds, and after which record it goes on. */
  readonly generation?: number;
  readonly kind?: string;
  readonly after?: string;
  /** All is written; what follows are vectors. */
  readonly isWalked?: boolean;
  readonly result?: IndexRebuildResult;
  /** Why it failed, and when. */
  readonly code?: string;
  readonly endedAt?: number;
}

export interface IndexRebuildResult {
  readonly generation: number;
  readonly position: number;
  readonly switched: boolean;
  readonly comparison: IndexComparison;
}

export interface IndexRebuilds {
  ask(id: Id, options: IndexRebuildOptions): Promise<IndexRebuild>;
  find(id: Id): Promise<IndexRebuild | undefined>;
  /** The oldest that waits or runs. */
  next(): Promise<IndexRebuild | undefined>;
  /** `false`: somebody cancelled it. */
  update(rebuild: IndexRebuild): Promise<boolean>;
  /** All that wait or run. Answers how many. */
  cancel(): Promise<number>;
}

const collection: Collection = {
  name: 'index_rebuilds',
  fields: ['state', 'askedAt'],
  orderedBy: 'askedAt',
};

const OPEN = ['running', 'asked'] as const;

export const createIndexRebuilds = ({
  documents,
  clock,
}: {
  readonly documents: Pick<Documents, 'get' | 'query' | 'swap'>;
  readonly clock: Clock;
}): IndexRebuilds => {
  const read = async (id: Id) => {
    const [found] = await documents.get(collection, [id]);
    return found && { rebuild: found.body as unknown as IndexRebuild, version: found.version };
  };
  const write = async (rebuild: IndexRebuild, version: number): Promise<boolean> => {
    const { id, state, askedAt } = rebuild;
    const body = JSON.parse(JSON.stringify(rebuild)) as JsonObject;
    const document = { id, body, fields: { state, askedAt } };
    return (await documents.swap(collection, document, version)).swapped;
  };
  const waiting = async (state: string, limit: number): Promise<readonly IndexRebuild[]> => {
    const order = { field: 'askedAt' };
    const { items } = await documents.query(collection, { where: { state }, order, limit });
    return items.map(({ body }) => body as unknown as IndexRebuild);
  };
  const change = async (rebuild: IndexRebuild): Promise<boolean> => {
    for (;;) {
      const now = await read(rebuild.id);
      if (now?.rebuild.state === 'cancelled') return false;
      if (await write(rebuild, now?.version ?? 0)) return true;
    }
  };

  return {
    async ask(id, options) {
      const asked = { id, projection: 'knowledge', state: 'asked', askedAt: clock.now() } as const;
      const rebuild = { ...asked, ...options, position: 0, head: 0 };
      if (!(await write(rebuild, (await read(id))?.version ?? 0)))
        throw fault('KNOWLEDGE_REBUILD_STOPPED');
      return rebuild;
    },
    find: async (id) => (await read(id))?.rebuild,
    async next() {
      for (const state of OPEN) {
        const [first] = await waiting(state, 1);
        if (first) return first;
      }
      return undefined;
    },
    update: change,
    async cancel() {
      const open = (await Promise.all(OPEN.map((state) => waiting(state, 100)))).flat();
      const endedAt = clock.now();
      const cancelled = await Promise.all(
        open.map((rebuild) => change({ ...rebuild, state: 'cancelled', endedAt })),
      );
      return cancelled.filter(Boolean).length;
    },
  };
};
