import { objectOf } from '#libs/foreign';
import type { Hint } from '#libs/ports/provider';

import { idOf, type Listed } from './answers.js';

const fields = (...names: readonly string[]): string => names.join(' ');

/**
 * What is asked for of each, alone and in lists alike: the default projections are small, and differ. `lastUpdatedAt`
 * orders what we are told about a reservation.
 */
export const RESERVATION_FIELDS = fields(
  ...['accountId', 'listingId', 'guestId', 'unitId', 'status', 'source', 'confirmationCode'],
  ...['checkIn', 'checkOut', 'checkInDateLocalized', 'checkOutDateLocalized', 'plannedArrival'],
  ...[
    'plannedDeparture',
    'nightsCount',
    'guestsCount',
    'numberOfGuests',
    'createdAt',
    'confirmedAt',
  ],
  ...['importedAt', 'canceledAt', 'lastUpdatedAt', 'guest', 'listing', 'integration', 'money'],
  ...['customFields', 'isReturningGuest', 'note', 'keyCode', 'conversationId'],
);

export const LISTING_FIELDS = fields(
  ...['accountId', 'title', 'nickname', 'type', 'active', 'isListed', 'listed', 'address'],
  ...['propertyType', 'roomType', 'accommodates', 'bedrooms', 'bathrooms', 'beds', 'timezone'],
  ...['defaultCheckInTime', 'defaultCheckOutTime', 'prices', 'terms', 'tags', 'picture'],
  ...['cleaningStatus', 'customFields', 'integrations', 'pms', 'createdAt', 'lastUpdatedAt'],
  ...['amenities', 'publicDescription'],
);

export const GUEST_FIELDS = fields(
  ...['accountId', 'firstName', 'lastName', 'fullName', 'email', 'emails', 'phone', 'phones'],
  ...['hometown', 'address', 'picture', 'notes', 'goodToKnowNotes', 'tags', 'preferredLanguage'],
  ...['birthday', 'contactType', 'otaLinks', 'airbnb2', 'bookingCom', 'homeAway', 'policy'],
  ...['communicationMethods', 'returningGuest', 'createdAt'],
);

/** Without `modifiedAt` a list of conversations does not say where somebody wrote. */
export const CONVERSATION_FIELDS = fields(
  ...['type', 'guest', 'owner', 'reservation', 'status', 'assignee', 'priority', 'state'],
  ...['integration', 'language', 'lastMessageFrom', 'createdAt', 'modifiedAt', 'updatedAt'],
);

const hintOf = (entity: string, value: unknown): readonly Hint[] => {
  const id = idOf(value);
  return id === undefined ? [] : [{ entity, id }];
};

export const reservations: Listed = {
  entity: 'reservation',
  path: ['results'],
  changed: 'lastUpdatedAt',
  // A booking brings its guest along, and no event of the guest's own need follow.
  hints: ({ guestId }) => hintOf('guest', guestId),
};

export const listings: Listed = { entity: 'listing', path: ['results'], changed: 'lastUpdatedAt' };
export const guests: Listed = { entity: 'guest', path: ['results'] };
export const reviews: Listed = { entity: 'review', path: ['data'], changed: 'updatedAt' };
/** Nobody changes a post. */
export const posts: Listed = { entity: 'post', path: ['data', 'posts'], changed: 'createdAt' };
export const conversations: Listed = {
  entity: 'conversation',
  path: ['data', 'conversations'],
  changed: 'modifiedAt',
};

/** When somebody last wrote there or changed it; `undefined`: the list does not say. */
export const activityOf = (conversation: unknown): string | undefined => {
  const object = objectOf(conversation);
  const last = objectOf(objectOf(object?.['state'])?.['lastMessage'])?.['date'];
  const times = [last, object?.['modifiedAt'], object?.['updatedAt']].filter(
    (time) => typeof time === 'string',
  );
  return times.sort().at(-1);
};
