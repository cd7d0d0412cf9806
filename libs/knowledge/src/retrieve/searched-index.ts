import type { Analyser, QuestionSetting } from '../analyse/analyser.js';
import type { GenerationMeaning } from '../generations/generation-meaning.js';

/** One generation of the index, and how its passages were turned into terms. */
export interface SearchedIndex {
  readonly generation: number;
  /** Makes the hashes of its terms and texts. */
  readonly key: Uint8Array;
  readonly analyser: Pick<Analyser, 'question' | 'read'>;
  readonly setting: QuestionSetting;
  /** Which model made its vectors; missing: it has none. */
  readonly meaning?: GenerationMeaning;
}
