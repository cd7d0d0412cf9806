import type { Answering, DialogueReader } from '#libs/answering';
import { fault, mayAct } from '#libs/kernel';
import type { Operator } from '#libs/platform';

/** As whom a person asks: every operator is one of the staff, and reads what is theirs alone. */
export const readerOf = async (
  { askerOf }: Pick<Answering, 'askerOf'>,
  { name }: Operator,
): Promise<DialogueReader> => {
  const asker = await askerOf(name);
  return { asker, principals: ['staff', asker] };
};

/** The same, with the rights of another: an admin sees what that one would get. */
export const readerAs = (
  reader: DialogueReader,
  { role }: Operator,
  as: string | undefined,
): DialogueReader => {
  if (as === undefined) return reader;
  if (!mayAct(role, 'admin')) throw fault('API_ROLE_INSUFFICIENT');
  return { ...reader, principals: [as] };
};
