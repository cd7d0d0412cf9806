import { toHex } from '#libs/kernel';

import { createAnalyser, type Analyser } from '../analyse/analyser.js';
import type { AnalysePassage } from '../index-records/indexed-unit.js';

/** Analysers by the key of their generation. */
export interface Analysers {
  readonly of: (key: Uint8Array) => Analyser;
  readonly passages: (key: Uint8Array) => AnalysePassage;
}

/** The live one, the one that is built, and one that was just left. */
const KEPT = 3;

export const createAnalysers = (): Analysers => {
  const known = new Map<string, Analyser>();
  const of = (key: Uint8Array): Analyser => {
    const name = toHex(key);
    let analyser = known.get(name);
    if (!analyser) {
      analyser = createAnalyser({ key });
      known.set(name, analyser);
      const [oldest] = known.keys();
      if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    }
    return analyser;
  };
  return {
    of,
    passages: (key) => {
      const analyser = of(key);
      return ({ title, text, language }) => analyser.passage(title, text, language);
    },
  };
};
