import type { Documents } from '#libs/ports/documents';

import { roomQuestions, type RoomQuestion } from './room-question.js';

export interface RoomQuestionsParts {
  readonly documents: Pick<Documents, 'get'>;
}

/**
 * Of these messages of the chat, by its own ids, those that asked or told us something. One that was edited so that it asks
 * nothing any more is a message as any other.
 */
export const askedUs =
  ({ documents }: RoomQuestionsParts) =>
  async (messages: readonly string[]): Promise<ReadonlySet<string>> => {
    const known = messages.length > 0 ? await documents.get(roomQuestions, messages) : [];
    return new Set(
      messages.filter((_, i) => {
        const question = known[i]?.body as RoomQuestion | undefined;
        return question !== undefined && question.state !== 'withdrawn';
      }),
    );
  };
