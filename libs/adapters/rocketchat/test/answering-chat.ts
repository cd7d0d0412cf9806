import { nodeOutbound } from '#libs/adapters/outbound';
import {
  restRocketchatChat,
  rocketchatClient,
  type RestRocketchatChatOptions,
} from '#libs/adapters/rocketchat';
import { Secret, systemClock, type JsonObject } from '#libs/kernel';
import type { Outbound } from '#libs/ports/outbound';
import { FakeRocketchat, type ChatThing } from '#libs/testing';
import type { ChatHarness, HarnessRoom } from '#suites/chat';

export const BOT = 'AwZyTLwwGJm2QkbdE';
export const BOT_NAME = 'askdesk.bot';
const TOKEN = 'a token of the bot';
const MODERATOR = 'moderator0000001';

export interface AnsweringChatOptions {
  readonly era: '9' | 'before 9';
  /** How the server answers a second message of one id. */
  readonly repeated: 'fails' | 'without message';
}

/** A Rocket.Chat that an account of ours answers in. */
export const openAnsweringChat = async ({ era, repeated }: AnsweringChatOptions) => {
  const clock = systemClock;
  const fake = await FakeRocketchat.start({ clock, userId: BOT, authToken: TOKEN, era });
  fake.repeated = repeated;
  const outbound = nodeOutbound({ allowed: ['127.0.0.1'] });
  const { state } = fake;
  const addPerson = (_id: string, username: string, ...roles: string[]) =>
    state.users.set(_id, { _id, username, type: 'user', active: true, roles });
  addPerson(BOT, BOT_NAME, 'bot');
  addPerson(MODERATOR, 'moderator', 'admin');
  // Else the server refuses a text that calls everybody.
  for (const each of ['mention-all', 'mention-here'])
    state.permissions.set(each, { _id: each, roles: ['bot', 'user'] });
  const optionsWith = (more: Partial<RestRocketchatChatOptions>): RestRocketchatChatOptions => ({
    ...{ url: `${fake.url}/`, userId: BOT, authToken: new Secret(TOKEN), outbound, clock },
    ...{ hasToken: true, triggers: ['!ask'], asksRights: true },
    ...more,
  });
  return {
    fake,
    addPerson,
    outbound: outbound as Outbound,
    signIn: () => fake.signIn(BOT, TOKEN),
    client: () => rocketchatClient(optionsWith({})),
    chat: (more: Partial<RestRocketchatChatOptions> = {}) => restRocketchatChat(optionsWith(more)),
    addRoom: ({ id: _id, form, members, isEncrypted, optsOut }: HarnessRoom) => {
      const t = { channel: 'c', group: 'p', direct: 'd', livechat: 'l' }[form];
      const usernames = members.map((each) => state.users.get(each)?.['username'] ?? '');
      state.rooms.set(_id, {
        ...{ _id, t, msgs: 0 },
        ...(t === 'd' ? { uids: [...members], usernames } : { name: `n-${_id}` }),
        ...(isEncrypted && { encrypted: true }),
        ...(optsOut && { topic: 'Between us #no-innkeeper' }),
      });
      for (const each of members) state.join(each, _id, undefined, each === BOT ? [] : ['owner']);
    },
    addressOf: (id: string) => {
      const room = state.messages.get(id)?.['rid'] as string;
      return `${fake.url}/group/n-${room}?msg=${id}`;
    },
    /** As the settings of the chat say: keeps history, shows what was deleted. */
    remove(id: string, way: string): void {
      fake.set('Message_KeepHistory', way.includes('kept'));
      fake.set('Message_ShowDeletedStatus', way.includes('shown'));
      fake.writer.takeAway(id, MODERATOR);
    },
    shown: (room: string) =>
      [...state.messages.values()].filter(
        (each) => each['rid'] === room && each['_hidden'] !== true && each['t'] === undefined,
      ),
    async close(): Promise<void> {
      await fake.close();
      outbound.close();
    },
  };
};

export type AnsweringChat = Awaited<ReturnType<typeof openAnsweringChat>>;

export const WAYS_TO_REMOVE = ['erased', 'kept', 'shown', 'kept and shown'];

const CALLS = { change: 'chat.update', directRoomWith: 'im.create', post: 'chat.sendMessage' };

export const harnessOf = (open: AnsweringChat): ChatHarness => {
  const { fake, addPerson, addRoom, addressOf, remove } = open;
  const { state, writer } = fake;
  const authorOf = (each: ChatThing): JsonObject => each['u'] as JsonObject;
  const roomOf = (id: string): string => state.messages.get(id)?.['rid'] as string;
  return {
    chat: open.chat(),
    own: { id: BOT, userName: BOT_NAME },
    addPerson: async (id, userName) => void addPerson(id, userName, 'user'),
    // The server writes the new name into messages, and leaves it as it was in reactions.
    async renamePerson(id, username) {
      state.users.change(id, { username });
      for (const [each, message] of [...state.messages])
        if (authorOf(message)['_id'] === id)
          state.messages.change(each, { u: { _id: id, username } });
    },
    removePerson: async (id) => void state.users.delete(id),
    addRoom: async (room) => addRoom(room),
    async removeRoom(room) {
      for (const each of [...state.messages.keys()])
        if (roomOf(each) === room) state.erase(each, systemClock.now());
      state.rooms.delete(room);
    },
    setReadOnly: async (room, ro) => void state.rooms.change(room, { ro }),
    leave: async (room) => state.leave(BOT, room),
    join: async (room) => state.join(BOT, room),
    async write({ room, author, text, thread, quoting, isByMachine }) {
      const quote = quoting === undefined ? '' : `[ ](${addressOf(quoting)}) `;
      const message = writer.send(author, {
        ...{ rid: room, msg: `${quote}${text}` },
        ...(thread !== undefined && { tmid: thread }),
        ...(isByMachine && { bot: { i: 'an integration' } }),
      });
      return message?.['_id'] as string;
    },
    async note(room, person) {
      const _id = 'noteOfTheServer01';
      state.write({ _id, rid: room, t: 'uj', msg: 'jon', u: { _id: person, username: 'jon' } }, 1);
      return _id;
    },
    edit: async (id, text, by) => void writer.edit(by, { id, rid: roomOf(id) }, { text }),
    waysToRemove: WAYS_TO_REMOVE,
    remove: async (id, way) => remove(id, way),
    async react(id, name, person) {
      if (!state.isIn(person, roomOf(id))) state.join(person, roomOf(id));
      writer.react(person, id, name, true);
    },
    unreact: async (id, name, person) => writer.react(person, id, name, false),
    addressOf,
    shownIn: async (room) =>
      open.shown(room).map((each) => ({
        id: each['_id'] as string,
        author: authorOf(each)['_id'] as string,
        text: each['msg'] as string,
        ...(each['tmid'] !== undefined && { thread: each['tmid'] as string }),
        hung:
          ((each['attachments'] ?? []) as unknown[]).length +
          ((each['urls'] ?? []) as JsonObject[]).filter((url) => url['ignoreParse'] !== true)
            .length,
      })),
    async trouble(what) {
      fake.outage = what === 'away' ? 502 : undefined;
      if (what === 'refusing us') fake.signOut(BOT);
      else open.signIn();
      state.users.change(BOT, { roles: [what === 'waiting' ? 'user' : 'bot'] });
      if (what !== 'waiting') return;
      fake.set('API_Enable_Rate_Limiter_Limit_Calls_Default', 1);
      fake.set('API_Enable_Rate_Limiter_Limit_Time_Default', 40_000);
      await open.client().post('chat.sendMessage', {});
    },
    loseAnswer(call) {
      fake.losesAnswerOf = (asked) => {
        if (asked !== CALLS[call]) return false;
        fake.losesAnswerOf = () => false;
        return true;
      };
    },
    dispose: () => open.close(),
  };
};
