import { answerWords } from './answer-words.js';

/** Why an answer that was shown is not shown any more. */
export type WithdrawnBecause = 'source' | 'deleted' | 'edited';

/**
 * Why a question gets no answer. `not_reader`: its asker does not read the room. `directory_away`: nobody knows now who
 * reads it. `failed`: something broke, and nothing could be kept.
 */
export type RefusedBecause = 'not_reader' | 'directory_away' | 'failed';

/** Takes the place of an answer. Without a language it is English. */
export const withdrawnText = (because: WithdrawnBecause, language?: string): string => {
  const words = answerWords(language);
  switch (because) {
    case 'source':
      return words.sourceGone;
    case 'deleted':
      return words.questionGone;
    case 'edited':
      return words.questionEdited;
    default:
      return because satisfies never;
  }
};

/** Takes the place of an answer, or of its placeholder. */
export const refusedText = (because: RefusedBecause, language?: string): string => {
  const words = answerWords(language);
  switch (because) {
    case 'not_reader':
      return words.notReader;
    case 'directory_away':
      return words.directoryAway;
    case 'failed':
      return words.failed;
    default:
      return because satisfies never;
  }
};
