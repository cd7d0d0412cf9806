import { mentionsOneOf, textOf, type Id } from '#libs/kernel';

import { letterPages, type DeadLetters } from './dead-letters.js';

const PAGE = 100;

export interface MentioningLetter {
  readonly id: string;
  readonly delivery: Id;
}

/**
 * Deliveries among the letters whose sealed bytes hold one of these words. What nobody could handle is linked to
 * nothing, so this is the only way to it; it opens each, and nothing of what it opens leaves here. Other messages hold ids alone.
 */
export const lettersMentioning =
  ({ deadLetters }: { readonly deadLetters: Pick<DeadLetters, 'list' | 'open'> }) =>
  async (words: readonly string[]): Promise<readonly MentioningLetter[]> => {
    const found: MentioningLetter[] = [];
    for await (const page of letterPages(deadLetters, { limit: PAGE }))
      for (const { id, delivery } of page) {
        if (delivery === undefined) continue;
        const bytes = await deadLetters.open(id);
        if (bytes && mentionsOneOf(textOf(bytes), words)) found.push({ id, delivery });
      }
    return found;
  };
