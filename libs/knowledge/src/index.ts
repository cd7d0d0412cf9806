export type { PassageAnalysis, QuestionAnalysis, QuestionWord } from './analyse/analysis.js';
export {
  ANALYSER_VERSION,
  createAnalyser,
  type Analyser,
  type QuestionSetting,
} from './analyse/analyser.js';
export { fold } from './analyse/fold.js';
export { knownWordsOf, type KnownWords } from './analyse/known-words.js';
export { languages, NO_LANGUAGE, type Language } from './analyse/languages.js';
export type { PlacedWhole, PlacedWord, TextReading } from './analyse/read-text.js';
export type { HashTerm } from './analyse/term-hash.js';
export type { WordForms } from './analyse/word-forms.js';
export { bestSentences, type ScoredSentence } from './rank/best-sentences.js';
export {
  rankSetting,
  rescore,
  type RankCandidate,
  type RankedQuestion,
  type RankSetting,
  type ScoredCandidate,
} from './rank/rescore.js';
export { sentencesIn, type SentenceSpan } from './rank/sentences.js';
export { termsToCount, wordWeights, type QuestionWeights } from './rank/word-weights.js';
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
