export { checkDimension, checkVector } from './check-vector.js';
export type {
  IndexedPassage,
  IndexedUnit,
  IndexHit,
  IndexQuery,
  IndexStatistics,
  PassageVector,
  PassageVectors,
  SearchIndex,
  TermHash,
  TermField,
  UnitFence,
  UnitPage,
  UnitState,
  VectorQuery,
  Vocabulary,
  VocabularyWord,
} from './search-index.port.js';
export { VocabularyIndex, type WordCount } from './vocabulary-index.js';
