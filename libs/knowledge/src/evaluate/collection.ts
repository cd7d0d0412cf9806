import type { DialogueTurn } from '../retrieve/retrieval.js';

/** What a question of a collection should lead to. */
export type ExpectedEnd = 'answer' | 'abstain' | 'ask';

export const expectedEnds: readonly ExpectedEnd[] = ['answer', 'abstain', 'ask'];

/** A document of a collection. */
export interface CollectionDocument {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly scope: readonly string[];
  readonly audience: readonly string[];
}

export interface CollectionQuery {
  readonly id: string;
  readonly text: string;
  /** Given beforehand; missing: it is found as in life. */
  readonly scope?: readonly string[];
  /** Oldest first. */
  readonly turns: readonly DialogueTurn[];
  readonly expects?: ExpectedEnd;
}

/** How well a document answers a query: 0 is not at all. */
export interface Judgement {
  readonly query: string;
  readonly document: string;
  readonly grade: number;
}

/** What a scope is called. */
export interface CollectionScope {
  readonly id: string;
  readonly names: readonly string[];
}
