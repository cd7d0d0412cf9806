import { examineRooms } from './examine.js';
import type { RoomsParts } from './rooms-parts.js';

/** A message of the chat that may ask something, or may have asked something: the chat's own id. */
export interface HeardMessage {
  readonly message: string;
  /** When it was written, where that is known: what is old asks nothing any more. */
  readonly at?: number;
  readonly isGone?: boolean;
}

/** Every use case of rooms. Composing does no I/O, starts nothing and reads no clock. */
export const composeRooms = (_parts: RoomsParts) => ({
  /** Looks at messages and notes what asks. Answers the messages whose questions are to be worked at now. */
  hear: (_heard: readonly HeardMessage[]): Promise<readonly string[]> => Promise.resolve([]),
  /** Looks at reactions to answers of ours, and at answers that somebody took away. */
  hearOfAnswers: (_answers: readonly string[]): Promise<void> => Promise.resolve(),
  /** Works at a question until its answer is shown, unless another process does. */
  answer: (_message: string, _signal: AbortSignal): Promise<void> => Promise.resolve(),
  /** The questions that somebody has to look at again: those that a dead process left, and answers to check once more. */
  due: (): Promise<readonly string[]> => Promise.resolve([]),
  /** Says in the chat that answers are withdrawn, of which one of these records was a source. */
  withdrawCiting: (_records: readonly string[]): Promise<void> => Promise.resolve(),
  /** What is missing for answers in the chat, on either side. */
  examine: examineRooms(_parts),
});

export type Rooms = ReturnType<typeof composeRooms>;
