import type { RoomsParts } from '../rooms-parts.js';
import { ASKS_FOR_MS, followMessage } from './follow-message.js';
import { roomQuestions, type RoomQuestion } from './room-question.js';
import { lookAtMessage } from './seen-message.js';

/** A message of the chat that may ask something, or may have asked something: the chat's own id. */
export interface HeardMessage {
  readonly message: string;
  /** When it was written, where that is known: what is old asks nothing any more. */
  readonly at?: number;
  readonly isGone?: boolean;
}

/** So many messages are looked up at once. */
const AT_ONCE = 4;

/**
 * Notes what messages want, however often and by whom they are named. What others say about them is believed only where it
 * saves a look; everything else is asked of the chat.
 */
export const hearMessages =
  (parts: RoomsParts) =>
  async (heard: readonly HeardMessage[]): Promise<readonly string[]> => {
    const byId = new Map(heard.map((one) => [one.message, one]));
    const left = [...byId.values()];
    const due: string[] = [];
    const work = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift())
        if (await hearMessage(parts, next)) due.push(next.message);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return due;
  };

/** Answers whether somebody has to work at it now. */
const hearMessage = async (
  parts: RoomsParts,
  { message, at, isGone = false }: HeardMessage,
): Promise<boolean> => {
  const { documents, clock } = parts;
  const isOld = at !== undefined && clock.now() - at > ASKS_FOR_MS;
  const [known] = await documents.get(roomQuestions, [message]);
  if (!known && (isGone || isOld)) return false;
  const seen = await lookAtMessage(parts, message);
  // Somebody who looked later may have noted it meanwhile.
  if (!known && typeof seen === 'string') return false;
  const noted = await followMessage(parts, message, seen);
  return noted !== undefined && isDue(noted, clock.now());
};

export const isDue = ({ dueAt, claim }: RoomQuestion, now: number): boolean =>
  dueAt <= now && (claim === undefined || claim.until <= now);
