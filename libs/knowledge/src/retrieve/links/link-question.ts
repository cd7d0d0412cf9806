import type { NameSpan } from '../names/mentions-in.js';
import type { DialogueTurn, ScopeChoice } from '../retrieval.js';

/** What links are found from. */
export interface LinkQuestion {
  readonly text: string;
  /** Earlier turns, oldest first. */
  readonly turns: readonly DialogueTurn[];
  readonly principals: readonly string[];
  /** What the asker chose it to be about: `kind/id`. */
  readonly about?: readonly string[];
  readonly timeZone: string;
}

/** Whom, and which stay, a question is about: what the asker may read of it now. */
export interface QuestionLinks {
  readonly state: 'found' | 'ambiguous' | 'none';
  readonly by?: 'chosen' | 'code' | 'home' | 'mail' | 'name' | 'phone';
  /** Records of people, `kind/id`: mostly one person. */
  readonly people: readonly string[];
  /** Reservations in the order of their days. */
  readonly stays: readonly string[];
  readonly conversations: readonly string[];
  /** Homes of these stays. */
  readonly homes: readonly string[];
  /** Numbers as keyed hashes, as scopes of passages have them. */
  readonly numbers: readonly string[];
  readonly choices: readonly ScopeChoice[];
  /** The words that said so, in the question’s own text. */
  readonly spans: readonly NameSpan[];
  /** A number, an address or a code, as it was written: also where nobody is known by it. */
  readonly said?: string;
  /** The question is about something that has been. */
  readonly isPast?: boolean;
  /** The days that were said chose the stay: they are not when something was written. */
  readonly isByDays?: boolean;
}

export const noLinks: QuestionLinks = {
  ...{ state: 'none', people: [], stays: [], conversations: [], homes: [], numbers: [] },
  ...{ choices: [], spans: [] },
};
