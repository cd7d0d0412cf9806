import { expect } from '@jest/globals';

import type { Collection, Documents } from './documents.port.js';
import { at, only, type DocumentsBehaviours } from './documents-world.contract.js';

export const swaps: DocumentsBehaviours = {
  'creates once when nothing is expected': async ({ documents, collection }) => {
    const first = await documents.swap(collection, { id: 'one', body: 1 }, 0);
    expect(first).toEqual({ swapped: true, version: 1 });
    const second = await documents.swap(collection, { id: 'one', body: 2 }, 0);
    expect(second).toEqual({ swapped: false, version: 1 });
    expect(await only(documents, collection)).toMatchObject({ body: 1, version: 1 });
  },

  'replaces the expected version and tells the stored one otherwise': async ({
    documents,
    collection,
  }) => {
    const swap = (body: number, expected: number) =>
      documents.swap(collection, { id: 'one', body }, expected);
    expect(await swap(0, 3)).toEqual({ swapped: false, version: 0 });
    await swap(1, 0);
    expect(await swap(2, 1)).toEqual({ swapped: true, version: 2 });
    expect(await swap(9, 1)).toEqual({ swapped: false, version: 2 });
    expect(await swap(9, 3)).toEqual({ swapped: false, version: 2 });
    expect(await only(documents, collection)).toMatchObject({ body: 2, version: 2 });
  },

  'lets exactly one of many creators win': async ({ harness, collection }) => {
    const clients = await Promise.all([1, 2, 3, 4].map(() => harness.make()));
    const swapped = await Promise.all(
      [...clients, ...clients].map((documents, body) =>
        documents.swap(collection, { id: 'one', body }, 0),
      ),
    );
    const winners = [...swapped.keys()].filter((i) => swapped[i]?.swapped);
    expect(winners).toHaveLength(1);
    expect(swapped.every(({ version }) => version === 1)).toBe(true);
    const [documents] = clients;
    expect(documents && (await only(documents, collection))).toMatchObject({ body: winners[0] });
  },

  'loses no change of those who compete for one document': async ({ harness, collection }) => {
    const clients = await Promise.all([1, 2, 3].map(() => harness.make()));
    await Promise.all(clients.map((documents) => addOne(documents, collection, 6)));
    const [documents] = clients;
    const stored = documents && (await only(documents, collection));
    expect(stored).toMatchObject({ body: 18, version: 18 });
  },

  'makes a tombstone by a swap, whose version still counts': async ({ documents, collection }) => {
    await documents.put(collection, [at(1)]);
    const gone = await documents.swap(collection, { id: 'one', body: null }, 1);
    expect(gone).toEqual({ swapped: true, version: 2 });
    expect(await only(documents, collection)).toBeUndefined();
    const again = await documents.swap(collection, { id: 'one', body: 'back' }, 0);
    expect(again).toEqual({ swapped: false, version: 2 });
  },
};

const addOne = async (documents: Documents, collection: Collection, times: number) => {
  for (let done = 0; done < times;) {
    const stored = await only(documents, collection);
    const body = Number(stored?.body ?? 0) + 1;
    const { swapped } = await documents.swap(collection, { id: 'one', body }, stored?.version ?? 0);
    if (swapped) done++;
  }
};
