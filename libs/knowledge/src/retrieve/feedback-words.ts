import type { TermHash } from '#libs/ports/search-index';

import type { Analyser } from '../analyse/analyser.js';
import type { QuestionWord } from '../analyse/analysis.js';
import type { RankedHit } from './retrieval.js';

/** So many of the best passages say in which words a thing is spoken of. */
const PASSAGES = 10;
/** A word must stand in two of them: one passage may be about anything. */
const LEAST_PASSAGES = 2;
const WORDS = 20;
/** What the best of them counts beside a word of the question. */
const WEIGHT = 0.4;
/** A passage that answers little of the question tells little of its words. */
const LEAST_COVERAGE = 0.1;

export interface FeedbackParts {
  readonly analyser: Pick<Analyser, 'read'>;
  /** How rare each stem is: the rarer, the more. One each, in order. */
  readonly rarityOf: (stems: readonly TermHash[]) => Promise<readonly number[]>;
}

/**
 * The words that the best passages share and the question does not have: where one home writes of a `gym`, another
 * writes of a `fitness room`. The rarer a word, the more it tells.
 */
export const feedbackWords = async (
  hits: readonly RankedHit[],
  known: ReadonlySet<TermHash>,
  { analyser, rarityOf }: FeedbackParts,
): Promise<readonly QuestionWord[]> => {
  const best = hits.filter(({ coverage }) => coverage >= LEAST_COVERAGE).slice(0, PASSAGES);
  const top = best[0]?.score ?? 0;
  const said = new Map<TermHash, { passages: number; share: number }>();
  for (const { passage, score } of best) {
    const { words } = analyser.read(passage.text, passage.language);
    const stems = new Set(words.flatMap(({ forms }) => (forms.isStop ? [] : [forms.stem])));
    for (const stem of stems) {
      if (known.has(stem)) continue;
      const before = said.get(stem) ?? { passages: 0, share: 0 };
      said.set(stem, { passages: before.passages + 1, share: before.share + score / top });
    }
  }
  const common = [...said].filter(([, { passages }]) => passages >= LEAST_PASSAGES);
  const rarity = await rarityOf(common.map(([stem]) => stem));
  const weighed = common
    .map(([stem, { share }], i) => ({ stem, tells: (share / best.length) * (rarity[i] ?? 0) }))
    .sort((a, b) => b.tells - a.tells)
    .slice(0, WORDS);
  const most = weighed[0]?.tells ?? 1;
  return weighed.map(({ stem, tells }) => ({
    ...{ written: '', start: 0, end: 0 },
    weight: (WEIGHT * tells) / most,
    forms: [{ field: 'stem', term: stem, weight: 1 }],
  }));
};
