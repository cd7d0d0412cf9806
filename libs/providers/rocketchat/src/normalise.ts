import type { ChatMessageAnnouncedV1 } from '#libs/contracts';
import {
  CANARY_EVENT,
  canaryOf,
  type Foreign,
  instant,
  jsonObjectOf,
  notUnderstood,
  objectOf,
  present,
  unreadField,
  whole,
} from '#libs/foreign';
import type { Hint, Normalised, NormaliserInput } from '#libs/ports/provider';

import { entityOf, idOf } from './names.js';

/** A higher one wins over a lower at the same moment. */
const NORMALISER = 1;

const ranks = { sendMessage: 10, fileUploaded: 15, edited: 20 } as const;

/**
 * A body says that something happened, and anyone with the token can say it. So it only notes what was announced, and
 * the platform looks up what is true. Texts and names are left where they are.
 */
export const normalise = ({ account, body, own }: NormaliserInput): Normalised => {
  const said = jsonObjectOf(body);
  if (!said) return notUnderstood('the body is not a JSON object');
  if (said.event === CANARY_EVENT) return canaryOf('sentAt', said.sentAt, whole(said.sentAt));
  if (said.message_id === undefined) return withoutMessage(said);
  // What a machine writes is no news and no question, and an answer to our own answer would never end.
  if (isByMachine(said) || isOurs(said, own)) return { understood: true, observations: [] };
  return announced(account, said);
};

/** Older servers told which integration it was, later ones only that it was one. */
const isByMachine = ({ bot }: Foreign): boolean => bot === true || objectOf(bot) !== undefined;

/** What our own account writes by the API carries no mark at all. Its user name may change, its id never does. */
const isOurs = ({ user_id: id }: Foreign, own: string | undefined): boolean =>
  own !== undefined && id === own;

const announced = (account: string, said: Foreign): Normalised => {
  const id = idOf(said.message_id);
  const message = entityOf(account, said.message_id);
  const event = objectOf(said.message) ? 'fileUploaded' : 'sendMessage';
  if (id === undefined || message === undefined)
    return notUnderstood(unreadField('message_id', said.message_id), event);
  const room = entityOf(account, said.channel_id);
  if (room === undefined) return notUnderstood(unreadField('channel_id', said.channel_id), event);
  const writtenAt = instant(said.timestamp);
  if (writtenAt === undefined)
    return notUnderstood(unreadField('timestamp', said.timestamp), event);
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
    hints: [{ entity: 'chat_message', id }],
  };
};

const BARE = new Set(['token', 'bot']);

/**
 * Somebody joined, left or came, or a room was made or archived. Servers of today say no more of it than that there
 * was something; rooms and people are followed in the database. Where one is named, it is looked at.
 */
const withoutMessage = (said: Foreign): Normalised => {
  const hints = [
    { entity: 'chat_room', id: idOf(said.channel_id) },
    { entity: 'chat_user', id: idOf(said.user_id) },
  ].flatMap(({ entity, id }): Hint[] => (id === undefined ? [] : [{ entity, id }]));
  if (hints.length > 0) return { understood: true, observations: [], hints };
  return Object.keys(said).every((key) => BARE.has(key))
    ? { understood: true, observations: [] }
    : notUnderstood(unreadField('message_id', said.message_id));
};
