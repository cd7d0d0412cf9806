import { readCheckpoint } from '#libs/journal';
import type { Clock, Id } from '#libs/kernel';
import type { Collection, Documents } from '#libs/ports/documents';

/** A question that is being answered. After a crash it stands here until somebody looks at what was kept of it. */
export interface AnswerInFlight {
  readonly question: Id;
  /** The stream of its dialogue. */
  readonly stream: string;
  /** Up to here everything was in the records when they were read for it: also every erasure. */
  readonly since: number;
  readonly at: number;
}

export interface AnswersInFlight {
  /** Notes it before any record is read. One that another attempt left counts from where that one began. */
  begin(question: Id, stream: string): Promise<AnswerInFlight>;
  find(question: Id): Promise<AnswerInFlight | undefined>;
  /** What was kept of it was looked at. */
  end(question: Id): Promise<void>;
  /** Those that began before this time, the oldest first. */
  leftBefore(time: number, limit: number): Promise<readonly AnswerInFlight[]>;
}

interface AnswersInFlightParts {
  readonly documents: Documents;
  readonly clock: Clock;
}

const collection: Collection = { name: 'answers_in_flight', fields: ['at'], orderedBy: 'at' };

export const createAnswersInFlight = ({
  documents,
  clock,
}: AnswersInFlightParts): AnswersInFlight => ({
  async begin(question, stream) {
    const since = (await readCheckpoint(documents, 'catalog'))?.position ?? 0;
    const begun = { question, stream, since, at: clock.now() };
    const note = { id: question, body: { ...begun }, fields: { at: begun.at } };
    const { swapped } = await documents.swap(collection, note, 0);
    return swapped ? begun : ((await find(documents, question)) ?? begun);
  },

  find: (question) => find(documents, question),

  end: (question) => documents.remove(collection, [question]),

  async leftBefore(time, limit) {
    const { items } = await documents.query(collection, { order: { field: 'at' }, limit });
    return items.map(({ body }) => body as unknown as AnswerInFlight).filter(({ at }) => at < time);
  },
});

const find = async (
  documents: Pick<Documents, 'get'>,
  question: Id,
): Promise<AnswerInFlight | undefined> => {
  const [found] = await documents.get(collection, [question]);
  return found?.body as unknown as AnswerInFlight | undefined;
};
