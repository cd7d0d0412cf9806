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
