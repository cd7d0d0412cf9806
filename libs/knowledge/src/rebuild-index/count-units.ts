import { everyPage } from '#libs/ports/documents';
import type { SearchIndex } from '#libs/ports/search-index';

const PAGE = 1_000;

/** How many units of a generation can be found. */
export const countUnits = async (
  index: Pick<SearchIndex, 'list'>,
  generation: number,
): Promise<number> => {
  let count = 0;
  const pages = everyPage((after) =>
    index.list(generation, { limit: PAGE, ...(after !== undefined && { after }) }),
  );
  for await (const page of pages) count += page.filter(({ passages }) => passages > 0).length;
  return count;
};
