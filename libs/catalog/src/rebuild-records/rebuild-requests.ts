import { fault, type Clock, type Id, type JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

import type { Rebuilt, RebuildOptions, RebuildProgress } from './rebuild-records.js';

/** What an operator asked for and how far it is. The holder of the catalog's lease carries it out. */
export interface RebuildRequest extends RebuildOptions, RebuildProgress {
  readonly id: Id;
  readonly projection: 'catalog';
  readonly state: 'asked' | 'running' | 'equal' | 'different' | 'switched' | 'failed';
  readonly askedAt: number;
  readonly result?: Rebuilt;
  /** Why it failed. */
  readonly code?: string;
}

const rebuildsCollection: Collection = {
  name: 'rebuilds',
  fields: ['state', 'askedAt'],
  orderedBy: 'askedAt',
};

export interface RebuildRequests {
  ask(id: Id, options: RebuildOptions): Promise<RebuildRequest>;
  find(id: Id): Promise<RebuildRequest | undefined>;
  /** The oldest that waits, also one whose worker died in the middle: a rebuild can begin again. */
  next(): Promise<RebuildRequest | undefined>;
  update(request: RebuildRequest): Promise<void>;
}

export const createRebuildRequests = ({
  documents,
  clock,
}: {
  documents: Documents;
  clock: Clock;
}): RebuildRequests => {
  const write = async (request: RebuildRequest, version: number): Promise<void> => {
    const { id, state, askedAt } = request;
    const { swapped } = await documents.swap(
      rebuildsCollection,
      { id, body: JSON.parse(JSON.stringify(request)) as JsonObject, fields: { state, askedAt } },
      version,
    );
    if (!swapped) throw fault('CATALOG_REBUILD_STOPPED');
  };
  const read = async (id: Id) => (await documents.get(rebuildsCollection, [id]))[0];

  return {
    async ask(id, options) {
      const request: RebuildRequest = {
        id,
        projection: 'catalog',
        state: 'asked',
        askedAt: clock.now(),
        position: 0,
        head: 0,
        ...options,
      };
      await write(request, 0);
      return request;
    },
    find: async (id) => (await read(id))?.body as unknown as RebuildRequest | undefined,
    async next() {
      for (const state of ['running', 'asked']) {
        const { items } = await documents.query(rebuildsCollection, {
          where: { state },
          order: { field: 'askedAt' },
          limit: 1,
        });
        if (items[0]) return items[0].body as unknown as RebuildRequest;
      }
      return undefined;
    },
    update: async (request) => write(request, (await read(request.id))?.version ?? 0),
  };
};
