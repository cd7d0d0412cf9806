import type { FollowedFeed, FollowedGroups } from '#libs/capture';
import { feedSourceOf } from '#libs/contracts';
import { fault, systemClock, type Secret } from '#libs/kernel';
import type { ChangeFeed, FeedOptions } from '#libs/ports/change-feed';
import type { FollowedCollection } from '#libs/ports/provider';

import { providers } from '../providers.js';
import type { FollowedSetting } from '../settings/follow.js';
import type { Settings } from '../settings/read-settings.js';
import { noticesOf } from './followed-notices.js';
import { wait } from './open-apis.js';
import { openChatApi, type ChatApiPorts } from './open-chat-api.js';
import type { DirectoryPorts } from './open-directory.js';
import type { OpenMongodb } from './open-mongodb.js';
import type { Opening } from './opening.js';

/** One role follows, the other shows how far that is and what is missing for it. */
const usesFeeds = ({ roles }: Settings['process']): boolean =>
  roles.includes('change-stream-listener') || roles.includes('api');

/** What is followed, by the settings. Nothing is asked of a database before somebody follows or examines it. */
export const openFeeds = async (
  { settings, opened }: Opening,
  { others, ...ports }: DirectoryPorts,
): Promise<readonly FollowedFeed[]> => {
  if (!usesFeeds(settings.process)) return [];
  const open = async (url: Secret, options: FeedOptions): Promise<ChangeFeed> => {
    const { mongodbChangeFeed } = await import('#libs/adapters/mongodb');
    const database = await others.followed(url, options.database);
    return opened.add(mongodbChangeFeed({ database, options }), (feed) => feed.close());
  };
  const { mongodbUrl } = settings.chat;
  const written = settings.follow.collections.map((one) =>
    followedBySetting(one, (options) => {
      const url = one.url ?? mongodbUrl;
      // Settings say so: one without an address stops the start.
      if (!url) throw fault('SETTINGS_INVALID');
      return open(url, options);
    }),
  );
  const ofChat = mongodbUrl
    ? await followedOfChat(settings, others, (options) => open(mongodbUrl, options))
    : await followedByRest(settings, ports);
  return Promise.all([...ofChat, ...written]);
};

type OpenFeedOf = (options: FeedOptions) => Promise<ChangeFeed>;

const followedOfChat = async (
  settings: Settings,
  others: OpenMongodb,
  open: OpenFeedOf,
): Promise<readonly Promise<FollowedFeed>[]> => {
  const groups = await roomsOfChat(settings, others);
  const { own } = settings.rocketchat;
  return chatCollections(own).map(async (collection) => {
    const options = optionsOf(settings.chat.mongodbDatabase, collection);
    const { ownedBy } = collection;
    const ours = ownedBy !== undefined && own !== undefined && { filter: { [ownedBy]: own } };
    return chatFeed(settings, { collection, feed: await open({ ...options, ...ours }), groups });
  });
};

/** What we wrote can be told from the rest only by our own account. */
const chatCollections = (own: string | undefined): readonly FollowedCollection[] =>
  (providers.rocketchat.feed?.collections ?? []).filter(
    ({ ownedBy }) => ownedBy === undefined || own !== undefined,
  );

interface OpenedOfChat {
  readonly collection: FollowedCollection;
  readonly feed: ChangeFeed;
  readonly groups: FollowedGroups | undefined;
}

const chatFeed = (
  { rocketchat: { account, own } }: Settings,
  { collection, feed, groups }: OpenedOfChat,
): FollowedFeed => {
  const { name, groupField } = collection;
  const { name: provider } = providers.rocketchat;
  return {
    ...{ name, kind: name, provider, account, collection, feed, idForm: 'rocketchat' },
    source: feedSourceOf(provider),
    ...(own !== undefined && { own }),
    ...(groups && groupField !== undefined && { groups }),
  };
};

/** Without its database: the rooms that our account is in, and their messages. Of people the API tells too little. */
const followedByRest = async (
  settings: Settings,
  ports: ChatApiPorts,
): Promise<readonly FollowedFeed[]> => {
  const api = await openChatApi(settings, ports, 'following');
  if (!api) return [];
  const chat = await import('#libs/adapters/rocketchat');
  const { followedRooms, restMessageFeed, restRoomFeed, rocketchatClient, roomsByRest } = chat;
  const { rooms, direct, livechat } = settings.chat;
  const client = rocketchatClient(api);
  const { userId } = api;
  const groups = followedRooms(roomsByRest(client), {
    ...{ rooms, direct, livechat, clock: systemClock, botUserId: userId },
  });
  const opens = new Map([
    ['chat_answer', restMessageFeed],
    ['chat_message', restMessageFeed],
    ['chat_room', restRoomFeed],
  ]);
  const rounds = chat.sharedRounds(client, systemClock);
  return chatCollections(userId).flatMap((collection) => {
    const open = opens.get(collection.name);
    if (!open) return [];
    const { fields } = collection;
    const feed = open({ client, rounds, userId, fields, clock: systemClock, sleep: wait });
    return [chatFeed(settings, { collection, feed, groups })];
  });
};

/** Which rooms are followed is asked of the chat’s own data. */
const roomsOfChat = async (
  { chat, rocketchat }: Settings,
  others: OpenMongodb,
): Promise<FollowedGroups | undefined> => {
  const { mongodbUrl: url, mongodbDatabase: database, rooms, direct, livechat } = chat;
  if (!url) return undefined;
  const [{ mongodbSnapshotReader }, { followedRooms, roomsInDatabase }, opened] = await Promise.all(
    [
      import('#libs/adapters/mongodb'),
      import('#libs/adapters/rocketchat'),
      others.foreign({ url, database }),
    ],
  );
  const reader = mongodbSnapshotReader({
    database: opened,
    unavailable: 'CAPTURE_UNREACHABLE',
    forbidden: 'CAPTURE_FORBIDDEN',
  });
  return followedRooms(roomsInDatabase(reader), {
    ...{ rooms, direct, livechat, clock: systemClock },
    ...(rocketchat.own !== undefined && { botUserId: rocketchat.own }),
  });
};

const followedBySetting = async (
  written: FollowedSetting,
  open: OpenFeedOf,
): Promise<FollowedFeed> => {
  const { name, database, filter } = written;
  const { followed } = noticesOf(written);
  return {
    ...{ name, provider: name, kind: 'notice', account: 'main', collection: followed },
    source: feedSourceOf(name),
    feed: await open({ ...optionsOf(database, followed), ...(filter && { filter }) }),
    idForm: 'notice',
  };
};

const optionsOf = (
  database: string,
  { collection, fields, quietFields, groupField }: FollowedCollection,
): FeedOptions => ({
  ...{ database, collection },
  ...(fields && { fields }),
  ...(quietFields && { quietFields }),
  ...(groupField !== undefined && { groupField }),
});
