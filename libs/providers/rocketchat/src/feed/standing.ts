import type { JsonObject } from '#libs/kernel';
import type { DocumentStanding, StandingOptions } from '#libs/ports/provider';
import { objectOf } from '#libs/foreign';

/** A text that somebody wrote has no type, or is one that only its room can read. */
const ENCRYPTED = 'e2e';
const EMPTIED = 'rm';

const hasText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * Before an edit, and when a message is pinned, the server may put a copy of it aside: hidden, and the child of the one
 * that lives. That copy never was a message. Of its two soft deletions one hides a message, the other empties it.
 * Everything else with a type is a note of the server: somebody joined, a topic changed.
 */
const standingIn = ({ _hidden: hidden, parent, rid, t: type }: JsonObject): DocumentStanding => {
  if (!hasText(rid) || (hidden === true && hasText(parent))) return 'ignored';
  if (type === EMPTIED) return 'emptied';
  if (hasText(type) && type !== ENCRYPTED) return 'ignored';
  return hidden === true ? 'hidden' : 'there';
};

const isOurs = ({ u: author }: JsonObject, { own }: StandingOptions): boolean =>
  own !== undefined && objectOf(author)?._id === own;

/** What others wrote. What we say ourselves is no source of anything. */
export const messageStanding = (
  document: JsonObject,
  options: StandingOptions,
): DocumentStanding => (isOurs(document, options) ? 'ignored' : standingIn(document));

/** What we wrote. */
export const answerStanding = (document: JsonObject, options: StandingOptions): DocumentStanding =>
  isOurs(document, options) ? standingIn(document) : 'ignored';

/** Who is in which room: without either it says nothing. */
export const memberStanding = ({ rid, u: user }: JsonObject): DocumentStanding =>
  hasText(rid) && hasText(objectOf(user)?._id) ? 'there' : 'ignored';

export const isThere = (): DocumentStanding => 'there';

/** Of a message that is there: nobody but its room can read it. */
export const isEncrypted = (type: unknown): boolean => type === ENCRYPTED;
