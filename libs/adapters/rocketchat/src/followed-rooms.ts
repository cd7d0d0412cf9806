import type { ChatDatabase, FindChat } from './chat-database.js';
import { idsIn, type ChatRoom } from './chat-documents.js';
import type { ChatLimits, FollowedRoomsOptions } from './options.js';
import { isShown, withParents, type ChatRooms } from './room-rules.js';
import { roomsWithParents } from './rooms-with-parents.js';
import { meantIds } from './staff-of-chat.js';

/** What is known of the rooms at one moment. */
export interface RoomsNow {
  /** Those of the types that may be followed, direct ones with the account of ours, and the parents of all these. */
  readonly rooms: ChatRooms;
  /** Those that the account of ours is in. */
  readonly joined: ReadonlySet<string>;
}

export interface RoomsSource {
  look(limits: ChatLimits, botUserId: string | undefined): Promise<RoomsNow>;
}

export interface RoomRule {
  follows(room: string): boolean;
}

export interface FollowedRooms {
  /** The same object for as long as nothing changed. */
  current(): Promise<RoomRule>;
}

/** So long an answer is asked for again and again within one step. */
const REMEMBERED_MS = 1_000;

/**
 * Which rooms become records now. A room without a document is not followed. Direct messages of somebody who talked
 * with a deleted account stay behind without their room, and nobody could say that they were direct.
 */
export const followedRooms = (
  source: RoomsSource,
  options: FollowedRoomsOptions,
): FollowedRooms => {
  const { clock } = options;
  let asked: { readonly at: number; readonly rule: Promise<RoomRule> } | undefined;
  let last: { readonly text: string; readonly rule: RoomRule } | undefined;

  const look = async (): Promise<RoomRule> => {
    const followed = followedIn(await source.look(options, options.botUserId), options);
    const text = JSON.stringify([...followed].sort());
    if (last?.text !== text) last = { text, rule: { follows: (room) => followed.has(room) } };
    return last.rule;
  };

  return {
    current() {
      const now = clock.now();
      const age = asked === undefined ? Infinity : now - asked.at;
      // A clock that was set back makes nothing young.
      if (asked !== undefined && age >= 0 && age < REMEMBERED_MS) return asked.rule;
      const rule = look();
      const mine = { at: now, rule };
      asked = mine;
      rule.catch(() => {
        if (asked === mine) asked = undefined;
      });
      return rule;
    },
  };
};

const followedIn = ({ rooms, joined }: RoomsNow, options: FollowedRoomsOptions): Set<string> => {
  const listed = meantIds(options.rooms, [...rooms.values()]);
  const isChosen = ({ id, type }: ChatRoom): boolean => {
    // Switched on as a whole: our account is in none of these, or somebody talks to it there.
    if (type === 'd' || type === 'l') return true;
    if (options.rooms.length > 0) return listed.has(id);
    return options.botUserId === undefined || joined.has(id);
  };
  const followed = [...rooms.values()].filter((room) => {
    const chain = withParents(room, rooms);
    // What is said to us there is said to be answered, and is nobody's source while direct messages are off.
    const isToUs = chain.every(({ id, type }) => type !== 'd' || joined.has(id));
    const limits = { ...options, direct: options.direct || isToUs };
    return isShown(room, rooms, limits) && chain.some(isChosen);
  });
  return new Set(followed.map(({ id }) => id));
};

/** From the chat's database. */
export const roomsInDatabase = (database: ChatDatabase, patienceMs = 10_000): RoomsSource => ({
  look: ({ direct, livechat }, botUserId) =>
    database.reading(patienceMs, async (find) => {
      const joined =
        botUserId === undefined ? new Set<string>() : await roomsOfAccount(find, botUserId);
      const types = ['c', 'p', ...(direct ? ['d'] : []), ...(livechat ? ['l'] : [])];
      const rooms = await roomsWithParents(find, {
        $or: [{ t: { $in: types } }, { t: 'd', _id: { $in: [...joined] } }],
      });
      return { rooms, joined };
    }),
});

/** Those that it has joined, and direct ones that name it. */
const roomsOfAccount = async (find: FindChat, userId: string): Promise<ReadonlySet<string>> => {
  const subscriptions = await find({
    collection: 'rocketchat_subscription',
    filter: { 'u._id': { $eq: userId } },
    fields: ['rid', 'status'],
  });
  const named = await find({
    collection: 'rocketchat_room',
    filter: { t: 'd', uids: { $eq: userId } },
    fields: [],
  });
  const isIn = subscriptions.filter(({ status }) => status === undefined || status === null);
  return new Set([...idsIn(isIn, 'rid'), ...idsIn(named)]);
};
