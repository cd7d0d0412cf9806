import { paymentSteps } from './payment-steps.js';

/** The version of everything in `normalise/`: a higher one wins over a lower at the same moment. */
export const NORMALISER = 1;

/** An answer of the API beats every webhook of the same moment. */
export const ANSWER_RANK = 90;

/** What an event is about: the names of the entities, here and to the API client. */
export type About =
  | 'calendar'
  | 'conversation'
  | 'guest'
  | 'listing'
  | 'payment'
  | 'post'
  | 'reservation'
  | 'review'
  | 'task';

export interface GuestyEvent {
  readonly about: About;
  /** Decides where times are equal or missing: the later one in the life of a thing is higher. */
  readonly rank: number;
  readonly deleted?: true;
  /** What the old envelope calls it: the same words in either are one fact. */
  readonly as?: string;
}

/** Every event that becomes a fact. What is not here is kept and said to be not understood. */
export const events: ReadonlyMap<string, GuestyEvent> = new Map<string, GuestyEvent>([
  ['reservation.new', { about: 'reservation', rank: 10 }],
  ['reservation.created.v2', { about: 'reservation', rank: 10, as: 'reservation.new' }],
  ['reservation.updated', { about: 'reservation', rank: 20 }],
  ['reservation.updated.v2', { about: 'reservation', rank: 20, as: 'reservation.updated' }],

  ['guest.created', { about: 'guest', rank: 10 }],
  ['guest.updated', { about: 'guest', rank: 20 }],
  ['guest.deleted', { about: 'guest', rank: 80, deleted: true }],

  ['listing.new', { about: 'listing', rank: 10 }],
  ['listing.updated', { about: 'listing', rank: 20 }],
  ['listing.removed', { about: 'listing', rank: 80, deleted: true }],

  ['listing.calendar.updated', { about: 'calendar', rank: 10 }],
  ['calendar.updated.v2', { about: 'calendar', rank: 20 }],

  // One rank: a message is repeated in the thread of the next, sent or received.
  ['reservation.messageReceived', { about: 'post', rank: 10 }],
  ['reservation.messageSent', { about: 'post', rank: 10 }],

  ['task.created', { about: 'task', rank: 10 }],
  ['task.updated', { about: 'task', rank: 20 }],
  ['task.deleted', { about: 'task', rank: 80, deleted: true }],

  ...[...paymentSteps].map(([name, { rank }]): [string, GuestyEvent] => [
    name,
    { about: 'payment', rank },
  ]),
]);
