import type { AskRequest, GivenAnswer, OnAnswerProgress } from '#libs/answering';
import { asFault, type Code, type Id, type Principals } from '#libs/kernel';

import { questionIdOf } from '../questions/answer-id.js';
import type { SeenMessage } from '../questions/seen-message.js';
import { dialoguesFor, noteDialogue } from '../threads/thread-documents.js';
import type { RoomWork } from './room-work.js';

/** With its placeholder standing there, what has to be known to ask. */
interface RoomAsking {
  readonly seen: SeenMessage;
  readonly principals: Principals;
  readonly onProgress?: OnAnswerProgress;
}

/** Asks in the dialogue of the thread. Asked again after a crash it is the same question. */
export const askInDialogue = (work: RoomWork, asking: RoomAsking): Promise<GivenAnswer | 'over'> =>
  inDialogue(work, asking, (request, cause) =>
    work.parts.answering.ask(request, cause, asking.onProgress),
  );

/** Ends the question with an apology, if it has no outcome yet. */
export const giveUpInDialogue = (
  work: RoomWork,
  asking: RoomAsking,
): Promise<GivenAnswer | 'over'> => inDialogue(work, asking, work.parts.answering.giveUp);

/** The dialogue takes no question any more, or was erased. */
const closed: readonly Code[] = ['API_NOT_FOUND', 'ANSWERING_DIALOGUE_ARCHIVED'];

type AskSomehow = (
  request: AskRequest,
  cause: { readonly actor: string; readonly cause: Id },
) => Promise<GivenAnswer>;

const inDialogue = async (
  work: RoomWork,
  asking: RoomAsking,
  ask: AskSomehow,
): Promise<GivenAnswer | 'over'> => {
  const { held, parts } = work;
  const { question: id } = held.question;
  if (id === undefined && !(await chooseDialogue(work, asking))) return 'over';
  const asker = await parts.askerOf(held.question.person);
  const begun = requestOf(work, asker, asking);
  const { question = '' } = held.question;
  // Without a key, the id of the doing is the id of the question: so it is known before it is asked.
  const cause = { actor: asker, cause: question };
  try {
    return await ask(begun, cause);
  } catch (error) {
    const fault = asFault(error);
    if (begun.conversation === undefined || !closed.includes(fault.code)) throw fault;
  }
  if (!(await held.note(() => ({ conversation: question })))) return 'over';
  await noteChosen(work, asking);
  return ask(requestOf(work, asker, asking), cause);
};

/** Chosen once: who goes on after a crash asks in the same dialogue, with the same id. */
const chooseDialogue = async (work: RoomWork, asking: RoomAsking): Promise<boolean> => {
  const { parts, held } = work;
  const question = await questionIdOf(parts, held.question);
  const { conversation = question } = dialoguesOf(work, asking);
  if (!(await held.note(() => ({ question, conversation })))) return false;
  await noteChosen(work, asking);
  return true;
};

const dialoguesOf = ({ parts, held }: RoomWork, { seen }: RoomAsking) => {
  const { person, isDirect } = held.question;
  return dialoguesFor(seen.thread, { person, isDirect, now: parts.clock.now() });
};

const noteChosen = async ({ parts, held }: RoomWork, { seen }: RoomAsking): Promise<void> => {
  const { person, conversation = '' } = held.question;
  const at = parts.clock.now();
  await noteDialogue(parts.documents, seen.threadId, { person, conversation, at });
};

const requestOf = (work: RoomWork, asker: string, asking: RoomAsking): AskRequest => {
  const { question, conversation, room } = work.held.question;
  const { judged, message } = asking.seen;
  return {
    text: judged.sort === 'question' ? judged.text : message.text,
    // A dialogue has the id of the question that begins it.
    ...(conversation !== question && conversation !== undefined && { conversation }),
    ...{ asker, principals: asking.principals, room },
    besides: dialoguesOf(work, asking).besides,
  };
};
