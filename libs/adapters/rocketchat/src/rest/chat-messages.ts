import type { Json, JsonObject } from '#libs/kernel';
import { withoutQuotes, type RoomMessage } from '#libs/ports/chat';

import { textIn, textsIn } from '../chat-documents.js';
import { objectsIn } from './client.js';
import { asItWas } from './own-addresses.js';

/** Names of those who reacted, by reaction: the chat keeps names. */
export type ReactedNames = ReadonlyMap<string, readonly string[]>;

/** A message, but for who is meant by the names of those who reacted. */
export interface ReadMessage {
  readonly message: Omit<RoomMessage, 'reactions'>;
  readonly reacted: ReactedNames;
}

/** As the server itself says what is a text of somebody: nothing of its own, nothing hidden, nothing emptied. */
const isShown = ({ t, _hidden }: JsonObject): boolean =>
  (t === undefined || t === null || t === '') && _hidden !== true;

/** Somebody deleted it, and it left a trace: its history is kept, or its place is shown. */
export const isTrace = ({ t, _hidden }: JsonObject): boolean => t === 'rm' || _hidden === true;

export const readMessage = (document: JsonObject): ReadMessage | undefined => {
  const [id, room] = [textIn(document['_id']), textIn(document['rid'])];
  const { _id: author, username } = objectIn(document['u']);
  const at = timeIn(document['ts']);
  if (id === undefined || room === undefined || at === undefined) return undefined;
  if (!isShown(document) || typeof author !== 'string') return undefined;
  const [thread, editedAt] = [textIn(document['tmid']), timeIn(document['editedAt'])];
  const editedBy = textIn(objectIn(document['editedBy'])['_id']);
  const message = {
    ...{ id, room, author, authorUserName: textIn(username) ?? '', at },
    ...(thread !== undefined && { thread }),
    ...(editedAt !== undefined && { editedAt }),
    ...(editedAt !== undefined && editedBy !== undefined && { editedBy }),
    isByMachine: isByMachine(document, author),
    text: asItWas(withoutQuotes(textIn(document['msg']) ?? '')),
    mentions: mentionsIn(document['mentions']),
  };
  return { message, reacted: reactedIn(document['reactions']) };
};

/** The server itself. With another name above it, it stands for somebody whose account was deleted. */
const SERVER = 'rocket.cat';

const isByMachine = ({ alias, blocks, bot }: JsonObject, author: string): boolean => {
  if (bot === true || (typeof bot === 'object' && bot !== null)) return true;
  if (objectsIn(blocks).some(({ appId }) => typeof appId === 'string')) return true;
  return author === SERVER && (textIn(alias) ?? '') === '';
};

/** Everybody, and everybody who is there: no account has such an id. */
const EVERYBODY = new Set(['all', 'here']);

const mentionsIn = (value: Json | undefined): readonly string[] => {
  const people = objectsIn(value).filter(({ type }) => type !== 'team');
  const ids = people.flatMap(({ _id }) => textIn(_id) ?? []);
  return [...new Set(ids)].filter((id) => !EVERYBODY.has(id));
};

const reactedIn = (value: Json | undefined): ReactedNames =>
  new Map(
    Object.entries(objectIn(value)).flatMap(([name, by]): [string, readonly string[]][] => {
      const names = textsIn(objectIn(by)['usernames']);
      return names.length === 0 ? [] : [[name, names]];
    }),
  );

export const objectIn = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};

const timeIn = (value: Json | undefined): number | undefined => {
  const at = typeof value === 'number' ? value : Date.parse(textIn(value) ?? '');
  return Number.isNaN(at) ? undefined : at;
};
