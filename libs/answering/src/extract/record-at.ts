import type { Passage } from '#libs/knowledge';

/**
 * The record whose words stand at this place of a passage. A passage may hold several messages, and who deletes one of
 * them takes back the answers that quote it: so an answer names that one.
 */
export const recordAt = (
  { records, turns = [], unit }: Pick<Passage, 'records' | 'turns' | 'unit'>,
  at: number,
): string => turns.findLast(({ start }) => start <= at)?.record ?? records[0] ?? unit;
