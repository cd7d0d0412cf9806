export type { PassageAnalysis, QuestionAnalysis, QuestionWord } from './analyse/analysis.js';
export type { Passage, SectionText, UnitText } from './passages/passage.js';
export type {
  DialogueTurn,
  Found,
  FoundScope,
  ScopeChoice,
  SearchHit,
  SearchPassages,
  SearchQuestion,
  TimeSpan,
} from './retrieve/retrieval.js';
export { joinHits, type JoinHits, type JoinHitsParts } from './retrieve/join-hits.js';
export { nameBook, type NameBook, type NamedThing } from './retrieve/names/name-book.js';
export { searchPassages, type SearchPassagesParts } from './retrieve/search-passages.js';
export { decideAnswer, type AnswerDecision } from './decide/decide-answer.js';
export type { AnswerFeatures } from './decide/features.js';
export type {
  CollectionDocument,
  CollectionQuery,
  CollectionScope,
  ExpectedEnd,
  Judgement,
} from './evaluate/collection.js';
export {
  evaluateCollection,
  type EvaluateCollection,
  type EvaluateCollectionParts,
  type EvaluatedQuery,
  type EvaluationCollection,
  type EvaluationHit,
  type EvaluationListener,
} from './evaluate/evaluate-collection.js';
export type { EvaluationFigures } from './evaluate/figures.js';
export {
  readDocument,
  readJudgement,
  readQuery,
  readScope,
  type FileLine,
} from './evaluate/read-collection.js';
export { timeIn } from './retrieve/time/time-in.js';
