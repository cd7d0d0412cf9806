import type { RoomNotice, RoomsParts } from '../rooms-parts.js';
import {
  NEVER_DUE,
  type RoomQuestion,
  type RoomQuestionState,
} from '../questions/room-question.js';
import { refusedText } from '../say/short-texts.js';
import { findPosted } from './answer-message.js';
import { noticeOf } from './notice.js';
import type { RoomWork } from './room-work.js';

type RoomQuestionEnd = Exclude<RoomQuestionState, 'open' | 'told'>;

const eventOf: Readonly<Record<RoomQuestionEnd, RoomNotice['event']>> = {
  answered: 'answer.finished',
  gave_up: 'answer.gave_up',
  withdrawn: 'answer.withdrawn',
  left: 'answer.refused',
};

/** Then somebody looks once more whether the chat shows what it should: a call of a dead process may come late. */
const LOOKED_AFTER_MS = 30_000;
const MOST_LOOKS = 3;

/** Nobody who wrote before may still come late. */
export const isLongShown = (
  { clock }: Pick<RoomsParts, 'clock'>,
  { shownAt = -Infinity }: Pick<RoomQuestion, 'shownAt'>,
): boolean => clock.now() - shownAt >= LOOKED_AFTER_MS;

/** When somebody has to look at what is shown, `looks` times after the work ended. */
export const dueForLook = (
  { clock }: Pick<RoomsParts, 'clock'>,
  {
    posting,
    state,
    doubts,
    doubtsSeen,
    retracted,
  }: Pick<RoomQuestion, 'doubts' | 'doubtsSeen' | 'posting' | 'retracted' | 'state'>,
  looks: number,
): number => {
  if (doubts > doubtsSeen) return clock.now();
  const isSettled = state === 'left' || posting === 'no' || posting === 'gone';
  if (retracted.length === 0 && (isSettled || looks >= MOST_LOOKS)) return NEVER_DUE;
  return clock.now() + LOOKED_AFTER_MS;
};

/** What is known of what is shown: its language, and how many doubts somebody had looked into before. */
type ShownAtEnd = Partial<Pick<RoomQuestion, 'doubtsSeen' | 'language'>>;

/** Nothing is left to do but to look once more. */
export const endWork = async (
  { parts, held }: RoomWork,
  state: RoomQuestionEnd,
  shown: ShownAtEnd = {},
): Promise<void> => {
  const isEnded = await held.settle((now) => ({
    ...{ state, looks: 0, ...shown },
    dueAt: dueForLook(parts, { ...now, ...shown, state }, 0),
  }));
  if (isEnded) noticeOf(parts, held, eventOf[state]);
};

/** Its asker does not read the room. Where nothing was written yet, nothing is. */
export const refuseAsker = async (work: RoomWork): Promise<void> => {
  const { parts, held, message } = work;
  if (held.question.posting === 'trying' && !(await findPosted(parts, held))) return;
  if (held.question.posting === 'yes') {
    const written = await message.write(() => refusedText('not_reader', held.question.language));
    if (written === 'over') return;
  }
  await endWork(work, 'left');
};
