import type { Collection, Documents, Query, StoredDocument } from '#libs/ports/documents';

const PAGE = 500;

/** Every document that an equality finds, page by page. */
export async function* allOf(
  documents: Documents,
  collection: Collection,
  where: NonNullable<Query['where']>,
): AsyncGenerator<StoredDocument> {
  let after: string | undefined;
  do {
    const page = await documents.query(collection, {
      where,
      limit: PAGE,
      ...(after !== undefined && { after }),
    });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}
