import type { Documents } from '#libs/ports/documents';

/** Notes that the answer to this message cites these records. Again is well; what is noted stays. */
export const noteCitations = (
  _documents: Pick<Documents, 'get' | 'swap'>,
  _message: string,
  _records: readonly string[],
): Promise<void> => Promise.resolve();
