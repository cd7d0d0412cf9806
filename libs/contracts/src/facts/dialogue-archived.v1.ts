import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  /** The first question of the dialogue, which tells lists of it. */
  first: questionId,
});

/** The asker put a dialogue away: it takes no more questions. */
export const dialogueArchivedV1 = defineFact({
  type: 'answering.dialogue.archived.v1',
  kind: 'decided',
  data,
});
export type DialogueArchivedV1 = z.infer<typeof data>;
