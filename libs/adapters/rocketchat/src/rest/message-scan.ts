import { fault, type JsonObject } from '#libs/kernel';

import { textIn } from '../chat-documents.js';
import { isRefusal, objectsIn, type RocketchatClient } from './client.js';

/** Where a scan stands: in which room, after which change, and which messages of exactly that moment it had. */
interface ScanPlace {
  readonly room: string;
  readonly after: number;
  readonly had: readonly string[];
}

export interface ScannedMessages {
  readonly messages: readonly JsonObject[];
  readonly next?: string;
}

/** The chat gives no more at once. */
const LARGEST_PAGE = 100;

const parsedPlace = (after: string): ScanPlace => {
  try {
    const { room, after: since, had } = JSON.parse(after) as ScanPlace;
    return { room: String(room), after: Number(since), had: had.map(String) };
  } catch (cause) {
    throw fault('CAPTURE_HISTORY_LOST', { cause });
  }
};

/**
 * Messages room by room, the longest unchanged first, by the same call that tells changes. One that changes while its
 * room is scanned is met again later on: it is told twice, and is never left out.
 */
export const scannedMessages = async (
  client: RocketchatClient,
  rooms: readonly string[],
  { after, limit }: { readonly after?: string; readonly limit: number },
): Promise<ScannedMessages> => {
  const sorted = [...rooms].sort();
  const place =
    after === undefined ? { room: sorted[0] ?? '', after: 0, had: [] } : parsedPlace(after);
  // A room that was left meanwhile is passed over.
  const room = sorted.find((each) => each >= place.room);
  if (room === undefined) return { messages: [] };
  const from = room === place.room ? place : { room, after: 0, had: [] };
  const page = await pageOf(client, from, Math.min(limit, LARGEST_PAGE));
  if (page.rest) return { messages: page.messages, next: JSON.stringify(page.rest) };
  const following = sorted.find((each) => each > room);
  if (following === undefined) return { messages: page.messages };
  const next: ScanPlace = { room: following, after: 0, had: [] };
  return { messages: page.messages, next: JSON.stringify(next) };
};

interface RoomPage {
  readonly messages: readonly JsonObject[];
  /** Missing: the room has been read. */
  readonly rest?: ScanPlace;
}

const changedAt = (message: JsonObject): number =>
  Date.parse(textIn(message['_updatedAt']) ?? '') || 0;

const pageOf = async (
  client: RocketchatClient,
  { room, after, had }: ScanPlace,
  limit: number,
): Promise<RoomPage> => {
  // The moment itself is asked for again: a page may end between two messages of one moment.
  const asked = await client.ask('chat.syncMessages', {
    ...{ roomId: room, type: 'UPDATED', count: `${limit + had.length}` },
    next: `${Math.max(1, after) - 1}`,
  });
  if (isRefusal(asked)) return { messages: [] };
  const result = (asked.body['result'] ?? {}) as JsonObject;
  const all = objectsIn(result['updated']);
  const cursor = ((result['cursor'] ?? {}) as JsonObject)['next'];
  const messages = all.filter((each) => !had.includes(textIn(each['_id']) ?? ''));
  const last = all.at(-1);
  if (cursor === null || cursor === undefined || last === undefined) return { messages };
  if (messages.length === 0) return restOf(client, { room, after, had });
  const at = changedAt(last);
  const ofMoment = all.filter((each) => changedAt(each) === at);
  return {
    messages,
    rest: { room, after: at, had: ofMoment.map((each) => textIn(each['_id']) ?? '') },
  };
};

/** More messages of one moment than a page holds: all that follow come in one answer, or nothing does. */
const restOf = async (
  client: RocketchatClient,
  { room, after, had }: ScanPlace,
): Promise<RoomPage> => {
  const lastUpdate = new Date(Math.max(1, after) - 1).toISOString();
  const asked = await client.ask('chat.syncMessages', { roomId: room, lastUpdate });
  if (isRefusal(asked)) return { messages: [] };
  const result = (asked.body['result'] ?? {}) as JsonObject;
  return {
    messages: objectsIn(result['updated']).filter(
      (each) => !had.includes(textIn(each['_id']) ?? ''),
    ),
  };
};
