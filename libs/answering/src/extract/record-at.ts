import type { Passage } from '#libs/knowledge';

/**
 * The record whose words stand at this place of a passage. A passage may hold several messages, and who deletes one of
 * them takes back the answers that quote it: so an answer names that one.
 */
export const recordAt = (
  { records, turns = [], unit }: Pick<Passage, 'records' | 'turns' | 'unit'>,
  at: number,
): string => turns.findLast(({ start }) => start <= at)?.record ?? records[0] ?? unit;

const NAME_LENGTH = 80;

/** What people call the place: the passage's title or, in a talk without one, who says the words there and when. */
export const nameAt = (
  { text, title, turns = [] }: Pick<Passage, 'text' | 'title' | 'turns'>,
  at: number,
): string => {
  if (title !== '') return title;
  const start = turns.findLast((turn) => turn.start <= at)?.start ?? 0;
  const [line = ''] = text.slice(start).trimStart().split('\n');
  return line.replace(/:$/, '').slice(0, NAME_LENGTH);
};
