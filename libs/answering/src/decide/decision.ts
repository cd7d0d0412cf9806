import type { Found, ScopeChoice } from '#libs/knowledge';

/** What to do with what was found. */
export type AnswerDecision =
  | { readonly does: 'answer' }
  | { readonly does: 'abstain' }
  | { readonly does: 'ask_back'; readonly choices: readonly ScopeChoice[] };

/** Whether what was found answers the question. Pure. */
export type DecideAnswer = (found: Found) => AnswerDecision;

/** Less than this share of what is asked for in the best passage is no answer. */
const LEAST_COVERAGE = 0.5;

/** By the state of the scope, and by how much of the question the best passage covers. */
export const decideAnswer: DecideAnswer = ({ scope, hits }) => {
  if (scope.state === 'ambiguous' && scope.choices.length > 1)
    return { does: 'ask_back', choices: scope.choices };
  const best = Math.max(0, ...hits.map(({ coverage }) => coverage));
  return { does: best >= LEAST_COVERAGE ? 'answer' : 'abstain' };
};
