import { expect } from '@jest/globals';

import type { Query } from './documents.port.js';
import {
  allPages,
  at,
  expectFault,
  idsOf,
  type DocumentsBehaviours,
} from './documents-world.contract.js';

const idAt = (i: number): string => String(i).padStart(3, '0');

export const pages: DocumentsBehaviours = {
  'says that there is no next page when the last one is just full': async ({
    documents,
    collection,
  }) => {
    await documents.put(
      collection,
      [1, 2, 3, 4].map((i) => at(1, { id: idAt(i) })),
    );
    expect((await documents.query(collection, { limit: 4 })).next).toBeUndefined();
    const { next } = await documents.query(collection, { limit: 2 });
    const last = await documents.query(collection, { limit: 2, after: next ?? '' });
    expect(idsOf(last.items)).toEqual(['003', '004']);
    expect(last.next).toBeUndefined();
  },

  'goes on with another limit, from the same place': async ({ documents, collection }) => {
    await documents.put(
      collection,
      [1, 2, 3, 4, 5].map((i) => at(1, { id: idAt(i), fields: { rank: 1 } })),
    );
    const order = { field: 'rank' };
    const { next } = await documents.query(collection, { order, limit: 2 });
    const rest = await documents.query(collection, { order, limit: 100, after: next ?? '' });
    expect(idsOf(rest.items)).toEqual(['003', '004', '005']);
  },

  'refuses the cursor of another query, and what is no cursor': async ({
    documents,
    collection,
    another,
  }) => {
    const fields = { name: 'a', rank: 1 };
    await documents.put(
      collection,
      [1, 2, 3].map((i) => at(1, { id: idAt(i), fields })),
    );
    const query: Query = { where: { name: 'a' }, order: { field: 'rank' }, limit: 1 };
    const { next: after = '' } = await documents.query(collection, query);
    expect(idsOf((await documents.query(collection, { ...query, after })).items)).toEqual(['002']);
    const others: Query[] = [
      { ...query, where: { name: 'b' } },
      { ...query, where: {} },
      { ...query, order: { field: 'name' } },
      { ...query, order: { field: 'rank', descending: true } },
      { ...query, from: 1 },
      { where: { name: 'a' }, limit: 1 },
    ];
    for (const other of others)
      await expectFault(
        documents.query(collection, { ...other, after }),
        'DOCUMENTS_CURSOR_INVALID',
      );
    await expectFault(documents.query(another(), { ...query, after }), 'DOCUMENTS_CURSOR_INVALID');
    for (const bad of [
      '',
      'x',
      '🛎',
      'bnVsbA',
      'W10',
      `${after}x`,
      after.slice(1),
      after.slice(0, -4),
    ])
      await expectFault(
        documents.query(collection, { ...query, after: bad }),
        'DOCUMENTS_CURSOR_INVALID',
      );
  },

  'shows what nobody touches exactly once while others write': async ({
    documents,
    collection,
  }) => {
    const still = Array.from({ length: 30 }, (_, i) => i * 10);
    await documents.put(
      collection,
      still.map((rank) => at(1, { id: `still${idAt(rank)}`, fields: { rank } })),
    );
    let round = 0;
    const disturb = async () => {
      round++;
      await documents.put(collection, [
        at(round, { id: `moves`, fields: { rank: (round * 97) % 300 } }),
        at(1, { id: `new${round}`, fields: { rank: round * 20 + 1 } }),
        at(1, { id: `tie${round}`, fields: { rank: round * 20 } }),
      ]);
      await documents.remove(collection, [`new${round - 1}`]);
    };
    for (const descending of [false, true]) {
      const order = { field: 'rank', descending };
      const items = await allPages(documents, collection, { order, limit: 4 }, disturb);
      const ids = idsOf(items).filter((id) => id.startsWith('still'));
      const expected = still.map((rank) => `still${idAt(rank)}`);
      expect(ids).toEqual(descending ? expected.reverse() : expected);
      const ranks = items.map(({ fields }) => Number(fields?.['rank']));
      expect(ranks).toEqual([...ranks].sort((a, b) => (descending ? b - a : a - b)));
    }
  },
};
