import { letterPages, type DeadLetters } from './dead-letters.js';

const PAGE = 200;

/** Everything that lies there now, once: what dies again meanwhile waits for the next time. */
export const redriveAll =
  ({ deadLetters }: { readonly deadLetters: Pick<DeadLetters, 'list' | 'redrive'> }) =>
  async (subscription?: string): Promise<{ readonly redriven: number }> => {
    const ids: string[] = [];
    const query = { limit: PAGE, ...(subscription !== undefined && { subscription }) };
    for await (const page of letterPages(deadLetters, query)) ids.push(...page.map(({ id }) => id));
    let redriven = 0;
    for (const id of ids) if (await deadLetters.redrive(id)) redriven += 1;
    return { redriven };
  };
