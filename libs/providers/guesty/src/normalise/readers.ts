import type { Foreign } from '#libs/foreign';
import type { Normalised, Observation } from '#libs/ports/provider';

import type { About } from '../events.js';
import { calendarReader } from './calendar.js';
import { conversationReader } from './conversation.js';
import { guestReader } from './guest.js';
import { postReader } from './guest-message.js';
import { listingReader } from './listing.js';
import { paymentReader } from './payment.js';
import { reservationReader } from './reservation.js';
import { reviewReader } from './review.js';
import { taskReader } from './task.js';
import type { Telling } from './telling.js';

/** One thing as it was told: by a webhook of either envelope, or by the API. */
export interface Told {
  readonly telling: Telling;
  /** The thing itself; every field of it may be missing or odd. */
  readonly body: Foreign;
  /** What stood beside it; of an answer of the API, the answer. */
  readonly whole: Foreign;
  readonly deleted?: true;
  /** The provider's own id, where a question named it: an answer may leave it out. */
  readonly asked?: string;
}

export interface Reader {
  /** Where the thing stands in its envelope. */
  readonly under: string;
  read(told: Told): Normalised;
  /** What the API says it has no more. */
  gone?(telling: Telling, id: string): readonly Observation[];
}

/** How each entity is read, one line each. */
export const readers: Readonly<Record<About, Reader>> = {
  calendar: calendarReader,
  conversation: conversationReader,
  guest: guestReader,
  listing: listingReader,
  payment: paymentReader,
  post: postReader,
  reservation: reservationReader,
  review: reviewReader,
  task: taskReader,
};
