import { isId, type Id } from '#libs/kernel';

/** All facts of a dialogue. `undefined` for what is no id: it names no dialogue. */
export const dialogueStream = (conversation: Id): string | undefined =>
  isId(conversation) ? `dialogue/${conversation}` : undefined;
