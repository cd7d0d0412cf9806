import { expect } from '@jest/globals';

import { at, idsOf, only, shuffled, type DocumentsBehaviours } from './documents-world.contract.js';

export const fences: DocumentsBehaviours = {
  'writes over an older position and not over a newer one': async ({ documents, collection }) => {
    expect(await documents.put(collection, [at(5)])).toEqual(['written']);
    expect(await documents.put(collection, [at(4, { body: 'late' })])).toEqual(['stale']);
    expect(await only(documents, collection)).toMatchObject({ body: { position: 5 }, version: 1 });
    expect(await documents.put(collection, [at(6)])).toEqual(['written']);
    expect(await only(documents, collection)).toMatchObject({ body: { position: 6 }, version: 2 });
  },

  'answers equal to a fence that is there, and changes nothing': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(5)]);
    expect(await documents.put(collection, [at(5, { body: 'again' })])).toEqual(['equal']);
    expect(await only(documents, collection)).toMatchObject({ body: { position: 5 }, version: 1 });
  },

  'lets a newer era write at a lower position': async ({ documents, collection }) => {
    await documents.put(collection, [at(900, { era: 1 })]);
    expect(await documents.put(collection, [at(3, { era: 2 })])).toEqual(['written']);
    expect(await only(documents, collection)).toMatchObject({ fence: { era: 2, position: 3 } });
  },

  'refuses an older era at a higher position, and at the same one': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(3, { era: 2 })]);
    const late = [at(900, { era: 1 }), at(3, { era: 1 })];
    expect(await documents.put(collection, late)).toEqual(['stale', 'stale']);
    expect(await only(documents, collection)).toMatchObject({ fence: { era: 2, position: 3 } });
  },

  'compares eras and positions as large as they get': async ({ documents, collection }) => {
    const most = Number.MAX_SAFE_INTEGER;
    const rising = [
      at(most - 1, { era: most - 1 }),
      at(most, { era: most - 1 }),
      at(1, { era: most }),
    ];
    for (const document of rising)
      expect(await documents.put(collection, [document])).toEqual(['written']);
    expect(await only(documents, collection)).toMatchObject({ fence: { era: most, position: 1 } });
  },

  'answers one outcome per document, in order': async ({ documents, collection }) => {
    await documents.put(collection, [at(5, { id: 'b' }), at(5, { id: 'c' })]);
    const batch = [at(5, { id: 'a' }), at(5, { id: 'b' }), at(4, { id: 'c' }), at(6, { id: 'd' })];
    expect(await documents.put(collection, batch)).toEqual([
      'written',
      'equal',
      'stale',
      'written',
    ]);
  },

  'takes the same id several times in one batch, in order': async ({ documents, collection }) => {
    const batch = [at(2), at(3), at(3), at(1), at(7), at(6)];
    const outcomes = await documents.put(collection, batch);
    expect(outcomes).toEqual(['written', 'written', 'equal', 'stale', 'written', 'stale']);
    expect(await only(documents, collection)).toMatchObject({ body: { position: 7 }, version: 3 });
  },

  'ends with the newest fence, whoever writes at the same time': async ({
    harness,
    collection,
  }) => {
    const positions = Array.from({ length: 24 }, (_, i) => i + 1);
    const clients = await Promise.all([1, 2, 3].map(() => harness.make()));
    const writes = clients.flatMap((documents, client) =>
      shuffled(positions, client + 1).map(
        (position) => () => documents.put(collection, [at(position)]),
      ),
    );
    const outcomes = (await Promise.all(shuffled(writes, 9).map((write) => write()))).flat();
    await harness.settle();
    const [documents] = clients;
    if (!documents) throw new Error('no client');
    const stored = await only(documents, collection);
    expect(stored).toMatchObject({ body: { position: 24 }, fence: { position: 24 } });
    expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(stored?.version ?? 0);
  },

  'hides a tombstone from every read, and still fences with it': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(1), at(1, { id: 'two' })]);
    expect(await documents.put(collection, [at(5, { body: null })])).toEqual(['written']);
    expect(await only(documents, collection)).toBeUndefined();
    expect(idsOf((await documents.query(collection, { limit: 9 })).items)).toEqual(['two']);
    const late = [at(4), at(5)];
    expect(await documents.put(collection, late)).toEqual(['stale', 'equal']);
    expect(await only(documents, collection)).toBeUndefined();
    expect(await documents.put(collection, [at(6)])).toEqual(['written']);
    expect(await only(documents, collection)).toMatchObject({ body: { position: 6 } });
  },

  'forgets the fence of what was removed, tombstones too': async ({ documents, collection }) => {
    await documents.put(collection, [at(5), at(5, { id: 'two', body: null })]);
    await documents.remove(collection, ['one', 'two', 'three']);
    const older = [at(1), at(1, { id: 'two' })];
    expect(await documents.put(collection, older)).toEqual(['written', 'written']);
    expect(await only(documents, collection)).toMatchObject({ version: 1 });
  },

  'keeps the fence when a document is swapped': async ({ documents, collection }) => {
    await documents.put(collection, [at(5)]);
    await documents.swap(collection, { id: 'one', body: 'swapped' }, 1);
    expect(await documents.put(collection, [at(4), at(5)])).toEqual(['stale', 'equal']);
    expect(await only(documents, collection)).toMatchObject({
      body: 'swapped',
      fence: { position: 5 },
    });
  },

  'writes with a fence over a document that has none': async ({ documents, collection }) => {
    await documents.swap(collection, { id: 'one', body: 'first' }, 0);
    expect(await only(documents, collection)).not.toHaveProperty('fence');
    expect(await documents.put(collection, [at(1)])).toEqual(['written']);
    expect(await only(documents, collection)).toMatchObject({ version: 2, fence: { position: 1 } });
  },
};
