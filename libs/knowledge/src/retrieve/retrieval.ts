import type { Code } from '#libs/kernel';

import type { QuestionAnalysis } from '../analyse/analysis.js';
import type { TextEvidence } from '../rank/evidence.js';
import type { Passage } from '../passages/passage.js';

/** An earlier turn of the talk, oldest first. */
export interface DialogueTurn {
  readonly who: 'user' | 'other';
  readonly text: string;
}

export interface SearchQuestion {
  readonly text: string;
  readonly turns: readonly DialogueTurn[];
  /** As whom it is asked: principals, now. */
  readonly principals: readonly string[];
  /** What it is about, where that is known beforehand: `kind/id`. */
  readonly scope?: readonly string[];
  /** Where "today" is. */
  readonly timeZone: string;
  readonly limit: number;
}

/** What a question may be about: a home, a guest. Shown only to who may read the record. */
export interface ScopeChoice {
  /** `kind/id`. */
  readonly id: string;
  readonly name: string;
}

/** `given`: beforehand. `found`: one clear winner. `ambiguous`: near equals, ask back. `none`: nothing is named. */
export interface FoundScope {
  readonly state: 'given' | 'found' | 'ambiguous' | 'none';
  readonly ids: readonly string[];
  readonly choices: readonly ScopeChoice[];
}

export interface TimeSpan {
  readonly from: number;
  readonly to: number;
  /** The words that said so. */
  readonly said: string;
}

/** A passage that stands in its records now, and that the asker may read now. */
export interface RankedHit {
  readonly passage: Passage;
  /** Higher is better, comparable within one answer. */
  readonly score: number;
  /** The share of what the question asks for that stands in it, weighed by how rare each word is: 0 to 1. */
  readonly coverage: number;
  /** How it came to its score: names and figures, for `--explain`. */
  readonly because: Readonly<Record<string, number>>;
}

/** A hit with what it is about. */
export interface SearchHit extends RankedHit {
  /** Of what has a name that people ask by, such as a home. None: it is about all of them. */
  readonly about: readonly string[];
  /** What its sentences hold of the question: of the first ones only. */
  readonly evidence?: TextEvidence;
}

export interface Found {
  /** The question as it was searched: a follow-up is made whole from the turns before it. */
  readonly asked: string;
  readonly analysis: QuestionAnalysis;
  readonly scope: FoundScope;
  readonly time?: TimeSpan;
  readonly hits: readonly SearchHit[];
  /** Whether meaning was searched beside words, or why not. Missing: the index has no vectors. */
  readonly meaning?: { readonly code?: Code };
  /** Hits that the join dropped: gone, changed, or not for the asker. Never shown to the asker. */
  readonly dropped: number;
  /** What took how long, and how many were left after each step, for `--explain`. */
  readonly steps: readonly {
    readonly step: string;
    readonly ms: number;
    readonly left: number;
  }[];
}

/** Finds passages for a question: scope first, then search, then the join with the records. */
export type SearchPassages = (question: SearchQuestion) => Promise<Found>;
