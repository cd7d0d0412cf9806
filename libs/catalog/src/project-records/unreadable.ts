import { asFault, fault } from '#libs/kernel';
import type { Journal } from '#libs/journal';
import { isAsAppended, type StoredFact } from '#libs/ports/event-log';

import type { ProjectionParts } from './projection.js';

/** What reading a broken fact throws; a store that is away throws something else. */
export const isDefect = (thrown: unknown): boolean => asFault(thrown).kind === 'defect';

/**
 * Which of these nobody can ever read, though the log holds them as they were appended: then it was their writer's
 * mistake. Where the log does not, it is the log that is broken, and nothing may go on from it.
 */
export const unreadableAmong = async (
  { journal, log, hash }: ProjectionParts,
  facts: readonly StoredFact[],
): Promise<readonly StoredFact[]> => {
  const unreadable: StoredFact[] = [];
  for (const fact of facts) {
    if (await canBeOpened(journal, fact)) continue;
    if (!(await isAsAppended(log, hash, fact)))
      throw fault('LOG_CHAIN_BROKEN', { details: { position: fact.position } });
    unreadable.push(fact);
  }
  return unreadable;
};

const canBeOpened = async (journal: Journal, fact: StoredFact): Promise<boolean> => {
  try {
    await journal.open([fact]);
    return true;
  } catch (thrown) {
    if (!isDefect(thrown)) throw thrown;
    return false;
  }
};

/** Less those that cannot even be decoded; these were parked when they were met. */
export const decodable = (journal: Journal, facts: readonly StoredFact[]): readonly StoredFact[] =>
  facts.filter((fact) => canBeDecoded(journal, fact));

const canBeDecoded = (journal: Journal, fact: StoredFact): boolean => {
  try {
    journal.decode([fact]);
    return true;
  } catch {
    return false;
  }
};
