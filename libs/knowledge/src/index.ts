export type { PassageAnalysis, QuestionAnalysis, QuestionWord } from './analyse/analysis.js';
export { composeKnowledge, type Knowledge, type KnowledgeParts } from './compose.js';
export {
  createIndexPointer,
  type IndexGeneration,
  type IndexInUse,
  type IndexPointer,
} from './generations/index-pointer.js';
export {
  indexRecords,
  type IndexedCounts,
  type IndexRecords,
  type IndexRecordsParts,
} from './index-records/index-records.js';
export type { AnalysePassage } from './index-records/indexed-unit.js';
export { createParkedUnits, type ParkedUnit } from './index-records/parked-units.js';
export type { RenderUnit } from './index-records/render-unit.js';
export { takeSignals, type OnIndexed, type ReceivedSignal } from './want-records/take-signals.js';
export { createWantedRecords, type WantedRecord } from './want-records/wanted-records.js';
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
