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
