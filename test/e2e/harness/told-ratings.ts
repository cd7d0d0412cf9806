import { questionRatedV1, questionUnratedV1, readFact } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import type { Parts } from '#libs/platform';
import { pagesOfLog } from '#libs/ports/event-log';

/** What the log says of each question that somebody rated: the latest of each person, without those that took it back. */
export const toldRatings = async ({
  log,
  journal,
}: Pick<Parts, 'log' | 'journal'>): Promise<ReadonlyMap<string, readonly string[]>> => {
  const ratings = new Map<string, Map<string, string>>();
  for await (const page of pagesOfLog(log, {}))
    for (const { type, data } of (await journal.open(page)).map(readFact)) {
      if (!type.startsWith('answering.question.')) continue;
      const { question, rater, rating } = ratingIn(data);
      const known = ratings.get(question) ?? new Map<string, string>();
      ratings.set(question, known);
      if (type === questionRatedV1.type) known.set(rater, rating);
      if (type === questionUnratedV1.type) known.delete(rater);
    }
  return new Map(
    [...ratings].flatMap(([question, known]) =>
      known.size === 0 ? [] : [[question, [...known.values()].sort()]],
    ),
  );
};

const ratingIn = (data: JsonObject): Record<'question' | 'rater' | 'rating', string> => {
  const text = (key: string): string => {
    const value = data[key];
    return typeof value === 'string' ? value : '';
  };
  return { question: text('question'), rater: text('rater'), rating: text('rating') };
};
