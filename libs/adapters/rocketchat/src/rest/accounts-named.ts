import { textIn } from '../chat-documents.js';
import { objectIn, type ReactedNames } from './chat-messages.js';
import { isRefusal, type RocketchatClient } from './client.js';

const AT_ONCE = 8;
/** Of one message. Who reacts after so many others counts for nothing here. */
const MOST_NAMES = 100;

export interface FoundAccount {
  readonly id: string;
  readonly userName: string;
  readonly isActive: boolean;
}

/** `undefined`: there is no such account. */
export const accountOf = async (
  client: RocketchatClient,
  by: { readonly userId: string } | { readonly username: string },
): Promise<FoundAccount | undefined> => {
  const asked = await client.ask('users.info', { ...by });
  if (isRefusal(asked)) return undefined;
  const { _id, username, active } = objectIn(asked.body['user']);
  const [id, userName] = [textIn(_id), textIn(username)];
  if (id === undefined || userName === undefined) return undefined;
  return { id, userName, isActive: active !== false };
};

/** Ids by name, asked for at once: a name may belong to another account tomorrow. */
export const idsNamed = async (
  client: RocketchatClient,
  reacted: ReactedNames,
): Promise<ReadonlyMap<string, string>> => {
  const names = [...new Set([...reacted.values()].flat())].slice(0, MOST_NAMES);
  const ids = new Map<string, string>();
  for (let from = 0; from < names.length; from += AT_ONCE) {
    const some = names.slice(from, from + AT_ONCE);
    const found = await Promise.all(some.map((username) => accountOf(client, { username })));
    for (const [i, name] of some.entries()) {
      const id = found[i]?.id;
      if (id !== undefined) ids.set(name, id);
    }
  }
  return ids;
};
