import type { ChatMessageAnnouncedV1 } from '#libs/contracts';
import { type Foreign, instant, objectOf, present, whole } from '#libs/foreign';
import { strictTextOf } from '#libs/kernel';
import type { Hint, Normalised, NormaliserInput } from '#libs/ports/provider';

import { entityOf, idOf } from './names.js';

/** A higher one wins over a lower at the same moment. */
const NORMALISER = 1;

export const CANARY_EVENT = 'innkeeper.canary';

const ranks = { sendMessage: 10, fileUploaded: 15, edited: 20 } as const;

/**
 * A body says that something happened, and whoever knows the token can say it: so it is only noted what was
 * announced, and what is true is looked up. Texts and names are left where they are.
 */
export const normalise = ({ account, body, own }: NormaliserInput): Normalised => {
  const said = objectOf(jsonOf(body));
  if (!said) return unknown('the body is not a JSON object');
  if (said.event === CANARY_EVENT) return canary(said);
  if (said.message_id === undefined) return withoutMessage(said);
  // What a machine writes is no news and no question, and an answer to our own answer would never end.
  if (isByMachine(said) || isOurs(said, own)) return { understood: true, observations: [] };
  return announced(account, said);
};

/** Servers of old told which integration it was, later ones only that it was one. */
const isByMachine = ({ bot }: Foreign): boolean => bot === true || objectOf(bot) !== undefined;

/** What our own account writes by the API carries no mark at all. */
const isOurs = ({ user_id: id, user_name: name }: Foreign, own: string | undefined): boolean =>
  own !== undefined && (id === own || name === own);

const announced = (account: string, said: Foreign): Normalised => {
  const id = idOf(said.message_id);
  const message = entityOf(account, said.message_id);
  const event = objectOf(said.message) ? 'fileUploaded' : 'sendMessage';
  if (id === undefined || message === undefined)
    return unknown('the field message_id is missing', event);
  const room = entityOf(account, said.channel_id);
  if (room === undefined) return unknown('the field channel_id is missing', event);
  const writtenAt = instant(said.timestamp);
  if (writtenAt === undefined) return unknown('the field timestamp is missing', event);
  const edited = said.isEdited === true || undefined;
  const data: ChatMessageAnnouncedV1 = {
    author: entityOf(account, said.user_id),
    edited,
    event,
    message,
    normaliser: NORMALISER,
    rank: edited ? ranks.edited : ranks[event],
    room,
    thread: entityOf(account, said.tmid),
    writtenAt,
  };
  return {
    understood: true,
    observations: [
      {
        type: 'intake.chat_message.announced.v1',
        stream: `chat_message/${message}`,
        occurredAt: writtenAt,
        data: present(data),
      },
    ],
    hints: [{ entity: 'message', id }],
  };
};

const BARE = new Set(['token', 'bot']);

/**
 * Somebody joined, left or came, or a room was made or archived. Servers of today say no more of it than that there
 * was something; rooms and people are followed in the database. Where one is named, it is looked at.
 */
const withoutMessage = (said: Foreign): Normalised => {
  const hints = [
    { entity: 'room', id: idOf(said.channel_id) },
    { entity: 'user', id: idOf(said.user_id) },
  ].flatMap(({ entity, id }): Hint[] => (id === undefined ? [] : [{ entity, id }]));
  if (hints.length > 0) return { understood: true, observations: [], hints };
  return Object.keys(said).every((key) => BARE.has(key))
    ? { understood: true, observations: [] }
    : unknown('the field message_id is missing');
};

const canary = ({ sentAt }: Foreign): Normalised => {
  const at = whole(sentAt);
  return at === undefined
    ? unknown('the field sentAt is missing', CANARY_EVENT)
    : { understood: true, canary: true, sentAt: at };
};

const unknown = (reason: string, event?: string): Normalised => ({
  understood: false,
  reason,
  ...(event !== undefined && { event }),
});

const jsonOf = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(strictTextOf(body));
  } catch {
    return undefined;
  }
};
