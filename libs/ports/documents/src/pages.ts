import type { Collection, Documents, Query, StoredDocument } from './documents.port.js';

const PAGE = 500;

/** Every page of a list, which says with each where the next one begins. */
export async function* everyPage<Item>(
  pageAfter: (
    after: string | undefined,
  ) => Promise<{ readonly items: readonly Item[]; readonly next?: string }>,
): AsyncGenerator<readonly Item[]> {
  let after: string | undefined;
  do {
    const { items, next } = await pageAfter(after);
    yield items;
    after = next;
  } while (after !== undefined);
}

/** What documents are looked for by; how many are read at once is `limit`. */
type EveryQuery = Omit<Query, 'after' | 'limit'> & Partial<Pick<Query, 'limit'>>;

/** Pages of what a query finds. What is written meanwhile may or may not be among it. */
export const documentPages = (
  documents: Pick<Documents, 'query'>,
  collection: Collection,
  query: EveryQuery = {},
): AsyncGenerator<readonly StoredDocument[]> =>
  everyPage((after) =>
    documents.query(collection, { limit: PAGE, ...query, ...(after !== undefined && { after }) }),
  );

/** Every document that a query finds. */
export async function* everyDocument(
  documents: Pick<Documents, 'query'>,
  collection: Collection,
  query: EveryQuery = {},
): AsyncGenerator<StoredDocument> {
  for await (const page of documentPages(documents, collection, query)) yield* page;
}
