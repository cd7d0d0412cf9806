import type { About } from '../events.js';
import { calendarReader } from './calendar.js';
import { conversationReader } from './conversation.js';
import { guestReader } from './guest.js';
import { postReader } from './guest-message.js';
import { listingReader } from './listing.js';
import { paymentReader } from './payment.js';
import type { GuestyEntityReader } from './reader.js';
import { reservationReader } from './reservation.js';
import { reviewReader } from './review.js';
import { taskReader } from './task.js';

/** How each entity is read, one line each. */
export const readers: Readonly<Record<About, GuestyEntityReader>> = {
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
