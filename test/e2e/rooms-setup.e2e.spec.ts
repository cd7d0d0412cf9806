import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { systemClock, type JsonObject } from '#libs/kernel';
import { FakeRocketchat, type HookPost } from '#libs/testing';

import { saidIn } from './harness/answering-rooms.js';
import { DataFolder } from './harness/data-folder.js';
import { Operator, until } from './harness/outside.js';
import { PageSteps } from './harness/page-steps.js';
import type { Environment } from './harness/platform-process.js';
import { Program, type Ended } from './harness/program.js';

const page = new PageSteps('docs/how-to/answer-in-rocketchat.md');
const ADMIN = 'admin0000000000001';
const COLLEAGUE = 'colleague00000001';
const TEAM = 'team0000000000001';
const TOKEN = 'the-personal-access-token';
const LIMITED_MS = 10_000;
const HOOK_TOKENS = ['token-of-the-first-hook', 'token-of-the-second-hook'];

/** What stands in the form, as the chat keeps it. */
const integrationOf = (column: number): JsonObject => {
  const form = page.column('2. Integrations', column);
  const rooms = page.column('2. Integrations', 1);
  const of = (name: string) => (form[name] === 'the same' ? rooms[name] : form[name]) ?? '';
  const words = of('Trigger words');
  expect([of('Event trigger'), of('Enabled')]).toEqual(['Message Sent', 'on']);
  return {
    ...{ _id: `hook${column}`, type: 'webhook-outgoing', name: `Innkeeper ${column}` },
    ...{ event: 'sendMessage', enabled: true, channel: of('Channel').split(',') },
    triggerWords: words === 'none' ? [] : words.split(','),
    triggerWordAnywhere: of('Word anywhere') === 'on',
    ...{ urls: [of('URLs')], username: of('Post as'), token: HOOK_TOKENS[column - 1] ?? '' },
    retryFailedCalls: of('Retry failed calls').startsWith('on'),
    ...{ retryCount: 4, retryDelay: 'powers-of-two', runOnEdits: false },
    scriptEnabled: !of('Script, run on edits').startsWith('off'),
  };
};

describe('the page about answers in Rocket.Chat, followed word by word', () => {
  const folder = new DataFolder();
  const settings = page.settings('3. Settings');
  const bot = settings['INNKEEPER_ROCKETCHAT_USER_ID'] ?? '';
  const name = integrationOf(1)['username'] as string;
  let fake: FakeRocketchat;
  let program: Program;
  let environment: Environment;

  /** The address of the page leads to the platform of this test. */
  const hookPost: HookPost = async (url, body) => {
    const { pathname, origin } = new URL(url);
    expect(origin).toBe(settings['INNKEEPER_PUBLIC_URL']);
    const answer = await fetch(`${program.url}${pathname}`, {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json' } },
    });
    const contentType = answer.headers.get('content-type') ?? '';
    return { status: answer.status, contentType, body: await answer.text() };
  };

  const addUser = (_id: string, username: string, roles: string[]): void =>
    void fake.state.users.set(_id, {
      ...{ _id, username, name: username, roles, type: 'user', active: true, emails: [] },
    });

  const check = (): Promise<Ended> => Program.run('innkeeper', environment, ['chat', 'check']);

  /**
   * As a person checks who is told to wait and to look again. The wait was asked for while the account was limited, and
   * holds for a while after it got its role: on a slow machine also where nobody looks for it.
   */
  const checkWhenAsked = async (): Promise<Ended> => {
    for (;;) {
      const ended = await check();
      const missing = ended.stdout.split('\n').filter((each) => each.startsWith('✖'));
      const waits = missing.map((each) => /asked us to wait, .*for (\d+) s\./u.exec(each)?.[1]);
      if (missing.length === 0 || waits.includes(undefined)) return ended;
      await delay(Math.max(...waits.map(Number)) * 1_000);
    }
  };

  beforeAll(async () => {
    fake = await FakeRocketchat.start({
      ...{ clock: systemClock, userId: bot, authToken: 'not made yet', hookPost },
    });
    // A minute in the chat; longer than any call of ours waits by itself.
    fake.set('API_Enable_Rate_Limiter_Limit_Time_Default', LIMITED_MS);
    fake.signOut(bot);
    addUser(ADMIN, 'boss', ['admin', 'user']);
    addUser(COLLEAGUE, 'lena.frost', ['user']);
    fake.state.rooms.set(TEAM, { _id: TEAM, t: 'p', name: 'team', msgs: 0 });
    fake.state.join(COLLEAGUE, TEAM);
  });
  afterAll(async () => {
    await program.end();
    await fake.close();
    folder.remove();
  });

  it('1. makes an account', () => {
    addUser(bot, name, ['user', 'bot']);
    expect(fake.rights.may(bot, 'create-personal-access-tokens')).toBe(true);
    fake.signIn(bot, TOKEN);
    fake.state.users.change(bot, { roles: ['bot'] });
    fake.state.permissions.change('view-full-other-user-info', { roles: ['admin', 'bot'] });
    fake.state.join(bot, TEAM);
  });

  it('2. makes two integrations', () => {
    for (const column of [1, 2]) {
      const integration = integrationOf(column);
      fake.state.integrations.set(integration['_id'] as string, integration);
    }
    expect(fake.state.integrations.get('hook2')).toMatchObject({ channel: [`@${name}`] });
  });

  it('3. sets what the block says, and starts', async () => {
    const { INNKEEPER_ROCKETCHAT_AUTH_TOKEN_FILE, INNKEEPER_ROCKETCHAT_TOKENS_FILE, ...rest } =
      settings;
    expect(INNKEEPER_ROCKETCHAT_AUTH_TOKEN_FILE).toMatch(/^\.\/secrets\//u);
    expect(INNKEEPER_ROCKETCHAT_TOKENS_FILE).toMatch(/^\.\/secrets\//u);
    const files = {
      token: folder.file('rocketchat-token'),
      hooks: folder.file('rocketchat-hooks'),
    };
    writeFileSync(files.token, TOKEN);
    writeFileSync(files.hooks, HOOK_TOKENS.join(','));
    environment = {
      ...folder.settings,
      ...rest,
      INNKEEPER_ROCKETCHAT_AUTH_TOKEN_FILE: files.token,
      INNKEEPER_ROCKETCHAT_TOKENS_FILE: files.hooks,
      INNKEEPER_ROCKETCHAT_URL: fake.url,
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.0/8',
    };
    program = await Program.start('innkeeper', environment);
  });

  it('4. finds nothing missing', async () => {
    expect(page.toCopy('4. Check')).toBe('npx innkeeper chat check');
    const { code, stdout } = await check();
    expect(stdout).toMatch(/^✔ chat: The token works, and belongs to @innkeeper\.$/mu);
    expect(stdout).not.toContain('✖');
    expect(code).toBe(0);
  });

  it('5. is answered in a room and directly', async () => {
    const staff = new Operator(
      () => program.url,
      folder.secret('issuer'),
      'operator',
      'lena.frost',
    );
    const text = '# Fuse box\n\nThe fuse box of Quay House is behind the coats.\n';
    await staff.post('/api/notes', { name: 'fuse', text });
    await until(
      'the note is a record',
      async () => (await staff.get('/api/records/note/notes.main.fuse')).status === 200,
    );
    const direct = fake.chatRooms.direct(COLLEAGUE, [name])['_id'] as string;
    const asked = page.toCopy('5. Ask');
    for (const [rid, msg] of [
      [TEAM, asked],
      [TEAM, asked.replace('!ask', `@${name}`)],
      [direct, asked.replace('!ask ', '')],
    ] as const) {
      const id = fake.writer.send(COLLEAGUE, { rid, msg })?.['_id'] as string;
      await until(`${msg} is answered`, async () =>
        [...fake.state.messages.values()].some(
          (one) =>
            (one['u'] as { _id: string })._id === bot &&
            saidIn(one).includes('behind the coats') &&
            saidIn(one, 'ts') >= saidIn(fake.state.messages.get(id), 'ts'),
        ),
      );
      const heard = fake.hooks.history.filter(({ message }) => message === id);
      expect(heard.map(({ status }) => status)).toEqual([200]);
    }
  });

  /** What somebody did to the chat, what is said of it, and whether something is missing then. */
  const troubles: readonly (readonly [string, () => () => void, RegExp, number])[] = [
    ['no role bot', () => changed({ roles: ['user'] }), /role bot/u, 1],
    [
      'an account whose calls are used up',
      () => {
        const permission = 'api-bypass-rate-limit';
        const before = fake.state.permissions.get(permission)?.['roles'] ?? [];
        fake.state.permissions.change(permission, { roles: ['admin'] });
        fake.set('API_Enable_Rate_Limiter_Limit_Calls_Default', 0);
        return () => {
          fake.state.permissions.change(permission, { roles: before });
          fake.set('API_Enable_Rate_Limiter_Limit_Calls_Default', 10);
        };
      },
      /✖ chat: The chat asked us to wait, .* for \d+ s\. The role bot/u,
      1,
    ],
    [
      'an account that is switched off',
      () => changed({ active: false }),
      /✖ chat:.*switched off/u,
      1,
    ],
    [
      'an account in no room',
      () => {
        fake.state.leave(bot, TEAM);
        return () => fake.state.join(bot, TEAM);
      },
      /✖ chat:.*\/invite @innkeeper/u,
      1,
    ],
    [
      'a token that was taken back',
      () => {
        fake.signOut(bot);
        return () => fake.signIn(bot, TOKEN);
      },
      /✖ platform:.*INNKEEPER_ROCKETCHAT_AUTH_TOKEN/u,
      1,
    ],
    [
      'a room to read only',
      () => {
        fake.state.rooms.change(TEAM, { ro: true });
        return () => void fake.state.rooms.change(TEAM, { ro: false });
      },
      /! chat: It may not write in #team/u,
      0,
    ],
    [
      'an integration with other words',
      () => {
        const permission = 'manage-outgoing-integrations';
        fake.state.permissions.change(permission, { roles: ['admin', 'bot'] });
        const words = fake.state.integrations.get('hook1')?.['triggerWords'] ?? [];
        fake.state.integrations.change('hook1', { triggerWords: ['!other'] });
        const second = fake.state.integrations.get('hook2') ?? {};
        fake.state.integrations.delete('hook2');
        return () => {
          fake.state.integrations.change('hook1', { triggerWords: words });
          fake.state.integrations.set('hook2', second);
          fake.state.permissions.change(permission, { roles: ['admin'] });
        };
      },
      /! chat: The integration does not know @innkeeper, !ask/u,
      0,
    ],
    [
      'no integration',
      () => {
        const permission = 'manage-outgoing-integrations';
        fake.state.permissions.change(permission, { roles: ['admin', 'bot'] });
        const all = [...fake.state.integrations.values()];
        fake.state.integrations.clear();
        return () => {
          for (const each of all) fake.state.integrations.set(each['_id'] as string, each);
          fake.state.permissions.change(permission, { roles: ['admin'] });
        };
      },
      /✖ chat: No outgoing integration posts to https:\/\/innkeeper\.example\.org\/webhooks/u,
      1,
    ],
    [
      'a chat that does not answer',
      () => {
        fake.outage = 503;
        return () => (fake.outage = undefined);
      },
      /✖ chat: The chat does not answer/u,
      1,
    ],
  ];

  const changed = (how: JsonObject): (() => void) => {
    fake.state.users.change(bot, how);
    return () => void fake.state.users.change(bot, { roles: ['bot'], active: true });
  };

  it.each(troubles)('names what is wrong: %s', async (_, make, says, code) => {
    const mend = make();
    const found = await check();
    mend();
    expect(found.stdout).toMatch(says);
    expect(found.code).toBe(code);
    const after = await checkWhenAsked();
    expect(after.stdout).not.toContain('✖');
    expect(after.code).toBe(0);
  });
});
