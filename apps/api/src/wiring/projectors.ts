import { createGenerations, kindNames, recordCollection } from '#libs/catalog';
import { projectionsCollection, readCheckpoint } from '#libs/journal';
import type { Documents } from '#libs/ports/documents';
import type { Checkpoint } from '#libs/ports/event-log';

/** Who follows the log, and the role that does it. */
export const projectors = [
  { name: 'catalog', role: 'catalog' },
  { name: 'relay', role: 'catalog' },
] as const;

export const checkpointOf =
  ({ documents }: { readonly documents: Documents }) =>
  (projector: string): Promise<Checkpoint | undefined> =>
    readCheckpoint(documents, projector);

/**
 * After a restore, for a projector that had seen what the log lost: it begins at the log's first fact.
 * Records are folded into a generation that holds nothing of what was lost; the relay announces all
 * again, because nobody knows which of the facts since the restore have been announced.
 */
export const beginAfresh =
  ({ documents }: { readonly documents: Documents }) =>
  async (projector: string): Promise<void> => {
    if (projector !== 'catalog') {
      await documents.remove(projectionsCollection, [projector]);
      return;
    }
    const generations = createGenerations({ documents });
    const from = await generations.live();
    await generations.switch(from, await generations.next());
    await documents.remove(projectionsCollection, [projector]);
    for (const kind of kindNames) await documents.drop(recordCollection(kind, from));
  };
