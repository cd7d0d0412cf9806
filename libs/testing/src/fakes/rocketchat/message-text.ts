import type { ChatThing } from './chat-collection.js';
import type { ChatRights } from './chat-rights.js';
import { authorOf, type RocketchatState } from './rocketchat-state.js';

/** Wider than the server's own rule: what might be a mention on some version is one here. */
const MENTION = /(?:^|[^\w@])@([0-9a-zA-Z\-_.]+(?:@[0-9a-zA-Z\-_.]+)?)/gu;
const CHANNEL = /(?:^|[^\w#])#([0-9a-zA-Z\-_.]+)/gu;
const ADDRESS = /https?:\/\/[^\s<>()[\]|"]+/gu;
const TO_EVERYBODY = new Set(['all', 'here']);

const namesIn = (text: string, pattern: RegExp): Set<string> =>
  new Set(
    [...text.matchAll(pattern)].flatMap(([, name = '']) => [name, name.replace(/\.+$/u, '')]),
  );

/** Whom this text calls: accounts, and the words for everybody. */
export const mentionsIn = (state: RocketchatState, text: string): ChatThing[] =>
  [...namesIn(text, MENTION)].flatMap((name): ChatThing[] => {
    if (TO_EVERYBODY.has(name)) return [{ _id: name, username: name }];
    const user = state.userNamed(name);
    if (!user) return [];
    const { _id = '', name: shown } = user;
    return [{ _id, username: name, ...(shown && { name: shown }), type: 'user' }];
  });

export const channelsIn = (state: RocketchatState, text: string): ChatThing[] => {
  const names = namesIn(text, CHANNEL);
  return [...state.rooms.values()]
    .filter(({ name }) => typeof name === 'string' && names.has(name))
    .map(({ _id = '', name = '' }) => ({ _id, name }));
};

export const addressesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(ADDRESS)].map(([address]) => address.replace(/[.,;:!?]+$/u, ''))),
];

/** The message that a link to the chat itself names. */
const messageBehind = (state: RocketchatState, address: string): ChatThing | undefined => {
  const site = (state.setting('Site_Url') as string).replace(/\/+$/u, '');
  if (site === '' || !address.startsWith(`${site}/`) || !URL.canParse(address)) return undefined;
  return state.messages.get(new URL(address).searchParams.get('msg') ?? '');
};

/** With the rights of who posts: this is how texts leak to readers of another room. */
export const quotesIn = (
  { state, rights }: { readonly state: RocketchatState; readonly rights: ChatRights },
  userId: string,
  text: string,
): ChatThing[] =>
  addressesIn(text).flatMap((address): ChatThing[] => {
    const message = messageBehind(state, address);
    const room = state.rooms.get((message?.['rid'] ?? '') as string);
    if (!message || !room || !rights.mayRead(userId, room)) return [];
    const author = state.users.get(authorOf(message));
    return [
      {
        ...{ text: message['msg'] ?? '', message_link: address, ts: message['ts'] ?? '' },
        ...{ author_name: author?.['username'] ?? '', attachments: message['attachments'] ?? [] },
      },
    ];
  });
