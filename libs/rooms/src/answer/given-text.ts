import type { GivenAnswer } from '#libs/answering';

import { answerText } from '../say/answer-text.js';
import { withdrawnText } from '../say/short-texts.js';

/** What is shown of an answer as it may be seen now. */
export const givenText = (given: GivenAnswer, publicUrl: string | undefined): string =>
  given.outcome === 'withdrawn'
    ? withdrawnText('source', given.language)
    : answerText(given, publicUrl);
