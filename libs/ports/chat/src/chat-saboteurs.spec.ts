import { describe, expect, it } from '@jest/globals';

import type { Chat } from '#libs/ports/chat';
import {
  chatRememberingMessages,
  chatTakingSilenceForNo,
  chatWritingTwice,
  ManualClock,
  MemoryChat,
} from '#libs/testing';
import { chatBehaviours, chatContract, type MakeChat } from '#suites/chat';

const inMemory =
  (disguise: (inner: Chat) => Chat): MakeChat =>
  async () => {
    const own = { id: 'ourAccount000001', userName: 'innkeeper' };
    const memory = new MemoryChat(new ManualClock(), own);
    return {
      chat: disguise(memory),
      own,
      addPerson: async (id, userName) => memory.addAccount(id, userName),
      renamePerson: async (id, userName) => memory.addAccount(id, userName),
      removePerson: async (id) => memory.removeAccount(id),
      addRoom: async ({ members, ...room }) =>
        memory.addRoom({ ...room, members, ...(room.form === 'direct' && { people: members }) }),
      removeRoom: async (room) => memory.removeRoom(room),
      setReadOnly: async (room, isReadOnly) => memory.setReadOnly(room, isReadOnly),
      leave: async (room) => memory.leave(room),
      join: async (room) => memory.join(room),
      write: async (message) => memory.write(message),
      note: async (room, person) => {
        const id = memory.write({ room, author: person, text: 'joined' });
        memory.remove(id, 'trace');
        return id;
      },
      edit: async (id, text, by) => memory.edit(id, text, by),
      waysToRemove: ['nothing', 'trace'],
      remove: async (id, way) => memory.remove(id, way === 'trace' ? 'trace' : 'nothing'),
      react: async (id, name, person) => memory.react(id, name, person),
      unreact: async (id, name, person) => memory.unreact(id, name, person),
      addressOf: (id) => `https://chat.example/group/closed?msg=${id}`,
      shownIn: async (room) => memory.messagesIn(room).map((each) => ({ ...each, hung: 0 })),
      async trouble(what) {
        memory.isAway = what === 'away';
        memory.refusesUs = what === 'refusing us';
        memory.asksToWait = what === 'waiting' ? 40_000 : undefined;
      },
      loseAnswer: (call) => memory.loseAnswer(call),
      dispose: () => Promise.resolve(),
    };
  };

const rejectedFor = async (disguise: (inner: Chat) => Chat): Promise<string[]> => {
  const rejected: string[] = [];
  for (const [title, behaviour] of Object.entries(chatBehaviours))
    await behaviour(inMemory(disguise)).catch(() => rejected.push(title));
  return rejected;
};

chatContract(
  'nothing but memory',
  inMemory((inner) => inner),
);

describe('the suite of chat', () => {
  it('rejects one that writes twice under one id', async () => {
    expect(await rejectedFor(chatWritingTwice)).toEqual([
      'posts a message once, however often it is told to',
      'writes one message though nobody answered the first time',
      'takes a room that it may not write in for an outcome',
    ]);
  });

  it('rejects one that remembers messages', async () => {
    expect(await rejectedFor(chatRememberingMessages)).toEqual([
      'answers a message as it is now, however often it was asked before',
      'answers nothing of what is gone, hidden, a note, or in a room we do not see',
      'names accounts by id, and leaves out who is gone',
      'answers nothing in the place of an answer, and answers when the chat is back',
    ]);
  });

  it('rejects one that takes silence for a no', async () => {
    expect(await rejectedFor(chatTakingSilenceForNo)).toEqual([
      'writes one message though nobody answered the first time',
      'answers nothing in the place of an answer, and answers when the chat is back',
      'says how long the chat asks to wait',
      'takes a text that no chat takes for a defect',
    ]);
  });
});
