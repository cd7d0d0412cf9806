import type { Id } from '#libs/kernel';
import type { DialogueTurn, ScopeChoice } from '#libs/knowledge';

/** What an answer rests on: a record, where in it, and its words. */
export interface AnswerCitation {
  /** `kind/id`. */
  readonly record: string;
  readonly path?: string;
  /** What people call it; missing in what is kept. */
  readonly name?: string;
  /** The words of the record; empty where it is only counted. */
  readonly quote: string;
}

/** How an answer was found: in passages, by reading records, by reading the log, or put into words by a language model. */
export type AnswerWay = 'extractive' | 'records' | 'history' | 'model';

/** What a language model was asked for an answer. */
export interface AnswerModel {
  /** As the other side calls it. */
  readonly name: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What is known of an answer while it is made: sources as they are named, sentences once they are whole and checked. */
export type AnswerProgress =
  | { readonly sort: 'sources'; readonly citations: readonly AnswerCitation[] }
  | { readonly sort: 'sentence'; readonly text: string };

export type OnAnswerProgress = (progress: AnswerProgress) => void;

/** An answer before it is kept. */
export type AnswerDraft =
  | {
      readonly outcome: 'answered';
      readonly way: AnswerWay;
      readonly language: string;
      readonly answer: string;
      readonly citations: readonly AnswerCitation[];
      readonly count?: number;
      /** The language model that was asked, if one was. */
      readonly model?: AnswerModel;
    }
  | {
      readonly outcome: 'abstained';
      readonly language: string;
      readonly answer: string;
      readonly citations: readonly AnswerCitation[];
    }
  | {
      readonly outcome: 'asked_back';
      readonly language: string;
      readonly answer: string;
      readonly choices: readonly ScopeChoice[];
    };

/** An earlier turn; an answer with the records that it rests on. */
export interface AnswerTurn extends DialogueTurn {
  readonly records?: readonly string[];
}

/** A question with all that it is answered from. */
export interface QuestionToAnswer {
  readonly text: string;
  /** The last ten turns before it, oldest first, as far as the asker may read them now. */
  readonly turns: readonly AnswerTurn[];
  /** Whose question it is, as a principal. */
  readonly asker: string;
  /** The room that it is asked in, if it is. */
  readonly room?: string | undefined;
  /** As whom it is asked, now. */
  readonly principals: readonly string[];
  /** What the asker chose it to be about. */
  readonly about: readonly string[];
  readonly at: number;
  readonly timeZone: string;
}

/** Answers a question, or says nothing where it is not a question of its sort. */
export type AnswerQuestion<Sort extends AnswerDraft | undefined = AnswerDraft | undefined> = (
  question: QuestionToAnswer,
  onProgress?: OnAnswerProgress,
) => Promise<Sort>;

/** An answer as its asker gets it. */
export interface GivenAnswer {
  readonly id: Id;
  readonly conversation: Id;
  /** `withdrawn`: a source of it is gone, or not for the asker any more. `open`: it has no answer yet. */
  readonly outcome: 'answered' | 'abstained' | 'asked_back' | 'withdrawn' | 'open';
  readonly question: string;
  readonly askedAt: number;
  readonly way?: string;
  readonly language: string;
  readonly answer: string;
  readonly citations: readonly AnswerCitation[];
  readonly choices: readonly ScopeChoice[];
  readonly count?: number;
  readonly rating?: 'up' | 'down';
}
