import { expect } from '@jest/globals';

import { asFault } from '#libs/kernel';

import {
  CLOSED,
  codeOf,
  JON,
  LONG_AGO,
  MIRA,
  using,
  type ChatBehaviour,
  type ChatHarness,
} from './chat-harness.contract.js';
import { LONGEST_CHAT_TEXT } from './chat.port.js';

/** A word joiner: it may keep a server from knowing an address for one of its own. */
const UNSEEN = '\u2060';
const OURS = 'ourMessage000001';
const ours = { id: OURS, room: CLOSED, text: 'One moment' };

const idsIn = async ({ shownIn }: Pick<ChatHarness, 'shownIn'>): Promise<readonly string[]> =>
  (await shownIn(CLOSED)).map(({ id }) => id);

const postsOnce: ChatBehaviour = (make) =>
  using(make, async ({ chat, shownIn }) => {
    expect(await chat.post(ours)).toBe('posted');
    expect(await chat.post(ours)).toBe('there');
    expect(await chat.post({ ...ours, text: 'Another text' })).toBe('there');
    const atOnce = [1, 2, 3].map(() => chat.post({ ...ours, id: 'ourMessage000002' }));
    expect((await Promise.all(atOnce)).sort()).toEqual(['posted', 'there', 'there']);
    expect(await shownIn(CLOSED)).toMatchObject([
      { id: OURS, text: 'One moment' },
      { id: 'ourMessage000002' },
    ]);
  });

const postsOnceThoughUnanswered: ChatBehaviour = (make) =>
  using(make, async ({ chat, loseAnswer, shownIn }) => {
    loseAnswer('post');
    expect(await codeOf(chat.post(ours))).toBe('CHAT_UNAVAILABLE');
    expect(await chat.message(OURS)).toMatchObject({ text: 'One moment' });
    expect(await chat.post(ours)).toBe('there');
    expect(await idsIn({ shownIn })).toEqual([OURS]);
  });

const postsIntoThreads: ChatBehaviour = (make) =>
  using(make, async ({ chat, write, shownIn }) => {
    const root = await write({ room: CLOSED, author: MIRA, text: 'Where are the keys?' });
    const reply = await write({ room: CLOSED, author: JON, text: 'I ask too', thread: root });
    await chat.post({ ...ours, thread: root });
    await chat.post({ ...ours, id: 'ourMessage000002', thread: reply });
    const threads = (await shownIn(CLOSED)).map(({ thread }) => thread);
    expect(threads).toEqual([undefined, root, root, root]);
    expect(await chat.message(OURS)).toMatchObject({ thread: root });
  });

const showsTextAsGiven: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, write, addressOf, shownIn }) => {
    const secret = await write({ room: CLOSED, author: MIRA, text: 'the code of the safe' });
    const address = addressOf(secret);
    const texts = [
      `**Keys** are *here* [1](https://house.example/r/a%20b?c=d#e)\n\n- one\n- \`two\``,
      `See ${address} and [ ](${address}) and https://house.example/picture.png`,
      `[more](${address.replace('msg=', 'a=b&%6Dsg=')}) <${address}|keys>`,
      `@all @here @jon <b>&amp;</b> :+1: ||spoiler|| Grüße 李 🗝️`,
      'x'.repeat(LONGEST_CHAT_TEXT),
    ];
    for (const [i, text] of texts.entries()) {
      await chat.post({ id: `ourMessage00010${i}`, room: CLOSED, text });
      await chat.post({ ...ours, id: `ourMessage00020${i}` });
      await chat.change({ id: `ourMessage00020${i}`, room: CLOSED, text });
    }
    const shown = (await shownIn(CLOSED)).filter(({ author }) => author === own.id);
    const read = await Promise.all(shown.map(({ id }) => chat.message(id)));
    expect(read.map((each) => each?.text)).toEqual(texts.flatMap((text) => [text, text]));
    // Nothing that a person sees was added.
    const seen = shown.map(({ text }) => text.replaceAll(UNSEEN, ''));
    expect(seen).toEqual(texts.flatMap((text) => [text, text]));
    expect(shown.map(({ hung }) => hung)).toEqual(shown.map(() => 0));
  });

const changesItsOwn: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, write, shownIn, loseAnswer }) => {
    await chat.post(ours);
    const change = (text: string, id = OURS) => chat.change({ id, room: CLOSED, text });
    expect(await change('The keys are')).toBe('changed');
    expect(await change('The keys are')).toBe('changed');
    loseAnswer('change');
    const lost = await codeOf(change('The keys are in the safe'));
    expect(['CHAT_UNAVAILABLE', 'answered']).toContain(lost);
    expect(await change('The keys are in the safe')).toBe('changed');
    const text = 'The keys are in the safe';
    expect(await shownIn(CLOSED)).toMatchObject([{ id: OURS, author: own.id, text }]);
    const theirs = await write({ room: CLOSED, author: MIRA, text: 'Mine' });
    expect(await change('Yours', theirs)).toBe('refused');
    expect((await chat.message(theirs))?.text).toBe('Mine');
    expect(await change('x', 'neverThere000001')).toBe('gone');
  });

const saysWhatWasRemoved: ChatBehaviour = (make) =>
  using(make, async ({ chat, remove, waysToRemove, write, shownIn }) => {
    const wasRemoved = (id: string) => chat.wasRemoved(id, CLOSED, LONG_AGO);
    for (const [i, way] of waysToRemove.entries()) {
      const id = `ourMessage00030${i}`;
      expect([way, await wasRemoved(id)]).toEqual([way, false]);
      await chat.post({ ...ours, id });
      expect([way, await wasRemoved(id)]).toEqual([way, false]);
      await remove(id, way);
      expect([way, await wasRemoved(id)]).toEqual([way, true]);
      expect(await chat.change({ ...ours, id, text: 'again' })).toBe('gone');
    }
    const theirs = await write({ room: CLOSED, author: MIRA, text: 'Mine' });
    expect(await wasRemoved(theirs)).toBe(false);
    expect(await idsIn({ shownIn })).toEqual([theirs]);
  });

const isRefusedNotBroken: ChatBehaviour = (make) =>
  using(make, async ({ chat, own, addRoom, removeRoom, setReadOnly, leave, join, shownIn }) => {
    await chat.post(ours);
    const post = (id: string, room = CLOSED) => chat.post({ id, room, text: 'May I?' });
    const change = () => chat.change({ ...ours, text: 'May I?' });
    await setReadOnly(CLOSED, true);
    expect(await post('ourMessage000002')).toBe('refused');
    expect([await chat.post(ours), await change()]).toEqual(['there', 'refused']);
    await setReadOnly(CLOSED, false);
    await leave(CLOSED);
    expect([await post('ourMessage000003'), await change()]).toEqual(['refused', 'refused']);
    // Nobody knows what became of a message there, also of one that there never was.
    expect(await chat.wasRemoved(OURS, CLOSED, LONG_AGO)).toBe(true);
    expect(await chat.wasRemoved('neverThere000001', CLOSED, LONG_AGO)).toBe(true);
    await join(CLOSED);
    expect(await chat.wasRemoved(OURS, CLOSED, LONG_AGO)).toBe(false);
    expect(await post('ourMessage000004')).toBe('posted');
    await addRoom({ id: 'roomToBeGone0001', form: 'channel', members: [own.id] });
    await removeRoom('roomToBeGone0001');
    expect(await post('ourMessage000005', 'roomToBeGone0001')).toBe('refused');
    expect(await chat.wasRemoved('ourMessage000005', 'roomToBeGone0001', LONG_AGO)).toBe(true);
    expect(await idsIn({ shownIn })).toEqual([OURS, 'ourMessage000004']);
  });

const everyCall = ({ chat }: ChatHarness): readonly Promise<string>[] =>
  [
    ...[chat.message(OURS), chat.room(CLOSED), chat.wasRemoved(OURS, CLOSED, LONG_AGO)],
    ...[chat.post({ ...ours, id: 'ourMessage000002' }), chat.change(ours)],
    chat.directRoomWith(MIRA),
  ].map(codeOf);

const isNoAnswerWhenAway: ChatBehaviour = (make) =>
  using(make, async (harness) => {
    await harness.chat.post(ours);
    for (const [trouble, code] of [
      ['away', 'CHAT_UNAVAILABLE'],
      ['refusing us', 'CHAT_CREDENTIALS_REFUSED'],
    ] as const) {
      await harness.trouble(trouble);
      expect(await Promise.all(everyCall(harness))).toEqual(Array(6).fill(code));
      await harness.trouble(undefined);
      expect(await harness.chat.message(OURS)).toMatchObject({ text: 'One moment' });
    }
    expect(await idsIn(harness)).toEqual([OURS]);
    const codes = await Promise.all(everyCall(harness));
    expect(codes).toEqual(Array(6).fill('answered'));
  });

const saysHowLongToWait: ChatBehaviour = (make) =>
  using(make, async ({ chat, trouble, shownIn }) => {
    await trouble('waiting');
    const failed = await chat.post(ours).catch(asFault);
    expect(failed).toMatchObject({ code: 'CHAT_UNAVAILABLE' });
    const { retryAfterMs = 0 } = failed as ReturnType<typeof asFault>;
    expect(retryAfterMs).toBeGreaterThan(30_000);
    expect(retryAfterMs).toBeLessThanOrEqual(41_000);
    await trouble(undefined);
    expect(await idsIn({ shownIn })).toEqual([]);
    expect(await chat.post(ours)).toBe('posted');
  });

const takesUnfitTextForADefect: ChatBehaviour = (make) =>
  using(make, async ({ chat, shownIn }) => {
    await chat.post(ours);
    for (const text of ['', ' \n', 'x'.repeat(LONGEST_CHAT_TEXT + 1), 'half \ud83d']) {
      expect(await codeOf(chat.post({ ...ours, id: 'ourMessage000002', text }))).toBe(
        'DEFECT_UNKNOWN',
      );
      expect(await codeOf(chat.change({ ...ours, text }))).toBe('DEFECT_UNKNOWN');
    }
    expect(await shownIn(CLOSED)).toMatchObject([{ id: OURS, text: 'One moment' }]);
  });

export const writingBehaviours: Readonly<Record<string, ChatBehaviour>> = {
  'posts a message once, however often it is told to': postsOnce,
  'writes one message though nobody answered the first time': postsOnceThoughUnanswered,
  'posts into a thread, which has no threads of its own': postsIntoThreads,
  'shows a text as it is given, and nothing of what its addresses lead to': showsTextAsGiven,
  'changes what is its own, as often as it is told to': changesItsOwn,
  'says of what was removed that it was, whichever way': saysWhatWasRemoved,
  'takes a room that it may not write in for an outcome': isRefusedNotBroken,
  'answers nothing in the place of an answer, and answers when the chat is back':
    isNoAnswerWhenAway,
  'says how long the chat asks to wait': saysHowLongToWait,
  'takes a text that no chat takes for a defect': takesUnfitTextForADefect,
};
