import { expect } from '@jest/globals';

import type { Collection, Documents, Query } from './documents.port.js';
import {
  allPages,
  at,
  expectFault,
  idsOf,
  shuffled,
  type DocumentsBehaviours,
} from './documents-world.contract.js';

const people = [
  { id: 'a', name: 'Zoe', rank: 2 },
  { id: 'b', name: 'Ann', rank: 10 },
  { id: 'c', name: 'Ann', rank: 2 },
  { id: 'd', name: 'ann', rank: -1.5 },
  { id: 'e', name: 'Ann', rank: 2 },
];

const fill = (documents: Documents, collection: Collection) =>
  documents.put(
    collection,
    shuffled(people, 3).map(({ id, ...fields }) => at(1, { id, fields, body: fields })),
  );

/** In every page size, because the seam between pages is where queries break. */
const finds = async (documents: Documents, collection: Collection, query: Omit<Query, 'limit'>) => {
  const { items } = await documents.query(collection, { ...query, limit: 50 });
  for (const limit of [1, 2, 3]) {
    const paged = await allPages(documents, collection, { ...query, limit });
    expect(idsOf(paged)).toEqual(idsOf(items));
  }
  return idsOf(items).join('');
};

export const queries: DocumentsBehaviours = {
  'leaves out bytes where they are not asked for, and nothing else': async ({
    documents,
    collection,
    clock,
  }) => {
    const expiresAt = clock.now() + 1000;
    const bytes = new Uint8Array([1, 2, 3]);
    const rows = [1, 2, 3].map((rank) =>
      at(rank, { id: `${rank}`, fields: { rank }, ...(rank < 3 && { bytes, expiresAt }) }),
    );
    await documents.put(collection, rows);
    for (const order of [undefined, { field: 'rank', descending: true }]) {
      const query = { limit: 2, ...(order && { order }) };
      const whole = await allPages(documents, collection, query);
      const bare = await allPages(documents, collection, { ...query, bytes: false });
      expect(whole.filter((each) => each.bytes)).toHaveLength(2);
      expect(bare).toEqual(whole.map(({ bytes: _left, ...rest }) => rest));
    }
  },

  'finds by equality, by several at once, and by none': async ({ documents, collection }) => {
    await fill(documents, collection);
    const where = async (by: Query['where']) =>
      finds(documents, collection, by === undefined ? {} : { where: by });
    expect(await where(undefined)).toBe('abcde');
    expect(await where({})).toBe('abcde');
    expect(await where({ name: 'Ann' })).toBe('bce');
    expect(await where({ name: 'Ann', rank: 2 })).toBe('ce');
    expect(await where({ rank: -1.5 })).toBe('d');
    expect(await where({ rank: '2' })).toBe('');
    expect(await where({ name: '$name' })).toBe('');
  },

  'orders by a field both ways, ties by id in the same direction': async ({
    documents,
    collection,
  }) => {
    await fill(documents, collection);
    const by = (field: string, descending: boolean, where = {}) =>
      finds(documents, collection, { order: { field, descending }, where });
    expect(await by('rank', false)).toBe('daceb');
    expect(await by('rank', true)).toBe('becad');
    expect(await by('name', false)).toBe('bcead');
    expect(await by('rank', false, { name: 'Ann' })).toBe('ceb');
    expect(await by('rank', true, { rank: 2 })).toBe('eca');
  },

  'starts at a lower bound, inclusive, in both directions': async ({ documents, collection }) => {
    await fill(documents, collection);
    const from = (bound: string | number, descending: boolean, field?: string) =>
      finds(documents, collection, {
        from: bound,
        ...(field !== undefined && { order: { field, descending } }),
      });
    expect(await from(2, false, 'rank')).toBe('aceb');
    expect(await from(2, true, 'rank')).toBe('beca');
    expect(await from('B', false, 'name')).toBe('ad');
    expect(await from(11, false, 'rank')).toBe('');
    expect(await from('c', false)).toBe('cde');
  },

  'orders text by code point': async ({ documents, collection }) => {
    const texts = ['\u{1F6CE}', '\uFF5E', 'z', 'Z', '_', 'é', 'aa', 'a', '10', '9'];
    await documents.put(
      collection,
      texts.map((name) => at(1, { id: name, fields: { name } })),
    );
    const sorted = ['10', '9', 'Z', '_', 'a', 'aa', 'z', 'é', '\uFF5E', '\u{1F6CE}'].join('');
    expect(await finds(documents, collection, {})).toBe(sorted);
    expect(await finds(documents, collection, { order: { field: 'name' } })).toBe(sorted);
  },

  'puts documents without the order field before all others': async ({ documents, collection }) => {
    await documents.put(collection, [
      ...['x', 'y', 'z'].map((id) => at(1, { id })),
      ...['p', 'q', 'r'].map((id, rank) => at(1, { id, fields: { rank } })),
    ]);
    const order = { field: 'rank' };
    expect(await finds(documents, collection, { order })).toBe('xyzpqr');
    const descending = { ...order, descending: true };
    expect(await finds(documents, collection, { order: descending })).toBe('rqpzyx');
    expect(await finds(documents, collection, { order, from: 0 })).toBe('pqr');
  },

  'lists what shares a value in the order of the collection, both ways and from a bound': async ({
    documents,
    another,
  }) => {
    const collection = another(['name', 'rank'], 'rank');
    await fill(documents, collection);
    await documents.put(
      collection,
      ['v', 'w'].map((id) => at(1, { id, fields: { name: 'Ann' } })),
    );
    const where = { name: 'Ann' };
    const by = (descending: boolean, more: Partial<Query> = {}) =>
      finds(documents, collection, { where, order: { field: 'rank', descending }, ...more });
    expect(await by(false)).toBe('vwceb');
    expect(await by(true)).toBe('becwv');
    expect(await by(false, { from: 3 })).toBe('b');
    expect(await by(true, { from: 2 })).toBe('bec');
    expect(await by(true, { where: { name: 'Ann', rank: 2 } })).toBe('ec');
    expect(await by(true, { where: {} })).toBe('becadwv');
    expect(await finds(documents, collection, { where })).toBe('bcevw');
    expect(await finds(documents, collection, { where, order: { field: 'name' } })).toBe('bcevw');
  },

  'lists a collection in an order that was declared later': async ({ documents, collection }) => {
    await fill(documents, collection);
    const ordered = { ...collection, orderedBy: 'rank' };
    const query: Query = { where: { name: 'Ann' }, order: { field: 'rank' }, limit: 9 };
    expect(idsOf((await documents.query(ordered, query)).items).join('')).toBe('ceb');
    await documents.put(ordered, [at(2, { id: 'b', fields: { name: 'Ann', rank: 1 } })]);
    for (const declared of [ordered, collection])
      expect(idsOf((await documents.query(declared, query)).items).join('')).toBe('bce');
  },

  'finds by a field that was declared later, and keeps what was there before': async ({
    documents,
    collection,
  }) => {
    await documents.put(collection, [at(1)]);
    const wider = { ...collection, fields: [...collection.fields, 'source'] };
    await documents.put(wider, [at(1, { id: 'two', fields: { source: 'a' } })]);
    const found = await documents.query(wider, { where: { source: 'a' }, limit: 9 });
    expect(idsOf(found.items)).toEqual(['two']);
    expect((await documents.get(collection, ['one', 'two'])).map((each) => each?.version)).toEqual([
      1, 1,
    ]);
  },

  'refuses fields that are not declared': async ({ documents, collection }) => {
    const unknown: Promise<unknown>[] = [
      documents.query(collection, { where: { age: 1 }, limit: 1 }),
      documents.query(collection, { order: { field: 'age' }, limit: 1 }),
      documents.query(collection, { where: { 'name; DROP': 1 }, limit: 1 }),
      documents.put(collection, [at(1, { fields: { age: 1 } })]),
      documents.swap(collection, { id: 'one', body: 1, fields: { age: 1 } }, 0),
    ];
    await Promise.all(unknown.map((work) => expectFault(work, 'DOCUMENTS_FIELD_UNKNOWN')));
    const unordered = { ...collection, orderedBy: 'age' };
    await expectFault(documents.put(unordered, [at(1)]), 'DEFECT_UNKNOWN');
  },
};
