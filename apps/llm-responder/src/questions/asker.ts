import type { DialogueReader } from '#libs/answering';
import type { Operator, Process } from '#libs/platform';

/** Whose dialogues these are, and what may be read in them now; as another for an admin who says so. */
export const readerOf = async (
  process: Pick<Process, 'askerOf' | 'principalsOf'>,
  operator: Operator,
  as?: string,
): Promise<DialogueReader> => {
  const [asker, principals] = await Promise.all([
    process.askerOf(operator),
    process.principalsOf(operator, as),
  ]);
  return { asker, principals };
};
