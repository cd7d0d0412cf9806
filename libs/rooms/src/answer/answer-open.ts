import type { GivenAnswer } from '#libs/answering';
import { asFault, fault, succeeded, type Principals } from '#libs/kernel';

import { followMessage } from '../questions/follow-message.js';
import { lookAtMessage, revisionOf, type SeenMessage } from '../questions/seen-message.js';
import { refusedText, type RefusedBecause } from '../say/short-texts.js';
import { askInDialogue, giveUpInDialogue } from './ask-in-dialogue.js';
import { endWork, refuseAsker } from './end-work.js';
import { answerText } from '../say/answer-text.js';
import { growAnswer } from './grow-answer.js';
import { lastLook } from './last-look.js';
import { retract } from './retract.js';
import type { RoomWork } from './room-work.js';

/** From then on who did not manage to answer gives up. */
const GIVES_UP_AFTER_MS = 60_000;
const MOST_ATTEMPTS = 3;

/** Answers a question that is open: a placeholder at once, sentences while they come, then the answer with its sources. */
export const answerOpen = async (work: RoomWork): Promise<void> => {
  const { parts, held, message } = work;
  const seen = await seenAsNoted(work);
  if (!seen) return;
  const { room, person } = held.question;
  const asking = parts.principalsInRoom(room, person).catch(asFault);
  if ((await withinAMoment(parts, asking)) === undefined) return refuseAsker(work);
  const placed = await message.place();
  if (placed === 'over') return;
  if (placed === 'refused') return endWork(work, 'left');
  const principals = await asking;
  if (principals === undefined) return refuseAsker(work);
  if (succeeded(principals)) return answerAs(work, seen, principals);
  if (!isPastHope(work)) throw principals;
  return apologise(work, 'directory_away');
};

/** A directory that takes longer keeps nobody waiting for a sign of life. */
const MOMENT_MS = 150;

const withinAMoment = async <T>(
  { sleep }: Pick<RoomWork['parts'], 'sleep'>,
  asking: Promise<T>,
): Promise<T | 'later'> => {
  const ended = new AbortController();
  const later = sleep(MOMENT_MS, ended.signal).then(() => 'later' as const);
  try {
    return await Promise.race([asking, later]);
  } finally {
    ended.abort();
  }
};

/** What the message says, if that is still what is noted of it. */
const seenAsNoted = async ({ parts, held }: RoomWork): Promise<SeenMessage | undefined> => {
  const { message: id, revision } = held.question;
  const seen = await lookAtMessage(parts, id);
  if (typeof seen === 'object') {
    if (revisionOf(seen.message) === revision) return seen;
    // A copy of the chat that is behind: what it says was said before.
    if (revisionOf(seen.message) < revision) throw fault('CHAT_UNAVAILABLE');
  }
  await followMessage(parts, id, seen);
  await held.refresh();
  return undefined;
};

const isLate = ({ parts, held }: RoomWork): boolean =>
  parts.clock.now() - held.question.heardAt >= GIVES_UP_AFTER_MS;

/** Who waited in vain for so long, or saw others die of it, does not try once more. */
const isPastHope = (work: RoomWork): boolean => {
  const { attempts, waits } = work.held.question;
  return attempts >= MOST_ATTEMPTS || (isLate(work) && (attempts > 1 || waits > 0));
};

const answerAs = async (
  work: RoomWork,
  seen: SeenMessage,
  principals: Principals,
): Promise<void> => {
  // Before it is asked again: what was asked before would be read with it. Where that cannot be, it is done afterwards.
  await retract(work).catch(asFault);
  const given = isPastHope(work) ? 'late' : await askInTime(work, seen, principals);
  if (given === 'over') return;
  if (given !== 'late') return showAnswer(work, given, 'answered');
  const apology = await giveUpInDialogue(work, { seen, principals }).catch(asFault);
  if (apology === 'over') return;
  if (succeeded(apology)) return showAnswer(work, apology, 'gave_up');
  if (!isPastHope(work)) throw apology;
  return apologise(work, 'failed');
};

const askInTime = async (
  work: RoomWork,
  seen: SeenMessage,
  principals: Principals,
): Promise<GivenAnswer | 'late' | 'over'> => {
  const { parts, held } = work;
  const growing = growAnswer(work, principals);
  const ended = new AbortController();
  const until = AbortSignal.any([ended.signal, held.overtaken]);
  try {
    const asking = { seen, principals, onProgress: growing.hear };
    const late = parts.sleep(GIVES_UP_AFTER_MS, until).then(() => 'late' as const);
    const given = await Promise.race([askInDialogue(work, asking), late]);
    return held.overtaken.aborted ? 'over' : given;
  } finally {
    ended.abort();
    await growing.stop();
  }
};

const showAnswer = async (
  work: RoomWork,
  given: GivenAnswer,
  state: 'answered' | 'gave_up',
): Promise<void> => {
  const { parts, held, message } = work;
  const { doubts: doubtsSeen } = held.question;
  const last = await lastLook(work, given);
  if (last === 'over') return;
  if (last === 'not_reader') return refuseAsker(work);
  const written = await message.write(() => answerText(last, parts.publicUrl));
  if (written === 'over') return;
  await endWork(work, written === 'refused' ? 'left' : state, {
    language: last.language,
    doubtsSeen,
  });
};

/** Without sources: nobody knows now who may read them, or nothing could be kept. */
const apologise = async (work: RoomWork, because: RefusedBecause): Promise<void> => {
  const written = await work.message.write(() => refusedText(because));
  if (written !== 'over') await endWork(work, written === 'refused' ? 'left' : 'gave_up');
};
