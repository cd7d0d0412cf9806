import type {
  Collection,
  Documents,
  FencedDocument,
  Fence,
  StoredDocument,
} from '#libs/ports/documents';

/**
 * What everybody writes first: the fence is the position, and the era is only stored. After the log was restored
 * from a backup, positions are used again, and every new write is refused in silence.
 */
export const documentsWithoutEra = (inner: Documents): Documents => {
  const eras = new Map<string, Fence>();
  const key = ({ name }: Collection, id: string) => `${name} ${id}`;
  const flattened = (document: FencedDocument): FencedDocument => ({
    ...document,
    fence: { era: 1, position: document.fence.position },
  });
  const restored = (collection: Collection, stored: StoredDocument): StoredDocument => {
    const fence = eras.get(key(collection, stored.id));
    return fence && fence.position === stored.fence?.position ? { ...stored, fence } : stored;
  };
  return {
    get: async (collection, ids) => {
      const found = await inner.get(collection, ids);
      return found.map((stored) => stored && restored(collection, stored));
    },
    query: async (collection, query) => {
      const { items, ...page } = await inner.query(collection, query);
      return { ...page, items: items.map((stored) => restored(collection, stored)) };
    },
    put: async (collection, documents) => {
      const outcomes = await inner.put(collection, documents.map(flattened));
      documents.forEach(({ id, fence }, i) => {
        if (outcomes[i] === 'written') eras.set(key(collection, id), fence);
      });
      return outcomes;
    },
    swap: (collection, document, expected) => inner.swap(collection, document, expected),
    remove: (collection, ids) => inner.remove(collection, ids),
    drop: (collection) => inner.drop(collection),
  };
};
