import type { RoomsParts } from '../rooms-parts.js';
import { changeDocument } from '../stored/changed-document.js';
import { answerIdOf } from './answer-id.js';
import { askedAnew, takenBack } from './changed-question.js';
import { questionShape, type RoomQuestion } from './room-question.js';
import { revisionOf, type lookAtMessage, type SeenMessage } from './seen-message.js';

/** What was written longer ago asks nothing any more: a first look at a chat answers nobody. */
export const ASKS_FOR_MS = 10 * 60_000;

/** Brings what is noted of a message to what the chat says of it. Answers what is noted then. */
export const followMessage = async (
  parts: RoomsParts,
  id: string,
  seen: Awaited<ReturnType<typeof lookAtMessage>>,
): Promise<RoomQuestion | undefined> => {
  const answer = await answerIdOf(parts, id);
  const now = parts.clock.now();
  let isHeard = false;
  const noted = await changeDocument(parts.documents, questionShape, id, (known) => {
    const next = followed(known, seen, { answer, now });
    isHeard = next !== known && next?.state === 'open';
    return next;
  });
  if (noted && isHeard) {
    const { room, askedAt } = noted;
    parts.notice({ event: 'question.heard', message: id, room, ms: now - askedAt });
  }
  return noted;
};

interface FollowedAs {
  readonly answer: string;
  readonly now: number;
}

const followed = (
  known: RoomQuestion | undefined,
  seen: Awaited<ReturnType<typeof lookAtMessage>>,
  as: FollowedAs,
): RoomQuestion | undefined => {
  const { now } = as;
  if (typeof seen === 'string') {
    const isOver = known === undefined || known.state === 'withdrawn' || known.state === 'told';
    return isOver ? known : takenBack(known, 'deleted', now);
  }
  const { message, judged } = seen;
  const isYoung = now - message.at <= ASKS_FOR_MS;
  if (!known) return isYoung ? firstOf(seen, as) : undefined;
  const revision = revisionOf(message);
  if (revision <= known.revision || known.state === 'told') return known;
  if (!isYoung && known.state !== 'open') return known;
  if (judged.sort === 'question') return askedAnew(known, revision, now);
  return takenBack(known, 'edited', now, revision);
};

const firstOf = (
  { message, room, judged }: SeenMessage,
  { answer, now }: FollowedAs,
): RoomQuestion | undefined => {
  const isDirect = room.form === 'direct';
  const thread = message.thread ?? (isDirect ? undefined : message.id);
  if (judged.sort === 'nothing') return undefined;
  return {
    ...{ message: message.id, room: message.room, isDirect, person: message.author },
    ...(thread !== undefined && { thread }),
    askedAt: message.at,
    revision: revisionOf(message),
    heardAt: now,
    state: judged.sort === 'question' ? 'open' : 'told',
    ...{ answer, posting: 'no', attempts: 0, waits: 0, edits: 0, looks: 0 },
    ...{ doubts: 0, doubtsSeen: 0, retracted: [] },
    dueAt: now,
  };
};
