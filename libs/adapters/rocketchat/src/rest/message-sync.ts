import type { FeedTime } from '#libs/contracts';
import { asFault, fault, Recent, type Clock, type JsonObject } from '#libs/kernel';
import type { FeedBatch, FeedChange, FeedPlace, OpenFeed } from '#libs/ports/change-feed';

import { textIn } from '../chat-documents.js';
import {
  failedAs,
  isRefusal,
  objectsIn,
  type RestResult,
  type RocketchatClient,
} from './client.js';
import type { RoomRounds } from './shared-rounds.js';

export interface MessageSyncParts {
  readonly rounds: RoomRounds;
  readonly clock: Clock;
  readonly sleep: (ms: number) => Promise<void>;
  readonly pollMs: number;
  /** Takes a message as it came, so that it need not be asked for again. */
  readonly keep: (message: JsonObject) => void;
  readonly forget: (id: string) => void;
}

/** Up to when each room has been told, by the chat's clock. */
export type RoomCursors = ReadonlyMap<string, number>;

/** Clocks of a chat's servers differ by less, and so does a write that is seen late. What is told twice does no harm. */
export const OVERLAP_MS = 60_000;
/** The chat keeps for 30 days what it deleted. A place that is older leaves deletions out. */
const HISTORY_MS = 29 * 24 * 3_600_000;

export const timeAt = (ms: number): FeedTime => ({
  t: Math.floor(ms / 1_000),
  i: (ms % 1_000) + 1,
});

export const placeOf = (cursors: RoomCursors, at: number): FeedPlace => ({
  token: JSON.stringify({ at, rooms: Object.fromEntries(cursors) }),
  at: timeAt(at),
});

interface StoredPlace {
  readonly at: number;
  readonly cursors: RoomCursors;
}

export const readPlaceOf = ({ token }: FeedPlace, now: number): StoredPlace => {
  const lost = (cause?: unknown) => fault('CAPTURE_HISTORY_LOST', { cause });
  try {
    const { at, rooms } = JSON.parse(token) as { at: unknown; rooms: Record<string, unknown> };
    const cursors = new Map(Object.entries(rooms).map(([rid, since]) => [rid, Number(since)]));
    const all = [Number(at), ...cursors.values()];
    if (all.some((each) => !Number.isSafeInteger(each) || each < now - HISTORY_MS)) throw lost();
    return { at: Number(at), cursors };
  } catch (error) {
    throw asFault(error).code === 'CAPTURE_HISTORY_LOST' ? error : lost(error);
  }
};

/** A fault of the API, as the port promises it. */
export const captureFault = (error: unknown): Error => {
  const { code } = asFault(error);
  if (code.startsWith('CAPTURE_')) return asFault(error);
  // More changed since than one answer may hold: the room is read again, page by page.
  if (code === 'OUTBOUND_ANSWER_TOO_LARGE') return failedAs('CAPTURE_HISTORY_LOST', error);
  const refused = ['PROVIDER_API_CREDENTIALS_REFUSED', 'PROVIDER_API_FORBIDDEN'].includes(code);
  return failedAs(refused ? 'CAPTURE_FORBIDDEN' : 'CAPTURE_UNREACHABLE', error);
};

const stampOf = (value: unknown): number | undefined => {
  const at = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(at) ? undefined : at;
};

/**
 * Changes of all rooms that the bot is in, by asking each what changed since it was asked last. So a change is told
 * after at most one round, and a round takes one call for each room.
 */
export class MessageSync implements OpenFeed {
  /** Everything before these has been told. */
  #told: RoomCursors;
  #toldAt: number;
  /** Everything before these has been told or waits. */
  readonly #reached: Map<string, number>;
  #reachedAt: number;
  readonly #waiting: FeedChange[] = [];
  readonly #seen = new Recent<number>(20_000);
  #isClosed = false;

  constructor(
    private readonly parts: MessageSyncParts,
    { cursors, at }: StoredPlace,
  ) {
    this.#told = cursors;
    this.#reached = new Map(cursors);
    this.#toldAt = at;
    this.#reachedAt = at;
  }

  async next({ waitMs, limit }: { waitMs: number; limit: number }): Promise<FeedBatch> {
    const { clock, sleep, pollMs } = this.parts;
    const until = clock.now() + waitMs;
    for (;;) {
      if (this.#waiting.length === 0) await this.#round();
      const left = until - clock.now();
      if (this.#waiting.length > 0 || left <= 0 || this.#isClosed) break;
      await sleep(Math.min(pollMs, left));
    }
    const changes = this.#waiting.splice(0, limit);
    // While some wait, the place stays before all of them: a restart tells again, and leaves nothing out.
    if (this.#waiting.length === 0) {
      this.#told = new Map(this.#reached);
      this.#toldAt = this.#reachedAt;
    }
    return { changes, place: placeOf(this.#told, this.#toldAt) };
  }

  close(): Promise<void> {
    this.#isClosed = true;
    return Promise.resolve();
  }

  async #round(): Promise<void> {
    try {
      const { rooms, at } = roomsIn(await this.parts.rounds.rooms(), this.parts.clock);
      for (const rid of this.#reached.keys()) if (!rooms.has(rid)) this.#reached.delete(rid);
      // A room that the bot has just joined is scanned by who follows it: here it begins now.
      for (const rid of rooms.keys()) if (!this.#reached.has(rid)) this.#reached.set(rid, at);
      // The longest not asked first: a round that a limit ends goes on there the next time.
      const inTurn = [...this.#reached].sort(([, a], [, b]) => a - b);
      for (const [rid, since] of inTurn) await this.#sync(rid, since);
      this.#reachedAt = Math.max(this.#reachedAt, at);
    } catch (error) {
      throw captureFault(error);
    } finally {
      this.#waiting.sort((a, b) => a.at.t - b.at.t || a.at.i - b.at.i);
    }
  }

  async #sync(rid: string, since: number): Promise<void> {
    const { rounds, clock, keep, forget } = this.parts;
    const asked = await rounds.changesIn(rid, Math.max(0, since - OVERLAP_MS));
    // The bot has left since: the next round does not know this room any more.
    if (isRefusal(asked)) return;
    const result = (asked.body['result'] ?? {}) as JsonObject;
    for (const message of objectsIn(result['updated'])) {
      if (this.#add(message, message['_updatedAt'], false)) keep(message);
    }
    for (const gone of objectsIn(result['deleted'])) {
      if (this.#add(gone, gone['_deletedAt'], true)) forget(textIn(gone['_id']) ?? '');
    }
    this.#reached.set(rid, Math.max(since, asked.at ?? clock.now()));
  }

  #add(document: JsonObject, stamp: unknown, removed: boolean): boolean {
    const [id, at] = [textIn(document['_id']), stampOf(stamp)];
    if (id === undefined || at === undefined) return false;
    const name = `${removed ? 'gone' : 'there'} ${id}`;
    if (this.#seen.get(name) === at) return false;
    this.#seen.set(name, at);
    this.#waiting.push({ key: JSON.stringify(id), removed, at: timeAt(at) });
    return true;
  }
}

/** The rooms of the bot with what the chat says of them, and when it was by the chat's clock. */
export const roomsSeen = async ({
  client,
  clock,
}: {
  readonly client: RocketchatClient;
  readonly clock: Clock;
}) => roomsIn(await client.get('rooms.get'), clock);

const roomsIn = ({ body, at }: RestResult, clock: Clock) => {
  const rooms = new Map<string, JsonObject>();
  for (const room of objectsIn(body['update'])) {
    const id = textIn(room['_id']);
    if (id !== undefined) rooms.set(id, room);
  }
  return { rooms, at: at ?? clock.now() };
};
