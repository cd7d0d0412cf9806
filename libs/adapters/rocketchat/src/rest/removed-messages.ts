import { CLOCKS_APART_MS, type JsonObject } from '#libs/kernel';

import { idsIn } from '../chat-documents.js';
import { isTrace, objectIn } from './chat-messages.js';
import { isRefusal, objectsIn, type RefusalReason, type RocketchatClient } from './client.js';

export type FoundChatDocument =
  | { readonly document: JsonObject }
  | { readonly document?: undefined; readonly refused: RefusalReason };

/** As the chat has it, with traces of what was deleted. */
export const documentOf = async (
  client: RocketchatClient,
  id: string,
): Promise<FoundChatDocument> => {
  const asked = await client.ask('chat.getMessage', { msgId: id });
  return isRefusal(asked) ? asked : { document: objectIn(asked.body['message']) };
};

/**
 * Whether some message has this id, though it may be one that nobody is shown. A server that keeps the history of
 * messages hides a deleted one from the call above; as the root of a thread it is still known.
 */
export const isTaken = async (client: RocketchatClient, id: string): Promise<boolean> => {
  const found = await documentOf(client, id);
  return found.document !== undefined || (found.refused !== 'forbidden' && isHidden(client, id));
};

const isHidden = async (client: RocketchatClient, id: string): Promise<boolean> =>
  !isRefusal(await client.ask('chat.getThreadMessages', { tmid: id, count: '1' }));

const PAGE = 100;
/** Who cleans up a whole room deletes more than anybody would page through. */
const MOST_PAGES = 50;

export const wasRemoved = async (
  client: RocketchatClient,
  id: string,
  where: { readonly room: string; readonly since: number },
): Promise<boolean> => {
  const found = await documentOf(client, id);
  if (found.document) return isTrace(found.document);
  if (found.refused === 'forbidden') return true;
  const inTrash = await isInTrash(client, id, where);
  return inTrash || isHidden(client, id);
};

/** True too where the room is not for us, and where more was deleted than is looked through: it errs to silence. */
const isInTrash = async (
  client: RocketchatClient,
  id: string,
  { room, since }: { readonly room: string; readonly since: number },
): Promise<boolean> => {
  // The moment is ours, the times of deletions are the chat's.
  const from = new Date(Math.max(0, since - CLOCKS_APART_MS)).toISOString();
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = await client.ask('chat.getDeletedMessages', {
      ...{ roomId: room, since: from, count: `${PAGE}`, offset: `${page * PAGE}` },
    });
    if (isRefusal(asked)) return true;
    const deleted = objectsIn(asked.body['messages']);
    if (idsIn(deleted).includes(id)) return true;
    if (deleted.length < PAGE) return false;
  }
  return true;
};
