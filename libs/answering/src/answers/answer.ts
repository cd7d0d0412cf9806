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

/** How an answer was found: in passages, by reading records, by reading the log. */
export type AnswerWay = 'extractive' | 'records' | 'history';

/** An answer before it is kept. */
export type AnswerDraft =
  | {
      readonly outcome: 'answered';
      readonly way: AnswerWay;
      readonly language: string;
      readonly answer: string;
      readonly citations: readonly AnswerCitation[];
      readonly count?: number;
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

/** A question with all that it is answered from. */
export interface QuestionToAnswer {
  readonly text: string;
  /** The last ten turns before it, oldest first, as far as the asker may read them now. */
  readonly turns: readonly DialogueTurn[];
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
