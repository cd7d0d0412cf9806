import type { SearchHit } from '#libs/knowledge';

/**
 * Earlier questions point to sources and are none. Only their asker may read them, by a principal of one person, so a
 * search without that principal never finds them, and they crowd nothing out.
 */
export const withoutOwn = (principals: readonly string[]): readonly string[] =>
  principals.filter((principal) => !principal.startsWith('user:'));

/** Holds also if a question were ever readable by more people. */
export const isEvidence = ({ passage }: SearchHit): boolean =>
  !passage.records.some((record) => record.startsWith('question/'));
