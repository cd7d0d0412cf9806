import { fault, type Clock, type JsonObject } from '#libs/kernel';
import type {
  ChangeFeed,
  DocumentRead,
  FeedBatch,
  FeedChange,
  FeedPlace,
  OpenFeed,
} from '#libs/ports/change-feed';

import { textIn } from '../chat-documents.js';
import { isRefusal, type RocketchatClient } from './client.js';
import { captureFault, roomsSeen, timeAt } from './message-sync.js';
import { examined, shownDocument, translated } from './message-feed.js';

export interface RestRoomFeedOptions {
  readonly client: RocketchatClient;
  readonly userId: string;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly fields?: readonly string[];
  readonly pollMs?: number;
}

/** When each room that the bot is in changed last, as the chat writes it. */
type RoomStamps = ReadonlyMap<string, string>;

const stampsOf = (rooms: ReadonlyMap<string, JsonObject>): RoomStamps =>
  new Map([...rooms].map(([id, room]) => [id, textIn(room['_updatedAt']) ?? '']));

const placeOfRooms = (stamps: RoomStamps, at: number): FeedPlace => ({
  token: JSON.stringify([...stamps]),
  at: timeAt(at),
});

const stampsIn = ({ token }: FeedPlace): RoomStamps => {
  try {
    return new Map(JSON.parse(token) as [string, string][]);
  } catch (cause) {
    throw fault('CAPTURE_HISTORY_LOST', { cause });
  }
};

/**
 * Rooms that the bot is in, by comparing them with how they were: the place holds when each changed last, so nothing
 * can be too old. A room that the bot has left is not told as deleted, for it may well be there.
 */
export const restRoomFeed = (options: RestRoomFeedOptions): ChangeFeed => {
  const { client, clock, fields } = options;
  let last = 0;
  const moment = () => timeAt((last = Math.max(clock.now(), last + 1)));
  return {
    now: () =>
      translated(async () => {
        const { rooms, at } = await roomsSeen(options);
        return placeOfRooms(stampsOf(rooms), at);
      }),

    open: (after) =>
      translated(() => Promise.resolve(new RoomComparison(options, stampsIn(after)))),

    read: (keys) =>
      translated(async () => {
        const { rooms } = await roomsSeen(options);
        const documents = await Promise.all(
          keys.map(async (key): Promise<DocumentRead> => {
            const room = rooms.get(JSON.parse(key) as string);
            if (room !== undefined) return shownDocument(room, fields);
            if (await isGoneRoom(client, key)) return { key };
            throw fault('CAPTURE_DOCUMENT_UNREADABLE');
          }),
        );
        return { at: moment(), documents };
      }),

    scan: ({ after, limit, group }) =>
      translated(async () => {
        const { rooms } = await roomsSeen(options);
        const ids = [...rooms.keys()].filter((id) => group === undefined || id === group).sort();
        const from = after === undefined ? ids : ids.filter((id) => JSON.stringify(id) > after);
        const page = from.slice(0, limit);
        const documents = page.map((id) => shownDocument(rooms.get(id) ?? {}, fields));
        const end = from.length > limit ? documents.at(-1) : undefined;
        return { at: moment(), documents, ...(end && { next: end.key }) };
      }),

    count: () => translated(async () => (await roomsSeen(options)).rooms.size),
    examine: () => translated(() => examined(options)),
    close: () => Promise.resolve(),
  };
};

/** The bot may not see it: it is there. The chat knows of no such room: it is not. */
const isGoneRoom = async (client: RocketchatClient, key: string): Promise<boolean> => {
  const roomId: unknown = JSON.parse(key);
  if (typeof roomId !== 'string') return true;
  const asked = await client.ask('rooms.info', { roomId });
  return isRefusal(asked) && asked.refused === 'missing';
};

class RoomComparison implements OpenFeed {
  #told: RoomStamps;
  #isClosed = false;

  constructor(
    private readonly options: RestRoomFeedOptions,
    stamps: RoomStamps,
  ) {
    this.#told = stamps;
  }

  async next({ waitMs, limit }: { waitMs: number; limit: number }): Promise<FeedBatch> {
    const { clock, sleep, pollMs = 2_000 } = this.options;
    const until = clock.now() + waitMs;
    for (;;) {
      const batch = await this.#compared(limit);
      const left = until - clock.now();
      if (batch.changes.length > 0 || left <= 0 || this.#isClosed) return batch;
      await sleep(Math.min(pollMs, left));
    }
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  async #compared(limit: number): Promise<FeedBatch> {
    try {
      const { rooms, at } = await roomsSeen(this.options);
      const now = stampsOf(rooms);
      const told = new Map(this.#told);
      const changes: FeedChange[] = [];
      for (const [id, stamp] of now) {
        if (told.get(id) === stamp || changes.length >= limit) continue;
        const changedAt = Date.parse(stamp);
        changes.push({
          ...{ key: JSON.stringify(id), removed: false },
          at: timeAt(Number.isNaN(changedAt) ? at : changedAt),
        });
        told.set(id, stamp);
      }
      for (const id of this.#told.keys()) {
        if (now.has(id) || changes.length >= limit) continue;
        const key = JSON.stringify(id);
        if (await isGoneRoom(this.options.client, key))
          changes.push({ key, removed: true, at: timeAt(at) });
        told.delete(id);
      }
      this.#told = told;
      return { changes, place: placeOfRooms(told, at) };
    } catch (error) {
      throw captureFault(error);
    }
  }
}
