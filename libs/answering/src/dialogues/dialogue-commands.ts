import type { Id } from '#libs/kernel';

import type { QuestionOutcome } from './dialogue-events.js';

export interface AskInDialogue {
  readonly does: 'ask';
  readonly question: Id;
  readonly asker: string;
  readonly text: string;
  readonly as?: string;
  readonly about?: readonly string[];
  /** It begins a dialogue; else the dialogue must be there. */
  readonly begins: boolean;
  readonly at: number;
}

/** Settles a question with its one outcome. */
export interface SettleQuestion {
  readonly does: 'settle';
  readonly outcome: QuestionOutcome;
}

export interface RateQuestion {
  readonly does: 'rate';
  readonly question: Id;
  /** Whose rating it is, as a principal; missing: the asker's. */
  readonly rater?: string;
  readonly rating: 'up' | 'down';
  readonly comment?: string;
  readonly at: number;
}

/** Takes back what somebody said of an answer. */
export interface UnrateQuestion {
  readonly does: 'unrate';
  readonly question: Id;
  readonly rater?: string;
  readonly at: number;
}

export interface WithdrawQuestion {
  readonly does: 'withdraw';
  readonly question: Id;
  readonly reason: 'deleted' | 'edited';
  readonly at: number;
}

export interface RenameDialogue {
  readonly does: 'rename';
  readonly title: string;
  readonly at: number;
}

export interface ArchiveDialogue {
  readonly does: 'archive';
  readonly at: number;
}

export type DialogueCommand =
  | AskInDialogue
  | SettleQuestion
  | RateQuestion
  | UnrateQuestion
  | WithdrawQuestion
  | RenameDialogue
  | ArchiveDialogue;
