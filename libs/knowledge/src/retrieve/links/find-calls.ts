import type { Clock } from '#libs/kernel';
import type { SearchIndex } from '#libs/ports/search-index';

import type { SearchedIndex } from '../searched-index.js';
import type { QuestionLinks } from './link-question.js';

/** Which calls are looked for. */
export interface CallsQuestion {
  readonly links: Pick<QuestionLinks, 'numbers' | 'people'>;
  readonly principals: readonly string[];
  /** When they began (ms). Missing: the newest. */
  readonly from?: number;
  readonly to?: number;
}

export interface FoundCalls {
  /** `call/…`, in no order. */
  readonly calls: readonly string[];
  /** There may be more in this time. */
  readonly more: boolean;
}

export interface FindCallsParts {
  readonly index: Pick<SearchIndex, 'find'>;
  readonly clock: Clock;
}

const DAY_MS = 86_400_000;
/** The newest are looked for in the last days, then further back: an index ranks by words, not by time. */
const WINDOWS = [1, 7, 35, 400, 40_000];
/** Passages; a call has one and more. */
const LIMIT = 64;
/** Each call is called one. */
const ITS_WORD = 'call';
const weights = { title: 0, word: 1, stem: 0, part: 0 };

/** Calls with somebody, by the numbers as keyed hashes and by the address book. Costs one look for each window. */
export const findCalls =
  ({ index, clock }: FindCallsParts) =>
  async (question: CallsQuestion, searched: SearchedIndex): Promise<FoundCalls> => {
    const { links, principals } = question;
    const scope = [...links.people.filter((id) => id.startsWith('contact/')), ...links.numbers];
    if (scope.length === 0) return { calls: [], more: false };
    const terms = await callTerms(searched);
    const look = async (from: number, to: number): Promise<FoundCalls> => {
      const hits = await index.find(searched.generation, {
        ...{ terms, weights, scope, kinds: ['call'], audience: principals, limit: LIMIT },
        ...{ from, to },
      });
      const calls = hits.flatMap(({ passage }) => passage.records);
      return { calls: [...new Set(calls)], more: hits.length === LIMIT };
    };
    const { from, to } = question;
    if (from !== undefined && to !== undefined) return look(from, to);
    const now = clock.now();
    for (const days of WINDOWS) {
      const found = await look(now - days * DAY_MS, now + DAY_MS);
      if (found.calls.length > 0) return found;
    }
    return { calls: [], more: false };
  };

const callTerms = async ({ analyser, setting }: SearchedIndex) => {
  const { words } = await analyser.question(ITS_WORD, setting);
  return words.flatMap(({ forms }) =>
    forms.filter(({ field, weight }) => field === 'word' && weight === 1),
  );
};
