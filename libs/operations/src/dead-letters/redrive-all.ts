import { letterOf, type DeadLetters } from './dead-letters.js';

const PAGE = 200;

/** Everything that lies there now, once: what dies again meanwhile waits for the next time. */
export const redriveAll =
  ({ deadLetters }: { readonly deadLetters: Pick<DeadLetters, 'list' | 'redrive'> }) =>
  async (subscription?: string): Promise<{ readonly redriven: number }> => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await deadLetters.list({
        limit: PAGE,
        ...(subscription !== undefined && { subscription }),
        ...(after !== undefined && { after }),
      });
      ids.push(...page.items.map((letter) => letterOf(letter).id));
      after = page.next;
    } while (after !== undefined);
    let redriven = 0;
    for (const id of ids) if (await deadLetters.redrive(id)) redriven += 1;
    return { redriven };
  };
