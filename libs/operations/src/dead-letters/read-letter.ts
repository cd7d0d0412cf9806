import {
  allSubscriptions,
  attributesBeforeMove,
  deadLetter,
  decodeDelivery,
  LETTER_ATTRIBUTE,
  movedAfterAttempts,
  topics,
  type DeadLetter,
  type Subscription,
  type Topic,
} from '#libs/contracts';
import { isId, type Id } from '#libs/kernel';
import type { Message } from '#libs/ports/bus';

import { SEAL_ROOM } from './seal-letter.js';

export interface LetterReading {
  readonly letter: DeadLetter;
  /** `false`: the message carries its bytes in clear. */
  readonly sealed: boolean;
}

/** A name of plain characters, for any message id of the bus. */
export const letterId = (consumer: string, messageId: string): string =>
  `${consumer}.${messageId}`.replaceAll(/[^A-Za-z0-9._~:-]/g, '-');

/** Whose raw bytes a message of that topic is. Our doors say it in an attribute, and in the bytes too. */
export const deliveryIn = ({ name }: Topic, message: Message): Id | undefined => {
  if (name !== topics.deliveries.name) return undefined;
  const { id } = message.attributes;
  if (id !== undefined && isId(id)) return id;
  try {
    const { id: inside } = decodeDelivery(message.data);
    return isId(inside) ? inside : undefined;
  } catch {
    // These bytes are no delivery: they belong to nobody whom we could name.
    return undefined;
  }
};

/** The letter that a message on a dead letter topic is. Every message is one: none may stay there. */
export const readLetter = (keeper: Subscription, message: Message): LetterReading => {
  const ours = ownLetter(message);
  return ours
    ? { letter: ours, sealed: true }
    : { letter: foreignLetter(keeper, message), sealed: false };
};

const ownLetter = ({ attributes, data }: Message): DeadLetter | undefined => {
  const text = attributes[LETTER_ATTRIBUTE];
  if (text === undefined) return undefined;
  try {
    const { success, data: letter } = deadLetter.safeParse(JSON.parse(text));
    // It says how many documents its bytes need: it must not say too few.
    return success && data.length <= letter.bytes + SEAL_ROOM ? letter : undefined;
  } catch {
    // Somebody else wrote this attribute. It is kept as a message that is not ours.
    return undefined;
  }
};

/** Pub/Sub moved the message here itself, or somebody published it here. */
const foreignLetter = (keeper: Subscription, message: Message): DeadLetter => {
  const work = allSubscriptions.find(({ deadLetter: topic }) => topic?.name === keeper.topic.name);
  const attempts = movedAfterAttempts(message.attributes);
  const delivery = deliveryIn(work?.topic ?? keeper.topic, message);
  const isOurs = attempts !== undefined || delivery !== undefined;
  return {
    // A topic of its own counts its messages again: without this word two letters could share a name.
    id: letterId(`${work?.consumer ?? keeper.consumer}.moved`, message.id),
    ...(delivery !== undefined && { delivery }),
    subscription: work?.name ?? keeper.name,
    code: isOurs ? 'BUS_DELIVERED_TOO_OFTEN' : 'BUS_DEAD_LETTER_UNREADABLE',
    attempts: attempts ?? 0,
    buriedAt: message.publishedAt,
    bytes: message.data.length,
    // A publisher may write anything into attributes, and people see them.
    attributes: isOurs ? attributesBeforeMove(message.attributes) : {},
  };
};
