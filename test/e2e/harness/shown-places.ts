import { kindNames } from '#libs/catalog';

import { isOfColleague, marksIn } from './marks.js';
import type { Operator } from './outside.js';

interface ShownPage {
  readonly items: readonly { readonly id: string }[];
  readonly next?: string | null;
}

/** All pages of a list, with what each answered. */
const pagesOf = async (
  operator: Operator,
  path: string,
  shown: Map<string, string>,
): Promise<ShownPage['items']> => {
  const items: ShownPage['items'][number][] = [];
  let after = '';
  do {
    const asked = `${path}?limit=200${after}`;
    const { status, text } = await operator.get(asked);
    if (status !== 200) throw new Error(`${status} of ${asked}`);
    shown.set(asked, text);
    const page = JSON.parse(text) as ShownPage;
    items.push(...page.items);
    after = page.next ? `&after=${encodeURIComponent(page.next)}` : '';
  } while (after);
  return items;
};

/** What an operator is shown of everything there is: lists, records, links, facts, deliveries, traces. */
export const everythingShown = async (operator: Operator): Promise<ReadonlyMap<string, string>> => {
  const shown = new Map<string, string>();
  const show = async (path: string): Promise<void> => {
    shown.set(path, (await operator.get(path)).text);
  };
  for (const kind of kindNames)
    for (const { id } of await pagesOf(operator, `/api/records/${kind}`, shown))
      for (const path of ['records', 'links', 'trace'])
        await show(
          path === 'trace'
            ? `/api/trace/${encodeURIComponent(`${kind}/${id}`)}`
            : `/api/${path}/${kind}/${id}`,
        );
  for (const { id } of await pagesOf(operator, '/api/facts', shown)) await show(`/api/facts/${id}`);
  for (const { id } of await pagesOf(operator, '/api/deliveries', shown))
    await show(`/api/trace/${id}`);
  await pagesOf(operator, '/api/links', shown);
  await pagesOf(operator, '/api/dead', shown);
  return shown;
};

/** The paths that show a mark of somebody else than the colleague. */
export const placesShowing = async (operator: Operator): Promise<readonly string[]> =>
  [...(await everythingShown(operator))]
    .filter(([, text]) => marksIn(text).some((mark) => !isOfColleague(mark)))
    .map(([path]) => path);
