import { fault, Recent, utf8, type Clock, type JsonObject } from '#libs/kernel';
import {
  LARGEST_DOCUMENT,
  type ChangeFeed,
  type DocumentKey,
  type DocumentRead,
  type FeedHealth,
  type FeedObstacle,
} from '#libs/ports/change-feed';

import { textIn, textsIn } from '../chat-documents.js';
import { isRefusal, type RocketchatClient } from './client.js';
import { extended, projected } from './extended.js';
import { eachAlone, type RoomRounds } from './shared-rounds.js';
import { scannedMessages } from './message-scan.js';
import {
  captureFault,
  MessageSync,
  placeOf,
  readPlaceOf,
  roomsSeen,
  timeAt,
} from './message-sync.js';

export interface RestMessageFeedOptions {
  readonly client: RocketchatClient;
  /** The bot's own account. */
  readonly userId: string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  /** White list of paths, as for the database. */
  readonly fields?: readonly string[];
  /** Between two rounds through the rooms that found nothing. */
  readonly pollMs?: number;
  /** Where several feeds look through the same rooms: one asks for all of them. */
  readonly rounds?: RoomRounds;
}

/** How many messages that came with a change are kept until they are read. */
const KEPT = 1_000;
const AT_ONCE = 4;

/**
 * Messages of the rooms that the bot is in, without the chat's database. It is less true than its change stream. A
 * reading has a moment by our clock, for the API has no snapshot. `chat.syncMessages` does not give a message that is
 * only hidden: that one leaves at the next scan, or when it is looked up.
 */
export const restMessageFeed = (options: RestMessageFeedOptions): ChangeFeed => {
  const { client, clock, sleep, pollMs = 2_000, rounds = eachAlone(client) } = options;
  const kept = new Recent<JsonObject>(KEPT);
  const keep = (message: JsonObject) => {
    const id = textIn(message['_id']);
    if (id !== undefined) kept.set(id, message);
  };
  let last = 0;
  /** Later than every earlier one. */
  const moment = () => timeAt((last = Math.max(clock.now(), last + 1)));
  const shownOf = (message: JsonObject) => shownDocument(message, options.fields);
  return {
    now: () =>
      translated(async () => {
        const { rooms, at } = await roomsSeen(options);
        return placeOf(new Map([...rooms.keys()].map((rid) => [rid, at])), at);
      }),

    open: (after) =>
      translated(async () => {
        const place = readPlaceOf(after, clock.now());
        const forget = (id: string) => kept.delete(id);
        return new MessageSync({ rounds, clock, sleep, pollMs, keep, forget }, place);
      }),

    read: (keys) =>
      translated(async () => {
        const documents: DocumentRead[] = [];
        for (let from = 0; from < keys.length; from += AT_ONCE) {
          const some = keys.slice(from, from + AT_ONCE);
          documents.push(...(await Promise.all(some.map((key) => readOne(client, kept, key)))));
        }
        return {
          at: moment(),
          documents: documents.map(({ key, document }) => (document ? shownOf(document) : { key })),
        };
      }),

    scan: (request) =>
      translated(async () => {
        const { rooms } = await roomsSeen(options);
        const all = [...rooms.keys()].filter((rid) => [rid, undefined].includes(request.group));
        const { messages, next } = await scannedMessages(client, all, request);
        const documents = messages.filter((each) => typeof each['_id'] === 'string').map(shownOf);
        return { at: moment(), documents, ...(next !== undefined && { next }) };
      }),

    count: () =>
      translated(async () => {
        const { rooms } = await roomsSeen(options);
        const counts = [...rooms.values()].map(({ msgs }) => (typeof msgs === 'number' ? msgs : 0));
        return counts.reduce((sum, each) => sum + each, 0);
      }),

    examine: () => translated(() => examined(options)),
    close: () => Promise.resolve(),
  };
};

export const translated = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw captureFault(error);
  }
};

export const shownDocument = (
  message: JsonObject,
  fields: readonly string[] | undefined,
): DocumentRead => {
  const key = JSON.stringify(message['_id']);
  const document = extended(projected(message, fields)) as JsonObject;
  const bytes = utf8(JSON.stringify(document)).length;
  return bytes > LARGEST_DOCUMENT ? { key, tooLarge: bytes } : { key, document };
};

/** Of a message that is not there, nothing but its key. */
const readOne = async (
  client: RocketchatClient,
  kept: Recent<JsonObject>,
  key: DocumentKey,
): Promise<DocumentRead> => {
  const id = idOf(key);
  if (id === undefined) return { key };
  const known = kept.get(id);
  kept.delete(id);
  if (known !== undefined) return { key, document: known };
  const asked = await client.ask('chat.getMessage', { msgId: id });
  if (!isRefusal(asked)) return { key, document: asked.body['message'] as JsonObject };
  if (asked.refused === 'missing') return { key };
  // It may well be there: nothing that the bot may not see counts as deleted.
  throw fault('CAPTURE_DOCUMENT_UNREADABLE');
};

/** A key that is no text belongs to no message of a chat. */
const idOf = (key: DocumentKey): string | undefined => {
  const id: unknown = JSON.parse(key);
  return typeof id === 'string' ? id : undefined;
};

/** Roles to which a new server gives the permission to ask without a limit. */
const UNLIMITED = ['bot', 'admin', 'app'];

export const examined = async ({
  client,
  userId,
}: Pick<RestMessageFeedOptions, 'client' | 'userId'>): Promise<FeedHealth> => {
  const { body } = await client.get('users.info', { userId });
  const own = (body['user'] ?? {}) as JsonObject;
  const obstacles: FeedObstacle[] = [];
  if (!textsIn(own['roles']).some((role) => UNLIMITED.includes(role)))
    obstacles.push({
      kind: 'advice',
      text: 'The account has no role that lifts the limit of calls: give it the role bot in the chat. Else changes are late.',
    });
  const other = await client.ask('users.info', { userId: 'rocket.cat' });
  const seen = isRefusal(other) ? {} : ((other.body['user'] ?? {}) as JsonObject);
  if (seen['active'] === undefined || seen['roles'] === undefined)
    obstacles.push({
      kind: 'right',
      text: 'The account may not see who is active: give its role the permission view-full-other-user-info in the chat. Else nobody may read.',
    });
  return { obstacles, preImages: false };
};
