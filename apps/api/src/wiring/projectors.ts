import { createGenerations, kindNames, recordCollection } from '#libs/catalog';
import { projectionsCollection, readCheckpoint, type Checkpoint } from '#libs/platform';
import type { Documents } from '#libs/ports/documents';
import type { EventLog, Head } from '#libs/ports/event-log';

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
 * After a restore, for a projector that had seen what the log lost. Records are folded anew into a
 * generation that holds nothing of it; what was relayed is out, so the relay goes on from here.
 */
export const beginAfresh =
  ({ documents, log }: { readonly documents: Documents; readonly log: EventLog }) =>
  async (projector: string, head: Head): Promise<void> => {
    if (projector === 'catalog') {
      const generations = createGenerations({ documents });
      const from = await generations.live();
      await generations.switch(from, await generations.next());
      await documents.remove(projectionsCollection, [projector]);
      for (const kind of kindNames) await documents.drop(recordCollection(kind, from));
      return;
    }
    const { era, position } = head;
    const [fact] = await log.read(position - 1, 1);
    if (!fact) return;
    await documents.put(projectionsCollection, [
      { id: projector, body: { era, position, fact: fact.id, term: 0 }, fence: { era, position } },
    ]);
  };
