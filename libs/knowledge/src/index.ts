export {
  ANALYSER_VERSION,
  createAnalyser,
  type Analyser,
  type QuestionSetting,
} from './analyse/analyser.js';
export type { PassageAnalysis, QuestionAnalysis, QuestionWord } from './analyse/analysis.js';
export { detectLanguage } from './analyse/detect-language.js';
export { fold } from './analyse/fold.js';
export { knownWordsOf, type KnownWords } from './analyse/known-words.js';
export { NO_LANGUAGE, languages, type Language } from './analyse/languages.js';
export type { PlacedWhole, PlacedWord, TextReading } from './analyse/read-text.js';
export type { HashTerm } from './analyse/term-hash.js';
export type { WordForms } from './analyse/word-forms.js';
export {
  composeIndexDesk,
  composeIndexing,
  composeKnowledge,
  type IndexDesk,
  type IndexDeskParts,
  type IndexingParts,
  type Knowledge,
  type KnowledgeParts,
} from './compose.js';
export type { FoundFeatures } from './decide/features.js';
export { judgeFound, type FoundJudgement } from './decide/judge-found.js';
export { weightsFor, type SurenessWeights } from './decide/weights.js';
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
export {
  createIndexPointer,
  type IndexGeneration,
  type IndexInUse,
  type IndexPointer,
} from './generations/index-pointer.js';
export {
  indexRecords,
  type IndexRecords,
  type IndexRecordsParts,
  type IndexedCounts,
} from './index-records/index-records.js';
export type { AnalysePassage } from './index-records/indexed-unit.js';
export { createParkedUnits, type ParkedUnit } from './index-records/parked-units.js';
export type { RenderUnit } from './index-records/rendered-unit.js';
export type { IndexExamination } from './keep-index/examine-index.js';
export type { KeptIndex } from './keep-index/keep-index.js';
export {
  RENDERER_VERSION,
  cutPassages,
  passageSizes,
  type CutParts,
} from './passages/cut-passages.js';
export { masked } from './passages/mask.js';
export type { Passage, SectionText, UnitText } from './passages/passage.js';
export type { RecordReading, UnitTextParts } from './passages/record-reading.js';
export {
  passageAgain,
  passagesOf,
  recordsByName,
  type PassageReference,
  type RenderParts,
} from './passages/render-unit.js';
export type { TextSpan } from './passages/text-size.js';
export { unitText } from './passages/unit-text.js';
export { bestSentences, type RatedText, type ScoredSentence } from './rank/best-sentences.js';
export {
  wordComparison,
  type ComparedPlace,
  type ComparedWord,
  type CompareWords,
} from './rank/compare-words.js';
export {
  rankSetting,
  rescore,
  type RankCandidate,
  type RankSetting,
  type RankedQuestion,
  type ScoredCandidate,
} from './rank/rescore.js';
export { termsToCount, wordWeights, type QuestionWeights } from './rank/word-weights.js';
export type { IndexRebuild, IndexRebuilds } from './rebuild-index/index-rebuilds.js';
export { joinHits, type JoinHits, type JoinHitsParts } from './retrieve/join-hits.js';
export type { CallsQuestion, FoundCalls } from './retrieve/links/find-calls.js';
export type { QuestionLinks, LinkQuestion } from './retrieve/links/link-question.js';
export { nameBook, type NameBook, type NamedThing } from './retrieve/names/name-book.js';
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
export { searchPassages, type SearchPassagesParts } from './retrieve/search-passages.js';
export { timeIn } from './retrieve/time/time-in.js';
export { takeSignals, type OnIndexed, type ReceivedSignal } from './want-records/take-signals.js';
export {
  createWantedRecords,
  type WantedRecord,
  type WantedRecords,
} from './want-records/wanted-records.js';
