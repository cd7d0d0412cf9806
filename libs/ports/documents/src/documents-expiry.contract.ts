import { expect } from '@jest/globals';

import { allPages, at, idsOf, only, type DocumentsBehaviours } from './documents-world.contract.js';

export const expiry: DocumentsBehaviours = {
  'hides a document from every read as soon as it expires': async ({
    documents,
    collection,
    clock,
  }) => {
    const expiresAt = clock.now() + 1000;
    await documents.put(collection, [at(1, { expiresAt }), at(1, { id: 'two' })]);
    clock.forward(999);
    expect(await only(documents, collection)).toMatchObject({ expiresAt });
    clock.forward(1);
    expect(await only(documents, collection)).toBeUndefined();
    expect(idsOf((await documents.query(collection, { limit: 9 })).items)).toEqual(['two']);
  },

  'treats what has expired as never written, removed yet or not': async ({
    documents,
    collection,
    clock,
  }) => {
    const expiresAt = clock.now() + 1000;
    await documents.put(collection, [at(5, { expiresAt }), at(5, { id: 'two', expiresAt })]);
    await documents.put(collection, [at(6, { expiresAt }), at(6, { id: 'two', expiresAt })]);
    clock.forward(1000);
    const late = await documents.swap(collection, { id: 'two', body: 'late' }, 2);
    expect(late).toEqual({ swapped: false, version: 0 });
    const anew = await documents.swap(collection, { id: 'two', body: 'anew' }, 0);
    expect(anew).toEqual({ swapped: true, version: 1 });
    expect(await documents.put(collection, [at(1)])).toEqual(['written']);
    const stored = await documents.get(collection, ['one', 'two']);
    expect(stored).toMatchObject([{ body: { position: 1 }, version: 1 }, { body: 'anew' }]);
    expect(stored[1]).not.toHaveProperty('fence');
  },

  'fills a page although much of the collection has expired or is gone': async ({
    documents,
    collection,
    clock,
  }) => {
    const expiresAt = clock.now() + 1000;
    const rows = Array.from({ length: 40 }, (_, i) => {
      const hidden = i % 4 === 1 ? { expiresAt } : i % 4 === 2 ? { body: null } : {};
      return at(1, { id: String(i).padStart(2, '0'), fields: { rank: i }, ...hidden });
    });
    await documents.put(collection, rows);
    clock.forward(1000);
    const seen = rows.filter((_, i) => i % 4 === 0 || i % 4 === 3).map(({ id }) => id);
    for (const order of [undefined, { field: 'rank' }]) {
      const items = await allPages(documents, collection, { limit: 6, ...(order && { order }) });
      expect(idsOf(items)).toEqual(seen);
    }
  },
};
