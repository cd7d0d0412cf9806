import type { Documents } from '#libs/ports/documents';

import { storedAs, type DocumentShape } from '../stored/changed-document.js';
import type { Votes } from './votes.js';

/** What was last seen of the reactions to an answer, and handed on. The document has the id of the message with the answer. */
export interface SeenVotes {
  readonly votes: Votes;
  /** Who was asked why it did not help: nobody is asked twice. */
  readonly asked: readonly string[];
}

/** What was seen, and where to note what is seen next. */
export interface SeenVotesNote extends SeenVotes {
  /** `false`: somebody else noted something meanwhile. */
  readonly replace: (next: SeenVotes) => Promise<boolean>;
}

const shape: DocumentShape<SeenVotes> = { collection: { name: 'room_votes', fields: [] } };

export const readSeenVotes = async (
  documents: Pick<Documents, 'get' | 'swap'>,
  answer: string,
): Promise<SeenVotesNote> => {
  const [stored] = await documents.get(shape.collection, [answer]);
  const seen = stored?.body as unknown as SeenVotes | undefined;
  return {
    votes: seen?.votes ?? {},
    asked: seen?.asked ?? [],
    replace: async (next) => {
      const document = storedAs(shape, answer, next);
      const { swapped } = await documents.swap(shape.collection, document, stored?.version ?? 0);
      return swapped;
    },
  };
};
