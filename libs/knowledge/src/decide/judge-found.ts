import type { Found } from '../retrieve/retrieval.js';
import { isPointing } from '../retrieve/whole-question.js';
import { featuresOf, type FoundFeatures } from './features.js';
import { rivalOf } from './rival.js';
import { weightsFor, type SurenessWeights } from './weights.js';

/** What to do with what was found. */
export interface FoundJudgement {
  readonly decision: 'answer' | 'abstain' | 'ask';
  /** How sure it is that the best hits answer the question: 0 to 1. */
  readonly sureness: number;
  readonly features: FoundFeatures;
}

/** Where another home answers a question about as well, nobody can know which one is meant. */
const AS_WELL = 0.75;

/** A question about all homes, or about which of them. */
const ABOUT_SEVERAL =
  /(?<!\p{L})(?:which|what|any|all|every|each|other|list|welche[rsnm]?|alle[nrs]?|jede[rsnm]?|quel(?:le)?s?|tou(?:te)?s|qué|cuál(?:es)?|tod[oa]s|quali|tutt[ei]|welke|alle|które|wszystkie|quais|tod[oa]s)\s+(?:\p{L}+\s+){0,2}(?:homes|houses|hotels|places|apartments|listings|properties|flats|villas|rooms|häuser|wohnungen|unterkünfte|objekte|hotels|logements|maisons|appartements|hôtels|casas|alojamientos|pisos|apartamentos|hoteles|case|appartamenti|alloggi|huizen|woningen|appartementen|domy|mieszkania|apartamenty)(?!\p{L})/iu;

/** Whether what was found answers a question: by an answer, a question back, or not at all. Pure. */
export const judgeFound = (
  question: string,
  found: Found,
  fitted: SurenessWeights = weightsFor(found),
): FoundJudgement => {
  const features = featuresOf(question, found);
  const sureness = surenessOf(features, fitted);
  return {
    decision: decisionOf(question, found, sureness >= fitted.least),
    sureness,
    features,
  };
};

const decisionOf = (
  question: string,
  found: Found,
  isSure: boolean,
): FoundJudgement['decision'] => {
  const { asked, hits, scope } = found;
  if (scope.state === 'ambiguous') return 'ask';
  // `Does it have a pool?` with nothing said before: nobody can know what it is.
  if (scope.state === 'none' && asked === question && isPointing(question)) return 'ask';
  if (hits.length === 0 || !isSure) return 'abstain';
  if (rivalOf(found) >= AS_WELL && !ABOUT_SEVERAL.test(question)) return 'ask';
  return 'answer';
};

const surenessOf = (features: FoundFeatures, fitted: SurenessWeights): number => {
  const names = Object.keys(features) as (keyof FoundFeatures)[];
  const logit = names.reduce((sum, name) => sum + fitted.of[name] * features[name], fitted.bias);
  return 1 / (1 + Math.exp(-logit));
};
