import { expect } from '@jest/globals';

import { CLOSED, JON, MIRA, using, type ChatBehaviour } from './chat-harness.contract.js';

const saysWhoWeAre: ChatBehaviour = (make) =>
  using(make, async ({ chat, own }) => {
    expect(await chat.self()).toEqual(own);
    expect(await chat.self()).toEqual(own);
  });

const answersAsItIsNow: ChatBehaviour = (make) =>
  using(make, async ({ chat, write, edit, react, unreact }) => {
    const id = await write({ room: CLOSED, author: MIRA, text: 'Which keys?' });
    const first = await chat.message(id);
    expect(first).toEqual({
      ...{ id, room: CLOSED, author: MIRA, authorUserName: 'mira.keller', isByMachine: false },
      ...{ text: 'Which keys?', at: expect.any(Number), mentions: [], reactions: [] },
    });
    await edit(id, 'Which keys, @jon?', JON);
    await react(id, ':+1:', JON);
    await react(id, ':+1:', MIRA);
    expect(await chat.message(id)).toMatchObject({
      ...{ text: 'Which keys, @jon?', editedBy: JON, editedAt: expect.any(Number) },
      ...{ at: first?.at, mentions: [JON], reactions: [{ name: ':+1:', people: [JON, MIRA] }] },
    });
    await unreact(id, ':+1:', JON);
    expect((await chat.message(id))?.reactions).toEqual([{ name: ':+1:', people: [MIRA] }]);
    await unreact(id, ':+1:', MIRA);
    expect((await chat.message(id))?.reactions).toEqual([]);
  });

const saysWhichThread: ChatBehaviour = (make) =>
  using(make, async ({ chat, write }) => {
    const root = await write({ room: CLOSED, author: MIRA, text: 'Keys' });
    const reply = await write({ room: CLOSED, author: JON, text: 'Where?', thread: root });
    expect((await chat.message(root))?.thread).toBeUndefined();
    expect((await chat.message(reply))?.thread).toBe(root);
  });

const answersNothingOfWhatIsGone: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, write, note, remove, waysToRemove, leave, addRoom, ...rest }) => {
    expect(await chat.message('neverThere000001')).toBeUndefined();
    expect(await chat.message(await note(CLOSED, JON))).toBeUndefined();
    for (const way of waysToRemove) {
      const id = await write({ room: CLOSED, author: MIRA, text: 'soon gone' });
      expect(await chat.message(id)).toBeDefined();
      await remove(id, way);
      expect([way, await chat.message(id)]).toEqual([way, undefined]);
    }
    const id = await write({ room: CLOSED, author: MIRA, text: 'among us' });
    await leave(CLOSED);
    expect(await chat.message(id)).toBeUndefined();
    const members = [MIRA, own.id];
    await addRoom({ id: 'roomToBeGone0001', form: 'group', members });
    const last = await write({ room: 'roomToBeGone0001', author: MIRA, text: 'last words' });
    await rest.removeRoom('roomToBeGone0001');
    expect(await chat.message(last)).toBeUndefined();
  });

const leavesQuotesOut: ChatBehaviour = (make) =>
  using(make, async ({ chat, write }) => {
    const quoting = await write({ room: CLOSED, author: JON, text: 'the code of the safe' });
    const id = await write({ room: CLOSED, author: MIRA, text: 'What does it mean?', quoting });
    const read = await chat.message(id);
    expect(read?.text).toBe('What does it mean?');
    expect(JSON.stringify(read)).not.toContain('safe');
    const plain = 'See [the plan](https://house.example/plan), it is [ ] open';
    const other = await write({ room: CLOSED, author: MIRA, text: plain });
    expect((await chat.message(other))?.text).toBe(plain);
  });

const namesAccountsById: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, write, react, addPerson, removePerson, ...rest }) => {
    await addPerson('personWhoLeaves1', 'leaver');
    const text = `@${own.userName} and @mira.keller: tell @all, @here, @mira.keller and @nobody.`;
    const id = await write({ room: CLOSED, author: JON, text });
    await react(id, ':-1:', 'personWhoLeaves1');
    await react(id, ':eyes:', 'personWhoLeaves1');
    await react(id, ':eyes:', own.id);
    const { mentions = [], reactions = [] } = (await chat.message(id)) ?? {};
    expect(new Set(mentions)).toEqual(new Set([own.id, MIRA]));
    expect(mentions).toHaveLength(2);
    expect(reactions).toHaveLength(2);
    await removePerson('personWhoLeaves1');
    await rest.renamePerson(JON, 'jon.two');
    const now = await chat.message(id);
    expect(now?.reactions).toEqual([{ name: ':eyes:', people: [own.id] }]);
    expect(now).toMatchObject({ author: JON, authorUserName: 'jon.two' });
  });

const tellsMachines: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, write }) => {
    const id = await write({ room: CLOSED, author: JON, text: 'Alarm', isByMachine: true });
    expect(await chat.message(id)).toMatchObject({ isByMachine: true });
    await chat.post({ id: 'ourMessage000001', room: CLOSED, text: 'Good morning' });
    const ours = await chat.message('ourMessage000001');
    expect(ours).toMatchObject({ author: own.id, isByMachine: false, text: 'Good morning' });
  });

const answersRooms: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, addRoom, leave, removeRoom }) => {
    const us = [MIRA, own.id];
    await addRoom({ id: 'roomOpen00000001', form: 'channel', members: us, optsOut: true });
    await addRoom({ id: 'roomDirect000001', form: 'direct', members: us });
    await addRoom({ id: 'roomLocked000001', form: 'group', members: us, isEncrypted: true });
    await addRoom({ id: 'roomOthers000001', form: 'group', members: [MIRA, JON] });
    const plain = { isEncrypted: false, optsOut: false, people: [] };
    expect(await chat.room(CLOSED)).toEqual({ id: CLOSED, form: 'group', ...plain });
    const open = { id: 'roomOpen00000001', form: 'channel', ...plain, optsOut: true };
    expect(await chat.room('roomOpen00000001')).toEqual(open);
    const direct = await chat.room('roomDirect000001');
    expect(direct).toMatchObject({ form: 'direct', isEncrypted: false, optsOut: false });
    expect(new Set(direct?.people)).toEqual(new Set(us));
    expect(await chat.room('roomLocked000001')).toMatchObject({ isEncrypted: true });
    expect(await chat.room('roomOthers000001')).toBeUndefined();
    expect(await chat.room('neverThere000001')).toBeUndefined();
    await leave(CLOSED);
    expect(await chat.room(CLOSED)).toBeUndefined();
    await removeRoom('roomOpen00000001');
    expect(await chat.room('roomOpen00000001')).toBeUndefined();
  });

const findsDirectRooms: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, loseAnswer, removePerson }) => {
    const id = (await chat.directRoomWith(MIRA)) ?? '';
    expect(await chat.directRoomWith(MIRA)).toBe(id);
    const room = await chat.room(id);
    expect(room?.form).toBe('direct');
    expect(new Set(room?.people)).toEqual(new Set([MIRA, own.id]));
    expect(await chat.post({ id: 'ourMessage000001', room: id, text: 'Your list' })).toBe('posted');
    loseAnswer('directRoomWith');
    expect(await chat.directRoomWith(JON).catch(() => 'lost')).toBe('lost');
    const other = await chat.directRoomWith(JON);
    expect([undefined, id]).not.toContain(other);
    expect(await chat.directRoomWith('neverThere000001')).toBeUndefined();
    await removePerson(JON);
    expect(await chat.directRoomWith(JON)).toBeUndefined();
  });

export const readingBehaviours: Readonly<Record<string, ChatBehaviour>> = {
  'says who we are': saysWhoWeAre,
  'answers a message as it is now, however often it was asked before': answersAsItIsNow,
  'says which message began the thread': saysWhichThread,
  'answers nothing of what is gone, hidden, a note, or in a room we do not see':
    answersNothingOfWhatIsGone,
  'leaves out of a text what it quotes': leavesQuotesOut,
  'names accounts by id, and leaves out who is gone': namesAccountsById,
  'tells what machines wrote from what people and we wrote': tellsMachines,
  'answers a room, and the people of a direct one': answersRooms,
  'finds the direct room with a person, or makes it': findsDirectRooms,
};
