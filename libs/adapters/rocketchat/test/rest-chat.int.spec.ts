import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { asFault, systemClock } from '#libs/kernel';
import { repeating } from '#libs/ports/outbound';
import { chatContract } from '#suites/chat';

import {
  BOT,
  harnessOf,
  openAnsweringChat,
  WAYS_TO_REMOVE,
  type AnsweringChat,
} from './answering-chat.js';

const HOW = { fails: 'with an error', 'without message': 'with nothing' };

for (const [era, repeated] of [
  ['9', 'fails'],
  ['before 9', 'without message'],
] as const)
  chatContract(
    `Rocket.Chat ${era}, answering a second message of one id ${HOW[repeated]}`,
    async () => harnessOf(await openAnsweringChat({ era, repeated })),
  );

const MIRA = 'personMira000001';
const OPS = 'roomOps000000001';
const OURS = 'ourMessage000001';
const ours = { id: OURS, room: OPS, text: 'One moment' };

describe('the chat by its API', () => {
  let open: AnsweringChat;

  beforeEach(async () => {
    open = await openAnsweringChat({ era: '9', repeated: 'fails' });
    open.addPerson(MIRA, 'mira.keller', 'user');
    open.addRoom({ id: OPS, form: 'group', members: [MIRA, BOT] });
  });

  afterEach(() => open.close());

  const asked = (call: string): number => open.fake.requests.filter((each) => each === call).length;

  /** As the platform composes it. */
  const repeated = (waits: number[] = []) =>
    repeating({
      outbound: open.outbound,
      clock: systemClock,
      sleep: async (ms) => void waits.push(ms),
      random: () => 0.5,
    });

  it('sends a post and a change once, though what repeats is between', async () => {
    const chat = open.chat({ outbound: repeated() });
    open.fake.losesAnswerOf = (call) => call === 'chat.sendMessage' || call === 'chat.update';
    expect(await chat.post(ours).catch(asFault)).toMatchObject({ code: 'CHAT_UNAVAILABLE' });
    const change = { ...ours, text: 'The keys' };
    expect(await chat.change(change).catch(asFault)).toMatchObject({ code: 'CHAT_UNAVAILABLE' });
    expect([asked('chat.sendMessage'), asked('chat.update')]).toEqual([1, 1]);
    open.fake.losesAnswerOf = () => false;
    expect(await chat.post(ours)).toBe('there');
    expect(open.shown(OPS)).toMatchObject([{ _id: OURS, msg: 'The keys' }]);
  });

  it('waits where the chat asks for a moment, and posts after', async () => {
    const waits: number[] = [];
    open.addPerson(BOT, 'askdesk.bot', 'user');
    open.fake.set('API_Enable_Rate_Limiter_Limit_Calls_Default', 1);
    open.fake.set('API_Enable_Rate_Limiter_Limit_Time_Default', 2_000);
    const chat = open.chat({
      outbound: repeating({
        outbound: open.outbound,
        clock: systemClock,
        sleep: async (ms) => {
          waits.push(ms);
          open.addPerson(BOT, 'askdesk.bot', 'bot');
        },
        random: () => 0.5,
      }),
    });
    await chat.post(ours);
    expect(await chat.post({ ...ours, id: 'ourMessage000002' })).toBe('posted');
    expect(waits).toHaveLength(1);
    expect(open.shown(OPS)).toHaveLength(2);
  });

  it.each(WAYS_TO_REMOVE)('never writes again what a moderator took away: %s', async (way) => {
    const chat = open.chat();
    await chat.post(ours);
    const before = systemClock.now();
    open.remove(OURS, way);
    expect(await chat.message(OURS)).toBeUndefined();
    expect(await chat.wasRemoved(OURS, OPS, before)).toBe(true);
    expect(await chat.change({ ...ours, text: 'again' })).toBe('gone');
    expect(asked('chat.update')).toBe(0);
    // Of all ways only one frees the id.
    if (way !== 'erased') expect(await chat.post(ours)).toBe('there');
    expect(open.shown(OPS)).toEqual([]);
  });

  it('finds what was taken away among many others, though its clock is behind', async () => {
    const chat = open.chat();
    for (let i = 0; i < 250; i++)
      await Promise.resolve(open.fake.writer.send(MIRA, { _id: `old${i}`, rid: OPS, msg: 'old' }));
    await chat.post(ours);
    for (let i = 0; i < 250; i++) open.remove(`old${i}`, 'erased');
    open.remove(OURS, 'erased');
    expect(await chat.wasRemoved(OURS, OPS, systemClock.now() + 60_000)).toBe(true);
    expect(asked('chat.getDeletedMessages')).toBe(3);
    expect(await chat.wasRemoved('neverThere000001', OPS, 0)).toBe(false);
  });

  it('takes a text that the server refuses as too long for a defect', async () => {
    open.fake.set('Message_MaxAllowedSize', 100);
    const text = 'x'.repeat(101);
    const chat = open.chat();
    expect(await chat.post({ ...ours, text }).catch(asFault)).toMatchObject({
      code: 'DEFECT_UNKNOWN',
    });
    await chat.post(ours);
    const changed = await chat.change({ ...ours, text }).catch(asFault);
    expect(changed).toMatchObject({ code: 'DEFECT_UNKNOWN' });
  });

  it.each([
    ['archived', { archived: true }],
    ['read-only', { ro: true }],
    ['one that muted us', { muted: ['askdesk.bot'] }],
    ['encrypted', { encrypted: true }],
  ])('is refused in a room that is %s, in both eras', async (_, change) => {
    open.fake.state.rooms.change(OPS, change);
    for (const era of ['9', 'before 9'] as const) {
      open.fake.era = era;
      expect(await open.chat().post(ours)).toBe('refused');
    }
    expect(open.shown(OPS)).toEqual([]);
  });

  it('asks once for each person who reacted, and for no more than a hundred', async () => {
    await open.chat().post(ours);
    const usernames = Array.from({ length: 120 }, (_, i) => `person.${i}`);
    for (const name of usernames) open.addPerson(`id of ${name}`, name, 'user');
    open.fake.state.messages.change(OURS, {
      reactions: { ':+1:': { usernames }, ':-1:': { usernames: ['person.0'] } },
    });
    const read = await open.chat().message(OURS);
    expect(read?.reactions.map(({ people }) => people.length)).toEqual([100, 1]);
    expect(read?.reactions[1]?.people).toEqual(['id of person.0']);
    expect(asked('users.info')).toBe(100);
  });

  it('stays out of a discussion whose room opts out, or is not for us', async () => {
    const { state } = open.fake;
    open.addRoom({ id: 'discussion000001', form: 'group', members: [MIRA, BOT] });
    state.rooms.change('discussion000001', { prid: OPS });
    const optsOut = async () => (await open.chat().room('discussion000001'))?.optsOut;
    expect(await optsOut()).toBe(false);
    state.rooms.change(OPS, { announcement: 'please #no-innkeeper' });
    expect(await optsOut()).toBe(true);
    state.rooms.change(OPS, { announcement: '' });
    state.leave(BOT, OPS);
    expect(await optsOut()).toBe(true);
  });

  it.each([
    ['an app', { blocks: [{ type: 'section', appId: 'poll' }] }],
    ['an integration, as old servers say it', { bot: { i: 'x' } }],
    ['an integration, as new ones do', { bot: true }],
    ['the server itself', { u: { _id: 'rocket.cat', username: 'rocket.cat' } }],
  ])('knows %s for a machine', async (_, change) => {
    await open.chat().post(ours);
    open.fake.state.messages.change(OURS, change);
    expect(await open.chat().message(OURS)).toMatchObject({ isByMachine: true });
  });

  it('takes what was written by an account that is gone for what a person wrote', async () => {
    await open.chat().post(ours);
    const u = { _id: 'rocket.cat', username: 'rocket.cat' };
    open.fake.state.messages.change(OURS, { u, alias: 'Somebody of old' });
    expect(await open.chat().message(OURS)).toMatchObject({ isByMachine: false });
  });

  it('begins no direct talk with an account that is switched off, or with itself', async () => {
    open.fake.state.users.change(MIRA, { active: false });
    expect(await open.chat().directRoomWith(MIRA)).toBeUndefined();
    expect(await open.chat().directRoomWith(BOT)).toBeUndefined();
    expect(asked('im.create')).toBe(0);
  });
});
