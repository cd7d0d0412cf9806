import { z } from 'zod';

import { defineFact } from '../fact.js';
import { questionId } from './question-parts.js';

const data = z.strictObject({
  /** The first question of the dialogue, which the title stands with. */
  first: questionId,
});

const personal = z.strictObject({ title: z.string() });

/** The asker gave a dialogue another title. */
export const dialogueRenamedV1 = defineFact({
  type: 'answering.dialogue.renamed.v1',
  kind: 'decided',
  data,
  personal,
});
export type DialogueRenamedV1 = z.infer<typeof data>;
export type DialogueRenamedV1Personal = z.infer<typeof personal>;
