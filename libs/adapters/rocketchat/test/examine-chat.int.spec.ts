import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { RestRocketchatChatOptions } from '#libs/adapters/rocketchat';
import { fault, Secret, systemClock, type JsonObject } from '#libs/kernel';
import type { ChatObstacle } from '#libs/ports/chat';

import { BOT, openAnsweringChat, type AnsweringChat } from './answering-chat.js';

const MIRA = 'personMira000001';
const HOOK = 'https://innkeeper.example/webhooks/rocketchat';

const INTEGRATION: JsonObject = {
  _id: 'hook1',
  ...{ type: 'webhook-outgoing', name: 'questions', enabled: true, event: 'sendMessage' },
  ...{ urls: [`${HOOK}/`], channel: ['#ops', '@askdesk.bot'], token: 'a token' },
  ...{ triggerWords: ['@askdesk.bot', '!ask'], retryFailedCalls: true, scriptEnabled: false },
};

describe('an examination of the chat', () => {
  let open: AnsweringChat;

  beforeEach(async () => {
    open = await openAnsweringChat({ era: 'before 9', repeated: 'fails' });
    open.addPerson(MIRA, 'mira.keller', 'user');
    open.addRoom({ id: 'ops', form: 'group', members: [MIRA, BOT] });
    open.addRoom({ id: 'lobby', form: 'channel', members: [MIRA, BOT] });
    for (const each of ['manage-outgoing-integrations', 'view-full-other-user-info'])
      open.fake.state.permissions.set(each, { _id: each, roles: ['admin', 'bot'] });
    post({});
  });

  afterEach(() => open.close());

  const post = (change: JsonObject): void =>
    void open.fake.state.integrations.set('hook1', { ...INTEGRATION, ...change });

  const examined = (more: Partial<RestRocketchatChatOptions> = {}) =>
    open.chat({ webhookUrl: HOOK, ...more }).examine();

  const found = async (more?: Partial<RestRocketchatChatOptions>): Promise<readonly string[]> =>
    (await examined(more)).obstacles.map(said);

  const said = ({ kind, side, text }: ChatObstacle): string => `${kind} ${side} ${text}`;

  it('finds nothing where all is well, and says what it looked at', async () => {
    expect(await examined()).toEqual({
      obstacles: [],
      well: [
        'Rocket.Chat 8.4.0 answers at its address.',
        'The token works, and belongs to @askdesk.bot.',
        'No limit of calls holds @askdesk.bot up.',
        '@askdesk.bot is in #n-lobby, #n-ops.',
        'An integration posts new messages to us.',
        'It knows all words that ask: @askdesk.bot, !ask.',
      ],
    });
  });

  /** What somebody did to the chat, and the one thing that is said of it. */
  const troubles: readonly (readonly [string, () => void, RegExp])[] = [
    [
      'a token that nobody knows',
      () => open.fake.signOut(BOT),
      /^missing platform .*INNKEEPER_ROCKETCHAT_AUTH_TOKEN .*INNKEEPER_ROCKETCHAT_USER_ID\.$/,
    ],
    [
      'an account that is switched off',
      () => open.fake.state.users.change(BOT, { active: false }),
      /^missing chat .*@askdesk\.bot is switched off/,
    ],
    [
      'an account that may not see who is active',
      () =>
        open.fake.state.permissions.set('view-full-other-user-info', {
          ...{ _id: 'view-full-other-user-info', roles: ['admin'] },
        }),
      /^missing chat .*view-full-other-user-info/,
    ],
    [
      'an account that is an administrator',
      () => open.fake.state.users.change(BOT, { roles: ['bot', 'admin'] }),
      /^advice chat .*Take the role admin away/,
    ],
    [
      'an account that may not begin direct messages',
      () => open.fake.state.permissions.set('create-d', { _id: 'create-d', roles: ['admin'] }),
      /^advice chat .*create-d/,
    ],
    [
      'an account in no room',
      () => ['ops', 'lobby'].forEach((room) => open.fake.state.leave(BOT, room)),
      /^missing chat .*\/invite @askdesk\.bot/,
    ],
    [
      'a room that is read-only',
      () => open.fake.state.rooms.change('lobby', { ro: true }),
      /^advice chat It may not write in #n-lobby: /,
    ],
    [
      'a room that muted the account',
      () => open.fake.state.rooms.change('ops', { muted: ['askdesk.bot'] }),
      /^advice chat It may not write in #n-ops: /,
    ],
    [
      'a room that is encrypted',
      () => open.fake.state.rooms.change('ops', { encrypted: true }),
      /^advice chat Nobody is answered in encrypted rooms: #n-ops: /,
    ],
    [
      'a room that opted out',
      () => open.fake.state.rooms.change('ops', { topic: '#no-innkeeper' }),
      /^advice chat Nobody is answered in rooms that opted out: #n-ops: /,
    ],
    [
      'a server that takes short messages only',
      () => open.fake.set('Message_MaxAllowedSize', 2_000),
      /^missing chat .*2000 characters.*Message_MaxAllowedSize to 5000/,
    ],
    [
      'a server on which nobody edits',
      () => open.fake.set('Message_AllowEditing', false),
      /^missing chat .*Message_AllowEditing/,
    ],
    [
      'a server on which edits end',
      () => open.fake.set('Message_AllowEditing_BlockEditInMinutes', 5),
      /^advice chat .*after 5 minutes.*to 0/,
    ],
    [
      'no integration',
      () => open.fake.state.integrations.delete('hook1'),
      /^missing chat No outgoing integration posts to https:\/\/innkeeper\.example\/webhooks\/rocketchat/,
    ],
    [
      'an integration that posts elsewhere',
      () => post({ urls: ['https://elsewhere.example'] }),
      /No outgoing/,
    ],
    [
      'an integration that is off',
      () => post({ enabled: false }),
      /^missing chat .*switched off: enable/,
    ],
    [
      'an integration at another event',
      () => post({ event: 'fileUploaded' }),
      /^missing chat .*another event/,
    ],
    ['an integration without a token', () => post({ token: '' }), /^missing chat .*no token/],
    [
      'an integration that gives up',
      () => post({ retryFailedCalls: false }),
      /^advice chat .*Retry Failed Calls/,
    ],
    ['an integration with a script', () => post({ scriptEnabled: true }), /^advice chat .*script/],
    [
      'an integration that posts all direct messages',
      () => post({ channel: ['#ops', 'all_direct_messages'] }),
      /^advice chat .*replace all_direct_messages by @askdesk\.bot/,
    ],
    [
      'an integration without direct messages to the account',
      () => post({ channel: ['#ops'] }),
      /^advice chat .*add @askdesk\.bot to the channels/,
    ],
    [
      'an integration without a word that asks',
      () => post({ triggerWords: ['@askdesk.bot', '!asking'] }),
      /^advice chat The integration does not know !ask: /,
    ],
  ];

  it.each(troubles)('names %s, and nothing else', async (_, trouble, text) => {
    trouble();
    expect(await found()).toEqual([expect.stringMatching(text)]);
  });

  it('says that calls are limited, and looks at the rest all the same', async () => {
    open.fake.state.users.change(BOT, { roles: ['user'] });
    open.fake.state.permissions.set('manage-outgoing-integrations', {
      ...{ _id: 'manage-outgoing-integrations', roles: ['user'] },
    });
    const all = await found({ asksRights: false });
    expect(all).toEqual([expect.stringMatching(/^advice chat .*ten times a minute.*role bot/)]);
  });

  it('says how to look by hand at integrations that it may not see, and never that they are missing', async () => {
    open.fake.state.permissions.set('manage-outgoing-integrations', {
      ...{ _id: 'manage-outgoing-integrations', roles: ['admin'] },
    });
    const [byHand, ...others] = await found();
    expect(others).toEqual([]);
    expect(byHand).toMatch(/^advice chat .*Look by hand/);
    for (const part of [HOOK, '@askdesk.bot, !ask', 'Message Sent', 'token', 'retries'])
      expect(byHand).toContain(part);
    // It sees its own ones only, which say nothing of those of an administrator.
    open.fake.state.permissions.set('manage-own-outgoing-integrations', {
      ...{ _id: 'manage-own-outgoing-integrations', roles: ['bot'] },
    });
    expect(await found()).toEqual([byHand]);
  });

  it('takes the words of several integrations together', async () => {
    post({ channel: ['#ops'], triggerWords: ['!ask'] });
    const other = { _id: 'hook2', channel: ['@askdesk.bot'], triggerWords: [] };
    open.fake.state.integrations.set('hook2', { ...INTEGRATION, ...other });
    expect(await found()).toEqual([]);
  });

  it('names what is missing on our side', async () => {
    expect(await found({ hasToken: false })).toEqual([
      expect.stringMatching(/^missing platform .*INNKEEPER_ROCKETCHAT_TOKENS/),
    ]);
    const late = { now: () => systemClock.now() + 600_000 };
    expect(await found({ clock: late })).toEqual([
      expect.stringMatching(/^advice chat .*clocks .* 60\d s apart/),
    ]);
    expect(await found({ authToken: new Secret('another') })).toEqual([
      expect.stringMatching(/^missing platform The chat does not know this token/),
    ]);
  });

  it('says what is new since 9.0, and has nothing against it', async () => {
    open.fake.era = '9';
    const { obstacles, well } = await examined();
    expect(obstacles).toEqual([]);
    expect(well[0]).toMatch(
      /^Rocket\.Chat 9\.0\.0 answers at its address\. Since 9\.0 .*licence\.$/,
    );
  });

  it('ends where nothing answers, or something else', async () => {
    open.fake.outage = 502;
    expect(await found()).toEqual([
      expect.stringMatching(/^missing chat The chat does not answer/),
    ]);
    open.fake.outage = 200;
    expect(await found()).toEqual([expect.stringMatching(/^missing platform .*no Rocket\.Chat/)]);
    open.fake.outage = undefined;
    expect(await found({ url: 'http://127.0.0.1:1' })).toEqual([
      expect.stringMatching(/^missing chat .*OUTBOUND_UNREACHABLE/),
    ]);
    expect(await found({ url: 'http://10.0.0.1' })).toEqual([
      expect.stringMatching(/^missing platform .*INNKEEPER_OUTBOUND_ALLOWED/),
    ]);
  });

  it('says that it was interrupted', async () => {
    open.fake.delayOf = async (call) =>
      void (open.fake.outage = call === 'rooms.get' ? 503 : undefined);
    expect(await found()).toEqual([
      expect.stringMatching(/^missing chat The chat stopped answering/),
    ]);
  });

  /** A way to the chat on which a call of this name waits, for longer than anybody waits here. */
  const pausedAt = (call: string): Partial<RestRocketchatChatOptions> => ({
    outbound: {
      async send(request) {
        if (request.url.includes(call)) throw fault('OUTBOUND_THROTTLED', { retryAfterMs: 41_500 });
        return open.outbound.send(request);
      },
    },
  });

  it.each([
    ['/api/info', 'it'],
    ['/rooms.get', 'the rest'],
  ])(
    'says for how long the chat asked it to wait, at %s, and not that it is away',
    async (call, what) => {
      const [waits, ...others] = await found(pausedAt(call));
      expect(others).toEqual([]);
      expect(waits).toMatch(
        new RegExp(
          `^missing chat The chat asked us to wait, so ${what} was not .* for 42 s\\. .*role bot`,
        ),
      );
    },
  );

  it('changes nothing in the chat', async () => {
    await examined();
    expect(open.fake.sent).toEqual([]);
  });
});
