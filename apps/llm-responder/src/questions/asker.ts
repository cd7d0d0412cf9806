import type { DialogueReader } from '#libs/answering';
import { principalOfPerson, type Operator, type Process } from '#libs/platform';

/**
 * As whom a person asks: with the rights of this moment, or, for an administrator, with those of another. The question
 * stays the asker's own.
 */
export const readerOf = async (
  process: Pick<Process, 'parts' | 'principalsOf'>,
  operator: Operator,
  as?: string,
): Promise<DialogueReader> => ({
  asker: await principalOfPerson(process.parts, operator.name),
  principals: await process.principalsOf(operator, as),
});
