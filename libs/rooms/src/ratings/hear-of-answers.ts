import type { RoomMessage } from '#libs/ports/chat';

import {
  questionShape,
  roomQuestions,
  type AskedInDialogue,
  type RoomQuestion,
} from '../questions/room-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { changeDocument } from '../stored/changed-document.js';
import { doingOf } from '../threads/doing.js';
import { askWhy } from './ask-why.js';
import { readSeenVotes } from './seen-votes.js';
import { changedVoters, votesIn, type Vote, type Votes } from './votes.js';

/** Looks at reactions to answers of ours, and at answers that somebody took away. */
export const hearOfAnswers =
  (parts: RoomsParts) =>
  async (answers: readonly string[]): Promise<void> => {
    for (const answer of new Set(answers)) {
      const question = await questionOf(parts, answer);
      if (question) await hearOfAnswer(parts, question);
    }
  };

const questionOf = async (
  { documents }: RoomsParts,
  answer: string,
): Promise<RoomQuestion | undefined> => {
  const { items } = await documents.query(roomQuestions, { where: { answer }, limit: 1 });
  return items[0]?.body as unknown as RoomQuestion | undefined;
};

const hearOfAnswer = async (parts: RoomsParts, question: RoomQuestion): Promise<void> => {
  // Whom we told something that another process overtook is told again what is seen then.
  const told = new Set<string>();
  for (;;) {
    const seen = await readSeenVotes(parts.documents, question.answer);
    const message = await parts.chat.message(question.answer);
    if (!message) return noteGone(parts, question);
    if (!isRateable(question)) return;
    const votes = await votesOfReaders(parts, question, message, seen.votes);
    const changed = [...new Set([...changedVoters(seen.votes, votes), ...told])];
    if (changed.length === 0) return;
    for (const person of changed) {
      await tell(parts, question, { person, vote: votes[person] });
      told.add(person);
    }
    const unasked = changed.filter(
      (person) => votes[person] === 'down' && !seen.asked.includes(person),
    );
    for (const person of unasked) await askWhy(parts, question, person);
    if (await seen.replace({ votes, asked: [...seen.asked, ...unasked] })) return;
  }
};

/** Nobody writes it again. */
const noteGone = async (parts: RoomsParts, question: RoomQuestion): Promise<void> => {
  const { message, answer, room, askedAt } = question;
  if (question.posting === 'gone') return;
  if (!(await parts.chat.wasRemoved(answer, room, askedAt))) return;
  await changeDocument<RoomQuestion>(parts.documents, questionShape, message, (now) =>
    now && now.posting !== 'gone' ? { ...now, posting: 'gone' } : now,
  );
};

type RateableQuestion = RoomQuestion & AskedInDialogue;

/** Only what is final is rated: what somebody said of a placeholder is seen when the answer stands there. */
const isRateable = (question: RoomQuestion): question is RateableQuestion =>
  question.question !== undefined &&
  question.conversation !== undefined &&
  (question.state === 'answered' || question.state === 'gave_up');

/** Who does not read the room now says nothing new; taking back is free to everybody. */
const votesOfReaders = async (
  { chat, principalsInRoom }: RoomsParts,
  { room }: RoomQuestion,
  { reactions }: RoomMessage,
  before: Votes,
): Promise<Votes> => {
  const { id } = await chat.self();
  const votes: Record<string, Vote> = {};
  for (const [person, vote] of Object.entries(votesIn(reactions, id)))
    if (before[person] === vote || (await principalsInRoom(room, person)) !== undefined)
      votes[person] = vote;
    else if (before[person] !== undefined) votes[person] = before[person];
  return votes;
};

interface VoteToTell {
  readonly person: string;
  /** Missing: it was taken back. */
  readonly vote: Vote | undefined;
}

const tell = async (
  parts: RoomsParts,
  { message, room, person: asking, askedAt, answer, ...asked }: RateableQuestion,
  { person, vote }: VoteToTell,
): Promise<void> => {
  const { answering, askerOf, clock, notice } = parts;
  const { question, conversation } = asked;
  const [asker, rater] = await Promise.all([askerOf(asking), askerOf(person)]);
  const cause = `rate\n${answer}\n${person}\n${vote ?? ''}`;
  await answering.rateForAll(
    { asker, conversation, question, rater, ...(vote && { rating: vote }) },
    await doingOf(parts, rater, cause),
  );
  notice({ event: 'answer.rated', message, room, ms: clock.now() - askedAt });
};
