export interface PageRequest {
  readonly after?: string;
  readonly limit: number;
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** Who may read nearly nothing of a long list gets short pages after so many look-ups. */
const MOST_ROUNDS = 20;

/**
 * A page of what is left once some is taken out, as full as if the rest had never been there. A short page would tell
 * how much there is for other eyes.
 */
export const filledPage = async <Stored, Item>(
  { after, limit }: PageRequest,
  read: (page: PageRequest) => Promise<PageOf<Stored>>,
  keep: (stored: readonly Stored[]) => Promise<readonly Item[]> | readonly Item[],
): Promise<PageOf<Item>> => {
  const items: Item[] = [];
  let from = after;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const page = await read({
      limit: limit - items.length,
      ...(from !== undefined && { after: from }),
    });
    items.push(...(await keep(page.items)));
    from = page.next;
    if (from === undefined) return { items };
    if (items.length >= limit) break;
  }
  return from === undefined ? { items } : { items, next: from };
};
