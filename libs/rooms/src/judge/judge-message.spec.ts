import { describe, expect, it } from '@jest/globals';

import type { RoomMessage, TalkRoom } from '#libs/ports/chat';

import { isRoomOfTwo, judgeMessage, type MessageToJudge } from './judge-message.js';

const self = { id: 'BOT', userName: 'inn.keeper' };
const channel: TalkRoom = {
  id: 'R1',
  form: 'channel',
  isEncrypted: false,
  optsOut: false,
  people: [],
};
const direct: TalkRoom = { ...channel, id: 'D1', form: 'direct', people: ['BOT', 'ana'] };
const nothing = { sort: 'nothing' };
const question = (text: string) => ({ sort: 'question', text });
const command = (fields: object) => ({ sort: 'command', command: fields });

const judge = (
  text: string,
  {
    message = {},
    ...others
  }: Partial<Omit<MessageToJudge, 'message'>> & { readonly message?: Partial<RoomMessage> } = {},
) =>
  judgeMessage({
    message: {
      id: 'M1',
      room: 'R1',
      author: 'ana',
      authorUserName: 'ana',
      isByMachine: false,
      text,
      at: 1,
      mentions: [],
      reactions: [],
      ...message,
    },
    room: channel,
    self,
    triggers: ['!ask', '?', 'Wirt'],
    thread: undefined,
    now: 1_000,
    ...others,
  });

describe('what a message wants of us', () => {
  it.each([
    ['!ask where is the fuse box?', 'where is the fuse box?'],
    ['  !ASK: where?', 'where?'],
    ['wirt, wo ist der Sicherungskasten?', 'wo ist der Sicherungskasten?'],
    ['?where', 'where'],
    ['!ask\nwhere\nis it', 'where\nis it'],
    ['!ask @inn.keeper where', 'where'],
    ['@inn.keeper where', 'where'],
    ['@Inn.Keeper: where', 'where'],
    ['hello @inn.keeper, where is it', 'hello , where is it'],
    ['where is it @inn.keeper?', 'where is it ?'],
    ['where is it @inn.keeper.', 'where is it .'],
  ])('is a question after a trigger or with our name: %j', (text, asked) => {
    expect(judge(text)).toEqual(question(asked));
  });

  it.each([
    'where is the fuse box?',
    '!asking is free',
    'wirtschaft',
    'say !ask to ask',
    'mail to me@inn.keeper.example',
    '@inn.keepers where',
    '@inn.keeper.two where',
    '@inn where',
    '',
  ])('is nothing without: %j', (text) => {
    expect(judge(text)).toEqual(nothing);
  });

  it('is a question when the chat says that it mentions us, by a name that we had', () => {
    expect(judge('@old where', { message: { mentions: ['BOT'] } })).toEqual(question('@old where'));
  });

  it('is a question in a room of two, and not in a direct room with others', () => {
    expect(judge('where', { room: direct })).toEqual(question('where'));
    const three = { ...direct, people: ['BOT', 'ana', 'bo'] };
    expect(judge('where', { room: three })).toEqual(nothing);
    expect(judge('!ask where', { room: three })).toEqual(question('where'));
    expect([direct, three, channel].map((room) => isRoomOfTwo(room, self))).toEqual([
      ...[true, false, false],
    ]);
  });

  it('is nothing by a machine, by us, or where we stay out', () => {
    const said = [
      judge('!ask x', { message: { isByMachine: true } }),
      judge('!ask x', { message: { author: 'BOT' } }),
      judge('!ask x', { room: { ...channel, form: 'livechat' } }),
      judge('!ask x', { room: { ...channel, isEncrypted: true } }),
      judge('!ask x', { room: { ...channel, optsOut: true } }),
    ];
    expect(said).toEqual(said.map(() => nothing));
  });

  it('goes on without a trigger in a thread for who asked there, and for nobody else', () => {
    const thread = {
      id: 'R1/T',
      dialogues: [{ person: 'ana', conversation: 'c', lastAt: 1 }],
      awaited: [],
    };
    const inThread = { thread, message: { thread: 'T' } };
    expect(judge('and the water?', inThread)).toEqual(question('and the water?'));
    expect(judge('', inThread)).toEqual(nothing);
    expect(judge('archive', inThread)).toEqual(question('archive'));
    const over = (why: 'archived' | 'another') => ({
      ...inThread,
      thread: { ...thread, dialogues: [{ ...thread.dialogues[0]!, over: why }] },
    });
    expect(judge('and the water?', over('another'))).toEqual(question('and the water?'));
    expect(judge('and the water?', over('archived'))).toEqual(nothing);
    const bo = { thread, message: { thread: 'T', author: 'bo' } };
    expect(judge('and the water?', bo)).toEqual(nothing);
    expect(judge('!ask and the water?', bo)).toEqual(question('and the water?'));
  });

  it('cuts a question that is too long, and no sign in two', () => {
    const long = judge(`!ask ${'a'.repeat(3_999)}😀`);
    expect(long).toEqual(question('a'.repeat(3_999)));
    expect(judge(`!ask ${'a'.repeat(4_000)}`)).toEqual(question('a'.repeat(4_000)));
  });
});

describe('a reason that somebody was asked for', () => {
  const thread = {
    id: 'R1/T',
    dialogues: [{ person: 'ana', conversation: 'c', lastAt: 1 }],
    awaited: [{ person: 'ana', message: 'Q1', until: 2_000 }],
  };
  const reason = { sort: 'reason', about: 'Q1', text: 'It is in the hall' };
  const inThread = { thread, message: { thread: 'T' } };

  it('is the next message of that person in time', () => {
    expect(judge('It is in the hall', inThread)).toEqual(reason);
    expect(judge('It is in the hall', { ...inThread, now: 2_000 })).toEqual(
      question('It is in the hall'),
    );
    const bo = { thread, message: { thread: 'T', author: 'bo' } };
    expect(judge('It is in the hall', bo)).toEqual(nothing);
  });

  it('is none if the message speaks to us first', () => {
    expect(judge('!ask It is in the hall', inThread)).toEqual(question('It is in the hall'));
    expect(judge('@inn.keeper what', inThread)).toEqual(question('what'));
  });

  it('stays the message that it was, and the one after it asks again', () => {
    const said = { ...thread, awaited: [{ ...thread.awaited[0]!, saidIn: 'M1' }] };
    const again = { thread: said, message: { thread: 'T' }, now: 9_000 };
    expect(judge('It is in the hall', again)).toEqual(reason);
    const next = { thread: said, message: { thread: 'T', id: 'M2' } };
    expect(judge('and now?', next)).toEqual(question('and now?'));
  });
});

describe('a command', () => {
  it.each([
    ['!ask', { does: 'help' }],
    ['@inn.keeper', { does: 'help' }],
    ['!ask help', { does: 'help' }],
    ['!ask Hilfe!', { does: 'help', language: 'de' }],
    ['!ask list', { does: 'list', language: 'en' }],
    ['!ask lista', { does: 'list' }],
    ['!ask search mine  fuse  box', { does: 'search', words: 'fuse box', language: 'en' }],
    ['!ask search mine', { does: 'help', language: 'en' }],
    ['!ask rename Mill House', { does: 'rename', title: 'Mill House', language: 'en' }],
    ['!ask zmień nazwę Młyn', { does: 'rename', title: 'Młyn', language: 'pl' }],
    ['!ask archive.', { does: 'archive', language: 'en' }],
    ['@inn.keeper new', { does: 'new', language: 'en' }],
  ])('is meant by %j', (text, meant) => {
    expect(judge(text)).toEqual(command(meant));
  });

  it.each([
    'list all guests of Friday',
    'new guests today?',
    'helpful numbers?',
    'search the garage',
    'archives of 2024',
    'renames?',
  ])('is not meant by %j', (text) => {
    expect(judge(`!ask ${text}`)).toEqual(question(text));
  });

  it('needs no trigger in a room of two, and our name at the end is no trigger', () => {
    expect(judge('archive', { room: direct })).toEqual(
      command({ does: 'archive', language: 'en' }),
    );
    expect(judge('', { room: direct })).toEqual(command({ does: 'help' }));
    expect(judge('archive @inn.keeper')).toEqual(question('archive'));
  });
});
