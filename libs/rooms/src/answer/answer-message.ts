import type { Awaitable } from '#libs/kernel';

import { shownDigest } from '../questions/answer-id.js';
import type { QuestionChange, QuestionStep } from '../questions/held-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { placeholderText } from '../say/answer-text.js';
import { noticeOf } from './notice.js';

/**
 * `gone`: somebody took it away, and it is never written again. `refused`: we may not write there now. `over`: the work
 * that it was for makes no sense any more.
 */
export type WritingOutcome = 'written' | 'gone' | 'refused' | 'over';

const BETWEEN_EDITS_MS = 1_000;

/** The one message with the answer to a held question. */
export interface AnswerMessage {
  /** Makes sure that it stands there, once, and shows nothing of what was asked before. */
  place(): Promise<WritingOutcome>;
  /** Writes what must be read when its turn has come: changes of one message keep a distance. */
  write(textNow: () => string): Promise<WritingOutcome>;
  /** The same, unless it ends first or there is nothing that may be shown. */
  writeUntil(
    ended: AbortSignal,
    textNow: () => Awaitable<string | undefined>,
  ): Promise<WritingOutcome>;
}

/** When it was written last: all changes keep their distance. */
export interface WritingPace {
  writtenAt: number;
}

export const answerMessage = (
  parts: RoomsParts,
  held: QuestionStep,
  pace: WritingPace,
): AnswerMessage => {
  const { clock, sleep } = parts;

  const writeUntil: AnswerMessage['writeUntil'] = async (ended, textNow) => {
    const wait = pace.writtenAt + BETWEEN_EDITS_MS - clock.now();
    if (wait > 0) await sleep(wait, ended);
    if (ended.aborted) return 'over';
    if (held.question.posting !== 'yes') return 'gone';
    const text = await textNow();
    if (text === undefined || ended.aborted) return 'over';
    try {
      return await change(parts, held, text);
    } finally {
      pace.writtenAt = clock.now();
    }
  };

  const write: AnswerMessage['write'] = (textNow) => writeUntil(held.overtaken, textNow);

  return {
    async place() {
      const { posting, edits } = held.question;
      const shows = posting === 'yes' && edits === 0;
      return shows ? write(placeholderText) : place(parts, held);
    },
    write,
    writeUntil,
  };
};

/**
 * Notes what is going to be done. That fails when somebody else has the question. It is noted again if so much time went by
 * meanwhile that the call might end after the claim.
 */
const noteBeforeCall = async (held: QuestionStep, change: QuestionChange): Promise<boolean> => {
  do if (!(await held.note(change))) return false;
  while (!held.hasTimeForCall());
  return true;
};

const change = async (
  parts: RoomsParts,
  held: QuestionStep,
  text: string,
): Promise<WritingOutcome> => {
  const { chat } = parts;
  const { answer: id, room, edits, shown: before } = held.question;
  const shown = await shownDigest(parts, text);
  // What was noted before may have been written; then nothing is left to do.
  if (before === shown && (await isShown(parts, id, shown))) return 'written';
  if (
    !(await noteBeforeCall(held, () => ({
      shown,
      shownAt: parts.clock.now(),
      edits: edits + 1,
    })))
  )
    return 'over';
  const outcome = await chat.change({ id, room, text });
  if (outcome === 'changed') return 'written';
  if (outcome === 'refused') return 'refused';
  return (await held.note(() => ({ posting: 'gone' }))) ? 'gone' : 'over';
};

const isShown = async (parts: RoomsParts, id: string, shown: string): Promise<boolean> => {
  const there = await parts.chat.message(id);
  return there !== undefined && (await shownDigest(parts, there.text)) === shown;
};

const place = async (parts: RoomsParts, held: QuestionStep): Promise<WritingOutcome> => {
  const { chat } = parts;
  if (held.question.posting === 'trying' && !(await findPosted(parts, held))) return 'over';
  const { answer: id, room, thread, posting } = held.question;
  if (posting === 'gone') return 'gone';
  if (posting === 'yes') return 'written';
  const text = placeholderText();
  const shown = await shownDigest(parts, text);
  if (
    !(await noteBeforeCall(held, () => ({ posting: 'trying', shown, shownAt: parts.clock.now() })))
  )
    return 'over';
  const outcome = await chat.post({ id, room, text, ...(thread !== undefined && { thread }) });
  if (outcome === 'refused') return 'refused';
  if (!(await held.note(() => ({ posting: 'yes' })))) return 'over';
  noticeOf(parts, held, 'answer.placed');
  return 'written';
};

/**
 * Notes whether what somebody tried to post became a message. Once it did, it is never posted again.
 * Answers as `note` does.
 */
export const findPosted = async (
  { chat }: Pick<RoomsParts, 'chat'>,
  held: QuestionStep,
): Promise<boolean> => {
  const { answer, room, askedAt } = held.question;
  if (await chat.message(answer)) return held.note(() => ({ posting: 'yes' }));
  if (await chat.wasRemoved(answer, room, askedAt)) return held.note(() => ({ posting: 'gone' }));
  return held.note(() => ({}));
};
