import { asFault, type Fault } from '#libs/kernel';

import { CLAIM_MS, holdQuestion, type LastQuestionChange } from '../questions/held-question.js';
import type { RoomQuestion } from '../questions/room-question.js';
import type { RoomsParts } from '../rooms-parts.js';
import { answerMessage } from './answer-message.js';
import { answerOpen } from './answer-open.js';
import { lookAgain } from './look-again.js';

/**
 * Works at what a message wants until nothing is left to do now, unless another process does. Each step ends by letting
 * the question go, by a fault, or because the question became another one meanwhile; then the next step works at that.
 */
export const answerQuestion =
  (parts: RoomsParts) =>
  async (message: string, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return;
    const held = await holdQuestion(parts, message);
    if (!held) return;
    const ended = new AbortController();
    const alive = held.keepAlive(ended.signal);
    try {
      const pace = { writtenAt: -Infinity };
      while (held.isOurs && !signal.aborted) {
        const step = held.begin(signal);
        const work = { parts, held: step, message: answerMessage(parts, step, pace) };
        await (step.question.state === 'open' ? answerOpen(work) : lookAgain(work));
      }
      await held.letGo(leftUndone(parts));
    } catch (error) {
      const fault = asFault(error);
      await held.letGo(afterFault(parts, fault));
      throw fault;
    } finally {
      ended.abort();
      await alive;
    }
  };

/** The process ends: another one goes on at once, and this attempt counts for nothing. */
const leftUndone =
  ({ clock }: Pick<RoomsParts, 'clock'>): LastQuestionChange =>
  ({ attempts }) => ({ attempts: Math.max(0, attempts - 1), dueAt: clock.now() });

const FIRST_WAIT_MS = 1_000;

/** From 1 to 2, by the id of the answer: questions that failed together are not tried again together. */
const spreadOf = (answer: string): number =>
  1 + Number.parseInt(answer.slice(0, 4), 16) / 0x1_00_00;

const afterFault =
  ({ clock }: Pick<RoomsParts, 'clock'>, { kind, retryAfterMs = 0 }: Fault): LastQuestionChange =>
  (question: RoomQuestion) => {
    const { answer, attempts, waits } = question;
    const wait = Math.min(CLAIM_MS, FIRST_WAIT_MS * 2 ** Math.min(waits, 10) * spreadOf(answer));
    // Who waits for another system has not failed.
    const isWaiting = kind === 'unavailable' || kind === 'throttled';
    return {
      attempts: isWaiting ? Math.max(0, attempts - 1) : attempts,
      waits: waits + 1,
      dueAt: clock.now() + Math.max(wait, retryAfterMs),
    };
  };
