import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export interface EvalTurn {
  readonly who: 'user' | 'other';
  readonly text: string;
}

/** A question over the demo company, and what a right answer must hold. */
export interface EvalCase {
  readonly id: string;
  readonly group: string;
  readonly language: string;
  readonly text: string;
  readonly turns?: readonly EvalTurn[];
  readonly expects: 'answer' | 'abstain' | 'ask';
  /** The home it is about. */
  readonly home?: string;
  /** Stands in each right passage and in each right answer. */
  readonly holds?: readonly string[];
  /** The number that the records give. */
  readonly count?: number;
}

export const readCases = (): readonly EvalCase[] =>
  readFileSync(resolve('test/fixtures/eval-demo/questions.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as EvalCase);

const folded = (text: string): string =>
  text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ');

export const holdsAll = (text: string, { holds = [] }: EvalCase): boolean =>
  holds.every((word) => folded(text).includes(folded(word)));
