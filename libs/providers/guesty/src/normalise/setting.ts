import type { ConversationObservedV1 } from '#libs/contracts';
import { type Foreign, objectOf, objectsOf, text } from '#libs/foreign';

import { entityOf, type GuestyReport } from './report.js';
import { phrase } from './words.js';

/** What is known of a message from the conversation that it stands in. */
export interface Setting {
  readonly conversation: string | undefined;
  readonly guest: string | undefined;
  readonly guestName: string | undefined;
  readonly listing: string | undefined;
  readonly reservation: string | undefined;
}

/**
 * What every message of a conversation is about. `reservation` is the one the body is about, where it says
 * so; of an older message only a conversation with a single one tells.
 */
export const settingOf = (
  report: GuestyReport,
  id: string | undefined,
  conversation: Foreign,
  reservation?: string,
): Setting => {
  const known = reservationsIn(conversation);
  const [only] = known.length === 1 ? known : [];
  const own = known.find((one) => entityOf(report, one._id) === reservation);
  const about = reservation === undefined ? only : own;
  return {
    conversation: id,
    guest: guestOf(report, conversation),
    guestName: guestNameIn(conversation),
    listing: about && listingOf(report, about),
    reservation: reservation ?? (only && entityOf(report, only._id)),
  };
};

export const reservationsIn = (conversation: Foreign): readonly Foreign[] =>
  objectsOf(objectOf(conversation.meta)?.reservations);

/** An owner is nobody's guest, in a field of any name. */
export const guestOf = (report: GuestyReport, conversation: Foreign): string | undefined => {
  if (withOf(conversation) === 'owner') return undefined;
  const guest = objectOf(objectOf(conversation.meta)?.guest);
  return entityOf(report, conversation.guestId ?? guest?._id);
};

export const guestNameIn = (conversation: Foreign): string | undefined => {
  const meta = objectOf(conversation.meta);
  return text(meta?.guestName) ?? text(objectOf(meta?.guest)?.fullName);
};

export const listingOf = (report: GuestyReport, reservation: Foreign): string | undefined =>
  entityOf(report, reservation.listingId ?? objectOf(reservation.listing)?._id);

export const withOf = (conversation: Foreign): ConversationObservedV1['with'] => {
  const word = phrase(conversation.conversationWith ?? conversation.type);
  return word === 'guest' || word === 'owner' ? word : undefined;
};
