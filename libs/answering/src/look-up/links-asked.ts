import type { QuestionLinks } from '#libs/knowledge';
import type { JsonObject } from '#libs/kernel';

import type { QuestionToAnswer } from '../answers/answer.js';
import { objectIn, textIn, type CountScope } from '../count/counted.js';
import type { LocalDay } from '../count/local-days.js';
import type { AnswerLanguage } from '../texts/answer-texts.js';
import type { LookUpTopic } from './look-up-words.js';

/** One thing that is asked about somebody, with all that it is answered from. */
export interface LookUpScope extends Pick<CountScope, 'now' | 'records' | 'timeZone'> {
  readonly language: AnswerLanguage;
  readonly topic: LookUpTopic;
  readonly question: QuestionToAnswer;
  readonly links: QuestionLinks;
  readonly today: LocalDay;
  /** What time the question says (ms). */
  readonly said: { readonly from: number; readonly to: number } | undefined;
}

/** One line of an answer with the record that says so. */
export interface LookUpLine {
  readonly record: string;
  readonly text: string;
}

/** What was found; no lines: nothing that answers it. */
export interface LookUpFound {
  /** Before the lines: of whom it is said. */
  readonly label: string;
  readonly who: string;
  readonly lines: readonly LookUpLine[];
  readonly count?: number;
}

/** What people call whom a record is about. */
export const guestOf = (stay: JsonObject): string | undefined => {
  const guest = objectIn(stay, 'guest');
  return (guest && textIn(guest, 'name')) ?? textIn(stay, 'displayName');
};

/** Names of the people who are meant, each once. */
export const namesIn = (records: readonly JsonObject[]): string =>
  [...new Set(records.flatMap((record) => guestOf(record) ?? []))].join(', ');
