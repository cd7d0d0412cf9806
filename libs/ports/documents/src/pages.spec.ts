import { describe, expect, it } from '@jest/globals';

import type { Query, StoredDocument } from './documents.port.js';
import { documentPages, everyDocument, everyPage } from './pages.js';

const collection = { name: 'things', fields: ['state'] };

/** Five documents, of which each page has at most two for any limit. */
const store = () => {
  const queries: Query[] = [];
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }) as StoredDocument);
  const query = (_: unknown, asked: Query) => {
    queries.push(asked);
    const from = Number(asked.after ?? 0);
    const items = all.slice(from, from + 2);
    return Promise.resolve({ items, ...(from + 2 < all.length && { next: String(from + 2) }) });
  };
  return { queries, documents: { query } };
};

const collected = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
};

describe('every document', () => {
  it('comes once, by the cursor of each page before', async () => {
    const { documents, queries } = store();
    const found = await collected(everyDocument(documents, collection, { where: { state: 1 } }));
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(queries.map(({ after }) => after)).toEqual([undefined, '2', '4']);
    expect(queries.map(({ where }) => where)).toEqual(Array(3).fill({ state: 1 }));
  });

  it('is read in pages of the size that is asked for', async () => {
    const { documents, queries } = store();
    const pages = await collected(documentPages(documents, collection, { limit: 7, bytes: false }));
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(queries[0]).toEqual({ limit: 7, bytes: false });
  });

  it('stops where the reader does', async () => {
    const { documents, queries } = store();
    for await (const { id } of everyDocument(documents, collection)) if (id === 'b') break;
    expect(queries).toHaveLength(1);
  });
});

describe('every page', () => {
  it('of an empty list is one that is empty', async () => {
    expect(await collected(everyPage(() => Promise.resolve({ items: [] })))).toEqual([[]]);
  });
});
