import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { filledPage, type PageRequest } from './filled-page.js';

/** A store whose pages end with the place of their last item. */
const storeOf = (all: readonly number[]) => {
  let reads = 0;
  return {
    reads: () => reads,
    read: ({ after = '0', limit }: PageRequest) => {
      reads += 1;
      const end = Number(after) + limit;
      const items = all.slice(Number(after), end);
      return Promise.resolve(end < all.length ? { items, next: String(end) } : { items });
    },
  };
};

const pagesOf = async (all: readonly number[], limit: number, keep: (one: number) => boolean) => {
  const store = storeOf(all);
  const pages: (readonly number[])[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const page: Awaited<ReturnType<typeof filledPage<number, number>>> = await filledPage(
      { limit, ...(after !== '' && { after }) },
      store.read,
      (some) => some.filter(keep),
    );
    pages.push(page.items);
    after = page.next;
  }
  return { pages, reads: store.reads() };
};

describe('a page without what is for other eyes', () => {
  it('is as full as if that had never been there', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 9 }), { maxLength: 60 }),
        fc.integer({ min: 3, max: 20 }),
        async (all, limit) => {
          const { pages } = await pagesOf(all, limit, (one) => one > 3);
          expect(pages.flat()).toEqual(all.filter((one) => one > 3));
          for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
        },
      ),
    );
  });

  it('costs one look-up where nothing is taken out', async () => {
    const { pages, reads } = await pagesOf([1, 2, 3, 4, 5, 6, 7], 3, () => true);
    expect(pages).toEqual([[1, 2, 3], [4, 5, 6], [7]]);
    expect(reads).toBe(3);
  });

  it('ends early in a long list of which nearly nothing may be read, and says where to go on', async () => {
    const all = Array.from({ length: 1_000 }, (_, i) => i);
    const page = await filledPage({ limit: 10 }, storeOf(all).read, (some) =>
      some.filter((one) => one === 0),
    );
    expect(page.items).toEqual([0]);
    expect(page.next).toBeDefined();
  });
});
