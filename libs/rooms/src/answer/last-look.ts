import type { GivenAnswer } from '#libs/answering';
import type { Id } from '#libs/kernel';

import { followMessage } from '../questions/follow-message.js';
import { lookAtMessage, revisionOf } from '../questions/seen-message.js';
import { noteCitations } from '../withdraw/citations.js';
import type { RoomWork } from './room-work.js';

/**
 * The answer as everybody in the room may see it now. Its sources are noted before somebody looks whether they are still
 * there: one that goes later finds the note, and one that went before is seen to be gone.
 */
export const lastLook = async (
  work: RoomWork,
  given: GivenAnswer,
): Promise<GivenAnswer | 'not_reader' | 'over'> => {
  const noted = new Set<string>();
  for (let looked = given; ;) {
    const unnoted = recordsOf(looked).filter((record) => !noted.has(record));
    if (unnoted.length > 0)
      await noteCitations(work.parts.documents, work.held.question.message, unnoted);
    for (const record of unnoted) noted.add(record);
    if (!(await isStillAsked(work))) return 'over';
    const next = await shownNow(work, given.id);
    if (next === 'not_reader') return next;
    if (recordsOf(next).every((record) => noted.has(record))) return next;
    looked = next;
  }
};

const recordsOf = ({ citations, choices }: GivenAnswer): readonly string[] => [
  ...citations.map(({ record }) => record),
  ...choices.map(({ id }) => id),
];

/** Whether the message still says what was answered. What it says instead is noted. */
const isStillAsked = async ({ parts, held }: RoomWork): Promise<boolean> => {
  const { message: id, revision } = held.question;
  const message = await parts.chat.message(id);
  if (message && revisionOf(message) <= revision) return true;
  await followMessage(parts, id, await lookAtMessage(parts, id));
  await held.refresh();
  return false;
};

const shownNow = async (
  { parts, held }: RoomWork,
  question: Id,
): Promise<GivenAnswer | 'not_reader'> => {
  const { room, person } = held.question;
  const [asker, principals] = await Promise.all([
    parts.askerOf(person),
    parts.principalsInRoom(room, person),
  ]);
  if (!principals) return 'not_reader';
  return parts.answering.showQuestion({ asker, principals }, question);
};
