import type { JsonObject } from '#libs/kernel';
import type { ChatThing, FakeRocketchat } from '#libs/testing';

import { BOT, directHints, people, places } from './demo-rooms.js';

/** What one person sees of the chat, with one room open. */
export interface PageView {
  readonly rooms: readonly RoomOnPage[];
  /** The open one; none where the person reads no such room. */
  readonly room?: RoomOnPage;
  readonly messages: readonly MessageOnPage[];
  readonly readers: readonly PersonOnPage[];
  /** Who is not in the room, and could be. */
  readonly others: readonly PersonOnPage[];
  readonly hints: readonly string[];
}

export interface RoomOnPage {
  readonly id: string;
  readonly name: string;
  readonly form: 'channel' | 'group' | 'direct';
  readonly topic: string;
}

export interface PersonOnPage {
  readonly id: string;
  readonly userName: string;
  readonly name: string;
  readonly work: string;
  readonly isStaff: boolean;
}

export interface MessageOnPage {
  readonly id: string;
  readonly thread?: string;
  readonly replies: number;
  readonly author: string;
  readonly name: string;
  readonly at: string;
  readonly text: string;
  readonly isEdited: boolean;
  readonly isRemoved: boolean;
  /** Names of accounts by what they reacted with. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
}

export const personOnPage = (id: string): PersonOnPage[] => {
  const person = [BOT, ...people].find((each) => each.id === id);
  if (!person) return [];
  const { userName, name, work, roles } = person;
  return [{ id, userName, name, work, isStaff: roles.includes('staff') }];
};

const roomOnPage = (room: ChatThing, who: string): RoomOnPage => {
  const id = room['_id'] as string;
  const { topic = '', name = '', t, uids } = room;
  const other = ((uids ?? []) as string[]).find((each) => each !== who) ?? '';
  const form = t === 'd' ? 'direct' : t === 'p' ? 'group' : 'channel';
  const shown = form === 'direct' ? (personOnPage(other)[0]?.name ?? '') : (name as string);
  return { id, name: shown, form, topic: topic as string };
};

const messageOnPage = (message: ChatThing): MessageOnPage => {
  const { _id, tmid, tcount, u, ts, msg, editedAt, t, reactions = {} } = message;
  const author = u as JsonObject;
  return {
    ...{ id: _id as string, text: msg as string, at: ts as string },
    ...{ author: author['_id'] as string, name: (author['name'] ?? author['username']) as string },
    ...{ isEdited: editedAt !== undefined, isRemoved: t === 'rm' },
    ...(tmid !== undefined && { thread: tmid as string }),
    replies: Number(tcount ?? 0),
    reactions: Object.fromEntries(
      Object.entries(reactions as Record<string, { usernames: string[] }>).map(
        ([name, { usernames }]) => [name, usernames],
      ),
    ),
  };
};

const isShown = ({ _hidden, t }: ChatThing): boolean =>
  _hidden !== true && (t === undefined || t === 'rm');

export const pageView = ({ state, rights }: FakeRocketchat, who: string, rid: string): PageView => {
  const mine = [...state.rooms.values()].filter(({ _id }) => state.isIn(who, _id as string));
  const rooms = mine.map((room) => roomOnPage(room, who));
  const found = state.rooms.get(rid);
  // The list shows rooms that somebody is in; the chat itself says who may read.
  if (!found || !rights.mayRead(who, found))
    return { rooms, messages: [], readers: [], others: [], hints: [] };
  const room = roomOnPage(found, who);
  const messages = [...state.messages.values()]
    .filter((each) => each['rid'] === rid && isShown(each))
    .sort((a, b) => Date.parse(a['ts'] as string) - Date.parse(b['ts'] as string))
    .map(messageOnPage);
  const isReader = ({ id }: { readonly id: string }): boolean => state.isIn(id, rid);
  const all = [BOT, ...people].flatMap(({ id }) => personOnPage(id));
  const isDirect = room.form === 'direct';
  return {
    ...{ rooms, room, messages, readers: all.filter(isReader) },
    others: isDirect ? [] : all.filter((each) => !isReader(each)),
    hints: isDirect ? directHints : (places.find(({ id }) => id === rid)?.hints ?? []),
  };
};
