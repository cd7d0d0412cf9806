import type { RoomsParts } from '../rooms-parts.js';
import { isDue } from './hear-messages.js';
import { roomQuestions, type RoomQuestion } from './room-question.js';

/** So many at a time: who asks again gets the next. */
const AT_A_TIME = 50;

/** The messages that somebody has to look at now, those that wait longest first. */
export const dueQuestions =
  ({ documents, clock }: Pick<RoomsParts, 'clock' | 'documents'>) =>
  async (): Promise<readonly string[]> => {
    const query = { order: { field: 'dueAt' }, limit: AT_A_TIME } as const;
    const { items } = await documents.query(roomQuestions, query);
    const now = clock.now();
    return items
      .map(({ body }) => body as unknown as RoomQuestion)
      .filter((question) => isDue(question, now))
      .map(({ message }) => message);
  };
