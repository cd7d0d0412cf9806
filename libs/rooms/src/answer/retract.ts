import { asFault } from '#libs/kernel';

import type { RoomWork } from './room-work.js';

/** Has the dialogues forget what is not asked any more. */
export const retract = async ({ parts, held }: RoomWork): Promise<void> => {
  const { person, retracted } = held.question;
  if (retracted.length === 0) return;
  const asker = await parts.askerOf(person);
  for (const one of retracted) {
    const cause = { actor: asker, cause: one.question };
    try {
      await parts.answering.withdrawQuestion({ asker, ...one }, cause);
    } catch (error) {
      const fault = asFault(error);
      // Nobody came to ask it, or it is forgotten already.
      if (fault.code !== 'API_NOT_FOUND') throw fault;
    }
  }
  const done = new Set(retracted.map(({ question }) => question));
  await held.note((now) => ({
    retracted: now.retracted.filter(({ question }) => !done.has(question)),
  }));
};
