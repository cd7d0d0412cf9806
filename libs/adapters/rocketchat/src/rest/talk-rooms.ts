import type { JsonObject } from '#libs/kernel';
import type { TalkRoom } from '#libs/ports/chat';

import { roomOf, textsIn } from '../chat-documents.js';
import { objectIn } from './chat-messages.js';
import { isRefusal, type RocketchatClient } from './client.js';

const FORMS: Readonly<Record<string, TalkRoom['form']>> = {
  c: 'channel',
  p: 'group',
  d: 'direct',
  l: 'livechat',
};

/** A discussion has no discussions of its own, but old documents may say anything. */
const MOST_PARENTS = 3;

export const talkRoomOf = async (
  client: RocketchatClient,
  id: string,
): Promise<TalkRoom | undefined> => {
  const document = await roomDocument(client, id);
  const room = document && roomOf(document);
  const form = FORMS[room?.type ?? ''];
  if (!document || !room || form === undefined) return undefined;
  return {
    ...{ id: room.id, form, isEncrypted: room.isEncrypted },
    optsOut: room.optsOut || (await doParentsOptOut(client, room.parent)),
    people: form === 'direct' ? textsIn(document['uids']) : [],
  };
};

const roomDocument = async (
  client: RocketchatClient,
  roomId: string,
): Promise<JsonObject | undefined> => {
  const asked = await client.ask('rooms.info', { roomId });
  return isRefusal(asked) ? undefined : objectIn(asked.body['room']);
};

/** What somebody says of a room holds for its discussions too. Of a parent that is not for us nobody knows what it says. */
const doParentsOptOut = async (
  client: RocketchatClient,
  parent: string | undefined,
): Promise<boolean> => {
  let next = parent;
  for (let parents = 0; next !== undefined; parents++) {
    const document = parents < MOST_PARENTS ? await roomDocument(client, next) : undefined;
    const room = document && roomOf(document);
    if (!room || room.optsOut) return true;
    next = room.parent;
  }
  return false;
};
