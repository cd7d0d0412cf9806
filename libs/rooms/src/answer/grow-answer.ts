import type { AnswerCitation, OnAnswerProgress } from '#libs/answering';
import type { Principals } from '#libs/kernel';

import { growingText } from '../say/answer-text.js';
import { noticeOf } from './notice.js';
import type { RoomWork } from './room-work.js';

/** So many changes of ten: the last ones are for the end, also when it has to be written twice. */
const GROWING_EDITS = 7;

export interface GrowingAnswerMessage {
  readonly hear: OnAnswerProgress;
  /** Nothing is written of it afterwards. */
  readonly stop: () => Promise<void>;
}

/**
 * Shows an answer while it is made: the first sentence at once, then as often as changes may follow each other. It grows
 * no more once somebody reads the room who may not read all that it was asked with.
 */
export const growAnswer = (
  { parts, held, message }: RoomWork,
  askedWith: Principals,
): GrowingAnswerMessage => {
  const sentences: string[] = [];
  let citations: readonly AnswerCitation[] = [];
  let shown = 0;
  const ended = new AbortController();
  const isOver = AbortSignal.any([ended.signal, held.overtaken]);
  let growing: Promise<void> = Promise.resolve();

  const isForAllReaders = async (): Promise<boolean> => {
    const { room, person } = held.question;
    const principals = await parts.principalsInRoom(room, person);
    return principals !== undefined && askedWith.every((one) => principals.includes(one));
  };

  const textNow = async (): Promise<string | undefined> => {
    if (!(await isForAllReaders())) return undefined;
    shown = sentences.length;
    return growingText({ sentences, citations, publicUrl: parts.publicUrl });
  };

  const grow = async (): Promise<void> => {
    while (!isOver.aborted && shown < sentences.length && held.question.edits < GROWING_EDITS) {
      const isFirst = shown === 0;
      if ((await message.writeUntil(isOver, textNow)) !== 'written') return ended.abort();
      if (isFirst) noticeOf(parts, held, 'answer.first_sentence');
    }
  };

  return {
    hear(progress) {
      if (progress.sort === 'sources') ({ citations } = progress);
      else sentences.push(progress.text);
      // Where it cannot grow, the end is written all the same.
      growing = growing.then(grow).catch(() => ended.abort());
    },

    async stop() {
      ended.abort();
      await growing;
    },
  };
};
