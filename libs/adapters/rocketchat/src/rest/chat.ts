import { asFault, fault, type JsonObject } from '#libs/kernel';
import {
  refuseUnfitText,
  type ChangeOutcome,
  type Chat,
  type ChatAccount,
  type ChatExaminer,
  type NewChatMessage,
  type PostOutcome,
  type RoomMessage,
} from '#libs/ports/chat';

import { textIn } from '../chat-documents.js';
import type { RestRocketchatChatOptions } from '../options.js';
import { accountOf, idsNamed } from './accounts-named.js';
import { examineChat } from './chat-examination.js';
import { isTrace, objectIn, readMessage } from './chat-messages.js';
import { failedAs, isRefusal, rocketchatClient, type RocketchatClient } from './client.js';
import { namingNoMessage } from './own-addresses.js';
import { documentOf, isTaken, wasRemoved } from './removed-messages.js';
import { talkRoomOf } from './talk-rooms.js';

/** The chat by its API, as the account of a bot. */
export const restRocketchatChat = (options: RestRocketchatChatOptions): Chat & ChatExaminer => {
  const client = rocketchatClient(options);
  let own: ChatAccount | undefined;
  const self = async (): Promise<ChatAccount> => (own ??= await ownAccount(client, options.userId));
  return {
    self: () => translated(self),
    message: (id) => translated(() => messageOf(client, id)),
    room: (id) => translated(() => talkRoomOf(client, id)),
    wasRemoved: (id, room, since) => translated(() => wasRemoved(client, id, { room, since })),
    post: (message) => translated(() => posted(client, message)),
    change: (message) => translated(() => changed(client, options.userId, message)),
    directRoomWith: (person) =>
      translated(async () => (person === options.userId ? undefined : directRoom(client, person))),
    examine: () => examineChat(client, options),
  };
};

/** What is no answer, as the port promises it; what we did wrong stays what it is. */
const translated = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const { code } = asFault(error);
    if (code === 'DEFECT_UNKNOWN') throw error;
    const isRefused = code === 'PROVIDER_API_CREDENTIALS_REFUSED';
    throw failedAs(isRefused ? 'CHAT_CREDENTIALS_REFUSED' : 'CHAT_UNAVAILABLE', error);
  }
};

const ownAccount = async (client: RocketchatClient, userId: string): Promise<ChatAccount> => {
  const account = await accountOf(client, { userId });
  // It knows the token and not the account: somebody deleted it just now.
  if (!account) throw fault('CHAT_CREDENTIALS_REFUSED');
  return { id: account.id, userName: account.userName };
};

const messageOf = async (
  client: RocketchatClient,
  id: string,
): Promise<RoomMessage | undefined> => {
  const { document } = await documentOf(client, id);
  const read = document && readMessage(document);
  if (!read) return undefined;
  const ids = await idsNamed(client, read.reacted);
  const reactions = [...read.reacted].flatMap(([name, names]) => {
    const people = [...new Set(names.flatMap((each) => ids.get(each) ?? []))];
    return people.length === 0 ? [] : [{ name, people }];
  });
  return { ...read.message, reactions };
};

const posted = async (
  client: RocketchatClient,
  { id, room, thread, text }: NewChatMessage,
): Promise<PostOutcome> => {
  refuseUnfitText(text);
  const message = {
    ...{ _id: id, rid: room, msg: namingNoMessage(text.trim()) },
    ...(thread !== undefined && { tmid: thread }),
  };
  const result = await client.post('chat.sendMessage', { message, previewUrls: [] });
  if (!isRefusal(result) && isMessage(result.body, id)) return 'posted';
  if (isRefusal(result) && result.refused === 'unfit') throw unfit(text);
  // A second message of one id is answered by an error without a name, or by nothing. So is many another refusal.
  return (await isTaken(client, id)) ? 'there' : 'refused';
};

const isMessage = ({ message }: JsonObject, id: string): boolean =>
  textIn(objectIn(message)['_id']) === id;

/** The server takes shorter texts than we write: `chat check` says so. */
const unfit = (text: string) =>
  fault('DEFECT_UNKNOWN', { details: { chatCharacters: text.length } });

/** Looked at before: a server writes new text into what was deleted and left a trace. */
const changed = async (
  client: RocketchatClient,
  own: string,
  { id, room, text }: Pick<NewChatMessage, 'id' | 'room' | 'text'>,
): Promise<ChangeOutcome> => {
  refuseUnfitText(text);
  const found = await documentOf(client, id);
  if (!found.document) return found.refused === 'forbidden' ? 'refused' : 'gone';
  if (isTrace(found.document) || found.document['rid'] !== room) return 'gone';
  if (objectIn(found.document['u'])['_id'] !== own) return 'refused';
  const result = await client.post('chat.update', {
    ...{ roomId: room, msgId: id, text: namingNoMessage(text.trim()), previewUrls: [] },
  });
  if (!isRefusal(result)) return isTrace(objectIn(result.body['message'])) ? 'gone' : 'changed';
  if (result.refused === 'unfit') throw unfit(text);
  const now = await documentOf(client, id);
  return now.document && !isTrace(now.document) ? 'refused' : 'gone';
};

const directRoom = async (
  client: RocketchatClient,
  person: string,
): Promise<string | undefined> => {
  const account = await accountOf(client, { userId: person });
  if (!account?.isActive) return undefined;
  const made = await client.post('im.create', { username: account.userName });
  if (isRefusal(made)) return undefined;
  const { rid, _id } = objectIn(made.body['room']);
  return textIn(rid) ?? textIn(_id);
};
