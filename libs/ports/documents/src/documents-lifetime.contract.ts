import { expect } from '@jest/globals';

import { at, idsOf, only, type DocumentsBehaviours } from './documents-world.contract.js';

const generations: DocumentsBehaviours = {
  'drops one generation and leaves the others': async ({ documents, collection, another }) => {
    const newer = another();
    await documents.put(collection, [at(5), at(5, { id: 'two', body: null })]);
    await documents.put(newer, [at(5)]);
    await documents.drop(collection);
    await documents.drop(collection);
    expect(await documents.query(collection, { limit: 9 })).toEqual({ items: [] });
    expect(await only(documents, newer)).toMatchObject({ body: { position: 5 } });
    expect(await documents.put(collection, [at(1), at(1, { id: 'two' })])).toEqual([
      'written',
      'written',
    ]);
  },

  'serves a collection that is dropped while others write to it': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(1, { id: 'old' })]);
    await Promise.all([
      documents.put(collection, [at(1, { id: 'before' })]),
      documents.drop(collection),
      documents.put(collection, [at(1, { id: 'after' })]),
      documents.get(collection, ['old']),
    ]);
    await documents.put(collection, [at(2, { id: 'later' })]);
    const ids = idsOf((await documents.query(collection, { limit: 9 })).items);
    expect(ids).toContain('later');
    expect(ids).not.toContain('old');
  },
};

export const lifetime: DocumentsBehaviours = {
  ...generations,

  'keeps documents, tombstones and versions over a restart': async ({
    documents,
    harness,
    collection,
  }) => {
    await documents.put(collection, [at(5), at(5, { id: 'two', body: null })]);
    await documents.put(collection, [at(6)]);
    await harness.restart();
    const after = await harness.make();
    expect(await only(after, collection)).toMatchObject({ body: { position: 6 }, version: 2 });
    expect(await after.put(collection, [at(6), at(4, { id: 'two' })])).toEqual(['equal', 'stale']);
    expect(await after.swap(collection, { id: 'one', body: 7 }, 2)).toMatchObject({
      swapped: true,
    });
  },

  'keeps every write that was answered while it was being stopped': async ({
    documents,
    harness,
    collection,
  }) => {
    const ids = Array.from({ length: 50 }, (_, i) => `${i}`);
    const puts = ids.map((id) => documents.put(collection, [at(1, { id })]));
    const settled = Promise.allSettled(puts);
    await harness.restart();
    const results = await settled;
    const answered = ids.filter((_, i) => results[i]?.status === 'fulfilled');
    for (const result of results)
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'DOCUMENTS_UNAVAILABLE' });
    const after = await harness.make();
    const stored = await after.get(collection, answered);
    expect(stored.map((each) => each?.id)).toEqual(answered);
    const again = await after.put(
      collection,
      ids.map((id) => at(1, { id })),
    );
    expect(again.filter((outcome) => outcome === 'stale')).toEqual([]);
  },
};

export const lossyLifetime = (reason: string): DocumentsBehaviours => ({
  ...generations,

  [`keeps nothing over a restart: ${reason}`]: async ({ documents, harness, collection }) => {
    await documents.put(collection, [at(5)]);
    await harness.restart();
    expect(await only(await harness.make(), collection)).toBeUndefined();
  },
});
