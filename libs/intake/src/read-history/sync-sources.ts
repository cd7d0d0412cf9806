import type { Clock, JsonObject } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';
import type { ProviderApi } from '#libs/ports/provider';

import type { ProviderApis } from '../refresh-entity/refresh-entity.js';

export interface SyncRecipe {
  readonly name: string;
  readonly entities: readonly string[];
  readonly passes: readonly { readonly everyMs: number; readonly reachMs: number }[];
}

/** What can be asked of a provider, told by the role that asks to those that only show it. */
export interface SyncSource {
  readonly source: string;
  readonly recipes: readonly SyncRecipe[];
  /** What only deliveries tell: if they are missed, nobody can bring it back. */
  readonly onlyTold: readonly { readonly what: string; readonly why: string }[];
  /** When the role said so last. */
  readonly toldAt: number;
}

const collection: Collection = { name: 'sync_sources', fields: [] };

export interface SyncSources {
  tell(apis: ProviderApis): Promise<void>;
  list(): Promise<readonly SyncSource[]>;
}

export const createSyncSources = ({
  documents,
  clock,
}: {
  documents: Documents;
  clock: Clock;
}): SyncSources => ({
  async tell(apis) {
    const told = [...apis.values()].map((api) => sourceOf(api, clock.now()));
    const stored = await documents.get(
      collection,
      told.map(({ source }) => source),
    );
    // Another process that writes it at the same time writes the same.
    await Promise.all(
      told.map((source, i) =>
        documents.swap(
          collection,
          { id: source.source, body: JSON.parse(JSON.stringify(source)) as JsonObject },
          stored[i]?.version ?? 0,
        ),
      ),
    );
  },

  async list() {
    const { items } = await documents.query(collection, { limit: 200 });
    return items.map(({ body }) => body as unknown as SyncSource);
  },
});

const sourceOf = ({ provider, recipes, onlyTold }: ProviderApi, toldAt: number): SyncSource => ({
  source: provider,
  recipes: recipes.map(({ name, entities, passes }) => ({ name, entities, passes })),
  onlyTold: onlyTold.map(({ what, why }) => ({ what, why })),
  toldAt,
});
