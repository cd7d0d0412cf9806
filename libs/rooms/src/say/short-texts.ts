/** Why an answer that was shown is not shown any more. */
export type WithdrawnBecause = 'source' | 'deleted' | 'edited';

/**
 * Why a question gets no answer. `not_reader`: its asker does not read the room. `directory_away`: nobody knows now who
 * reads it. `failed`: something broke, and nothing could be kept.
 */
export type RefusedBecause = 'not_reader' | 'directory_away' | 'failed';

/** Takes the place of an answer. Without a language it is English. */
export const withdrawnText = (because: WithdrawnBecause, _language?: string): string => because;

/** Takes the place of an answer, or of its placeholder. */
export const refusedText = (because: RefusedBecause, _language?: string): string => because;
