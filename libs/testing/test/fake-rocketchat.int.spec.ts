import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FakeRocketchat, ManualClock, type ChatThing } from '#libs/testing';

type Called = { readonly status: number; readonly body: Record<string, unknown> };

const BOT = 'bot-id';
const documents: [string, unknown][] = [];
let clock: ManualClock;
let chat: FakeRocketchat;

const call = async (
  who: string,
  name: string,
  body?: object,
  token = `t-${who}`,
): Promise<Called> => {
  const response = await fetch(`${chat.url}/api/v1/${name}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'x-user-id': who, 'x-auth-token': token },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const post = (who: string, message: object, more: object = {}): Promise<Called> =>
  call(who, 'chat.sendMessage', { message: { rid: 'ops', ...message }, previewUrls: [], ...more });

const stored = (id: string): ChatThing => chat.state.messages.get(id) ?? {};

beforeEach(async () => {
  documents.length = 0;
  clock = new ManualClock();
  chat = await FakeRocketchat.start({
    ...{ clock, userId: BOT, authToken: `t-${BOT}` },
    documents: {
      put: async (collection, document) => {
        documents.push([collection, document]);
      },
      remove: async (collection, id) => {
        documents.push([collection, id]);
      },
    },
  });
  const { state } = chat;
  for (const [_id, username, role] of [
    [BOT, 'innkeeper', 'bot'],
    ['maya', 'maya', 'user'],
    ['tomas', 'tomas', 'user'],
  ] as const) {
    state.users.set(_id, { _id, username, type: 'user', active: true, roles: [role] });
    if (_id !== BOT) chat.signIn(_id, `t-${_id}`);
  }
  state.rooms.set('ops', { _id: 'ops', t: 'c', name: 'ops' });
  state.rooms.set('money', { _id: 'money', t: 'p', name: 'money' });
  for (const who of [BOT, 'maya', 'tomas']) state.join(who, 'ops');
  for (const who of [BOT, 'maya']) state.join(who, 'money');
});

afterEach(() => chat.close());

describe('one message by one id', () => {
  it('takes the first only, and again after a deletion for good', async () => {
    expect((await post(BOT, { _id: 'a1', msg: 'one' })).status).toBe(200);
    expect(await post(BOT, { _id: 'a1', msg: 'two' })).toMatchObject({ status: 400 });
    chat.repeated = 'without message';
    const again = await post(BOT, { _id: 'a1', msg: 'two' });
    expect(again).toEqual({ status: 200, body: { success: true } });
    expect(stored('a1')).toMatchObject({ msg: 'one' });
    chat.writer.takeAway('a1', 'maya');
    expect((await post(BOT, { _id: 'a1', msg: 'three' })).status).toBe(200);
  });

  it('does what it does not answer', async () => {
    chat.losesAnswerOf = (name) => name === 'chat.sendMessage';
    await expect(post(BOT, { _id: 'a1', msg: 'one' })).rejects.toThrow();
    expect(stored('a1')).toMatchObject({ msg: 'one' });
  });

  it('hangs a reply to a reply under the root, and counts it there', async () => {
    await post('maya', { _id: 'q', msg: 'where?' });
    await post('tomas', { _id: 'r', msg: 'here', tmid: 'q' });
    await post(BOT, { _id: 'a', msg: 'there', tmid: 'r' });
    expect(stored('a')).toMatchObject({ tmid: 'q' });
    expect(stored('q')).toMatchObject({ tcount: 2, replies: ['maya', 'tomas', BOT] });
  });
});

describe('what is refused', () => {
  it.each([
    ['somebody without a token', () => post('nobody', { msg: 'x' }), 401, undefined],
    ['a room of others', () => post('tomas', { rid: 'money', msg: 'x' }), 403, 'error-forbidden'],
    [
      'a long text',
      () => post(BOT, { msg: 'x'.repeat(5_001) }),
      400,
      'error-message-size-exceeded',
    ],
    ['a note of the system', () => post(BOT, { msg: 'x', t: 'uj' }), 400, 'error-invalid-params'],
    ['a bot that mentions all', () => post(BOT, { msg: '@all' }), 400, 'error-action-not-allowed'],
    [
      'unknown keys',
      () => call(BOT, 'chat.postMessage', { roomId: 'ops', _id: 'x' }),
      400,
      'error-invalid-params',
    ],
    ['integrations, to a bot', () => call(BOT, 'integrations.list'), 403, 'error-forbidden'],
  ])('%s', async (_what, attempt, status, errorType) => {
    const answer = await attempt();
    expect(answer.status).toBe(status);
    expect(answer.body['errorType']).toBe(errorType);
  });

  it('says forbidden as 400 before 9', async () => {
    chat.era = 'before 9';
    const answer = await post('tomas', { rid: 'money', msg: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { errorType: 'error-not-allowed' } });
  });

  it.each([
    ['read-only', { ro: true }],
    ['muted', { muted: ['innkeeper'] }],
    ['archived', { archived: true }],
    ['encrypted', { encrypted: true }],
  ])('a room that is %s', async (_what, change) => {
    chat.state.rooms.change('ops', change);
    expect((await post(BOT, { msg: 'x' })).status).toBe(400);
  });

  it('lets a person call ten times a minute, and a bot always', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await call('maya', 'me')).status);
    expect(statuses).toEqual([...Array<number>(10).fill(200), 429]);
    for (let i = 0; i < 11; i++) expect((await call(BOT, 'me')).status).toBe(200);
    clock.pass(60_001);
    expect((await call('maya', 'me')).status).toBe(200);
  });
});

describe('what an answer could give away', () => {
  it('quotes what its own links name, whoever reads the room', async () => {
    await post('maya', { _id: 's', rid: 'money', msg: 'rent is 900' });
    await post(BOT, { _id: 'a', msg: `see ${chat.url}/group/money?msg=s` });
    expect(stored('a')).toMatchObject({ attachments: [{ text: 'rent is 900' }] });
    await post(BOT, { _id: 'b', msg: `see ${chat.url}/group/money?msg=s`, parseUrls: false });
    expect(stored('b')).not.toHaveProperty('attachments');
  });

  it('quotes at an edit, too', async () => {
    await post('maya', { _id: 's', rid: 'money', msg: 'rent is 900' });
    await post(BOT, { _id: 'a', msg: 'wait' });
    const text = `see ${chat.url}/group/money?msg=s`;
    await call(BOT, 'chat.update', { roomId: 'ops', msgId: 'a', text, previewUrls: [] });
    expect(stored('a')).toMatchObject({ attachments: [{ text: 'rent is 900' }] });
  });

  it('keeps account of what the bot wrote, with the mentions in it', async () => {
    await post(BOT, { _id: 'a', msg: 'hi @maya (@tomas) a@maya' });
    await call(BOT, 'chat.update', { roomId: 'ops', msgId: 'a', text: '@all' });
    await post('maya', { msg: '@tomas' });
    const at = clock.now();
    expect(chat.sent).toEqual([
      {
        call: 'chat.sendMessage',
        room: 'ops',
        id: 'a',
        text: 'hi @maya (@tomas) a@maya',
        at,
        status: 200,
        mentions: ['maya', 'tomas'],
      },
      {
        call: 'chat.update',
        room: 'ops',
        id: 'a',
        text: '@all',
        at,
        status: 400,
        mentions: ['all'],
      },
    ]);
  });
});

describe('edits, deletions, reactions', () => {
  it('edits own messages only, unless a right says more', async () => {
    await post('maya', { _id: 'q', msg: 'where?' });
    const edit = { roomId: 'ops', msgId: 'q', text: 'who?' };
    expect((await call('tomas', 'chat.update', edit)).status).toBe(403);
    expect((await call('maya', 'chat.update', edit)).status).toBe(200);
    expect(stored('q')).toMatchObject({ msg: 'who?', editedBy: { username: 'maya' } });
    chat.state.join('tomas', 'ops', undefined, ['moderator']);
    expect((await call('tomas', 'chat.update', { ...edit, text: 'when?' })).status).toBe(200);
  });

  it.each([
    [false, false, undefined, []],
    [true, false, { _hidden: true, msg: 'where?' }, []],
    [false, true, { t: 'rm', msg: '' }, []],
    [true, true, { t: 'rm', msg: '' }, [{ _hidden: true, msg: 'where?' }]],
  ])('deletes with history %s and sign %s', async (keeps, shows, left, copies) => {
    chat.set('Message_KeepHistory', keeps);
    chat.set('Message_ShowDeletedStatus', shows);
    await post('maya', { _id: 'q', msg: 'where?' });
    await call('maya', 'chat.delete', { roomId: 'ops', msgId: 'q' });
    const found = chat.state.messages.get('q');
    if (left) expect(found).toMatchObject(left);
    else expect(found).toBeUndefined();
    const kept = [...chat.state.messages.values()].filter(({ parent }) => parent === 'q');
    expect(kept).toMatchObject(copies);
    const gone = await call('maya', `chat.getDeletedMessages?roomId=ops&since=1970-01-01`);
    expect(gone.body['messages']).toEqual(left ? [] : [{ _id: 'q' }]);
  });

  it('leaves the root of a thread standing empty', async () => {
    await post('maya', { _id: 'q', msg: 'where?' });
    await post(BOT, { _id: 'a', msg: 'here', tmid: 'q' });
    await call('maya', 'chat.delete', { roomId: 'ops', msgId: 'q' });
    expect(stored('q')).toMatchObject({ t: 'rm', msg: '', tcount: 1 });
  });

  it('lets no bot delete what it wrote, as no right says so', async () => {
    await post(BOT, { _id: 'a', msg: 'x' });
    expect((await call(BOT, 'chat.delete', { roomId: 'ops', msgId: 'a' })).status).toBe(403);
  });

  it('keeps reactions by names of accounts until the last is gone', async () => {
    await post(BOT, { _id: 'a', msg: 'x' });
    const react = (who: string, emoji: string) =>
      call(who, 'chat.react', { messageId: 'a', emoji });
    await react('maya', ':+1:');
    await react('tomas', '+1');
    expect(stored('a')['reactions']).toEqual({ ':+1:': { usernames: ['maya', 'tomas'] } });
    await react('maya', '+1');
    await react('tomas', '+1');
    expect(stored('a')).not.toHaveProperty('reactions');
  });
});

it('tells the database of each change in order, with times as dates', async () => {
  await post('maya', { _id: 'q', msg: 'where?' });
  await call('maya', 'chat.delete', { roomId: 'ops', msgId: 'q' });
  chat.state.leave('tomas', 'ops');
  await chat.written();
  const ofMessages = documents.filter(([name]) => name === 'rocketchat_message');
  expect(ofMessages).toEqual([
    ['rocketchat_message', expect.objectContaining({ _id: 'q', ts: expect.any(Date) })],
    ['rocketchat_message', 'q'],
  ]);
  expect(documents).toContainEqual(['rocketchat_subscription', 'ops-tomas']);
  expect(documents).toContainEqual([
    'rocketchat__trash',
    expect.objectContaining({ _id: 'q', __collection__: 'message', _deletedAt: expect.any(Date) }),
  ]);
});

it('makes one direct room of two, whoever asks', async () => {
  const made = await call(BOT, 'im.create', { username: 'maya' });
  const again = await call('maya', 'im.create', { username: 'innkeeper' });
  expect(again.body['room']).toEqual(made.body['room']);
});
