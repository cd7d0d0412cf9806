import { projectionsCollection } from '#libs/journal';
import type { Documents } from '#libs/ports/documents';

import { createGenerations } from '../project-records/generation.js';
import type { ProjectorName } from '../projectors.js';
import { dropGeneration } from './drop-generation.js';

/**
 * After a restore, for a projector that had seen what the log lost: it begins at the log's first fact.
 * Records are folded into a generation that holds nothing of what was lost. The relay announces all
 * again, because nobody knows which of the facts since the restore have been announced.
 */
export const beginAfresh =
  ({ documents }: { readonly documents: Documents }) =>
  async (projector: ProjectorName): Promise<void> => {
    if (projector === 'relay') {
      await documents.remove(projectionsCollection, [projector]);
      return;
    }
    const generations = createGenerations({ documents });
    const from = await generations.live();
    await generations.switch(from, await generations.next());
    await documents.remove(projectionsCollection, [projector]);
    await dropGeneration({ documents }, from);
  };
