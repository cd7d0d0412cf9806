import type { Collection, Documents } from '#libs/ports/documents';
import type { Checkpoint } from '#libs/ports/event-log';

/** How far each projector has come. */
export const projectionsCollection: Collection = { name: 'projections', fields: [] };

export interface ProjectorCheckpoint extends Checkpoint {
  /** Whose it is, among those who held the lease. */
  readonly term: number;
}

export const readCheckpoint = async (
  documents: Documents,
  projector: string,
): Promise<ProjectorCheckpoint | undefined> => {
  const [found] = await documents.get(projectionsCollection, [projector]);
  return found?.body as unknown as ProjectorCheckpoint | undefined;
};
