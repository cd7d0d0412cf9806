export type { PassageAnalysis, QuestionAnalysis, QuestionWord } from './analyse/analysis.js';
export {
  cutPassages,
  passageSizes,
  RENDERER_VERSION,
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
export { sentencesIn } from './passages/sentences.js';
export type { TextSpan } from './passages/text-size.js';
export { unitText } from './passages/unit-text.js';
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
