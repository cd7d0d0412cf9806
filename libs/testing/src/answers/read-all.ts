import { textOf } from '#libs/kernel';
import type { RawAnswer, Recipe, RecipePage, TimeRange } from '#libs/ports/provider';

/** More pages than any test has. */
const PAGES = 1_000;

/** Every page of a recipe, each asked for by the place that the one before gave. */
export const readAll = async (
  recipe: Recipe | undefined,
  stretch: TimeRange,
  between: (page: RecipePage) => void = () => undefined,
): Promise<readonly RawAnswer[]> => {
  const all: RawAnswer[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < PAGES; pages++) {
    const page = await recipe?.page(stretch, after);
    if (!page) throw new Error('no such recipe');
    all.push(...page.answers);
    between(page);
    after = page.next;
    if (after === undefined) return all;
  }
  throw new Error('it never ends');
};

export const jsonOf = ({ body }: RawAnswer): Record<string, unknown> =>
  JSON.parse(textOf(body)) as Record<string, unknown>;
