import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';
import { FakeRocketchat } from '#libs/testing';

import { BOT, runListener, until, type RunningListener } from './running-listener.js';

const TOKEN = 'a-token-of-the-bot';
const MAYA = 'dXTXykkhp6cLxjnXK';
const WINDOW_MS = 60_000;

const pageOf = (id: string): string => `/api/pages/chat_message/rocketchat.main.${id}`;

/** A Rocket.Chat of which we have nothing but the access of a bot, and the platform that follows it. */
class RestChat {
  /** How far the chat's clock for its limits is behind. */
  behindMs = 0;
  #fake: FakeRocketchat | undefined;
  #listener: RunningListener | undefined;

  async start(...roles: string[]): Promise<void> {
    const clock = { now: () => Date.now() - this.behindMs };
    this.#fake = await FakeRocketchat.start({ clock, userId: BOT, authToken: TOKEN });
    const { state } = this.#fake;
    this.addBot(...roles);
    const maya = { _id: MAYA, username: 'maya.keller', name: 'Maya Keller', type: 'user' };
    state.users.set(MAYA, { ...maya, active: true, roles: ['user'] });
    state.users.set('rocket.cat', { ...maya, _id: 'rocket.cat', active: true, roles: ['bot'] });
    for (const [_id, t] of [...Object.entries({ lobby: 'c', office: 'p', elsewhere: 'p' })])
      state.rooms.set(_id, { _id, t, name: _id, msgs: 1, _updatedAt: new Date().toISOString() });
    for (const room of ['lobby', 'office']) state.join(BOT, room);
    state.join(MAYA, 'lobby');
    this.say('first', 'The towels are in the lobby.');
    this.say('secret', 'Nobody invited the bot.', 'elsewhere');
  }

  async follow(): Promise<void> {
    this.#listener = await runListener({
      INNKEEPER_ROCKETCHAT_URL: this.fake.url,
      INNKEEPER_ROCKETCHAT_USER_ID: BOT,
      INNKEEPER_ROCKETCHAT_AUTH_TOKEN: TOKEN,
      INNKEEPER_OUTBOUND_ALLOWED: '127.0.0.1',
    });
  }

  get fake(): FakeRocketchat {
    if (!this.#fake) throw new Error('the chat was not started');
    return this.#fake;
  }

  get listener(): RunningListener {
    if (!this.#listener) throw new Error('nobody follows');
    return this.#listener;
  }

  addBot(...roles: string[]): void {
    const bot = { _id: BOT, username: 'askdesk.bot', type: 'user', active: true, roles };
    this.fake.state.users.set(BOT, bot);
  }

  say(_id: string, msg: string, rid = 'lobby', more: Readonly<Record<string, string>> = {}): void {
    const u = { _id: MAYA, username: 'maya.keller', name: 'Maya Keller' };
    this.fake.state.write({ _id, rid, msg, u, ...more }, Date.now());
  }

  /** What the messages are that are records, by id. */
  async texts(): Promise<Readonly<Record<string, unknown>>> {
    const shown = await this.listener.listed('admin', 'chat_message');
    return Object.fromEntries(
      shown.map(({ id, text }) => [(id as string).replace('rocketchat.main.', ''), text]),
    );
  }

  async told(id: string, text: string | undefined): Promise<void> {
    await until(async () => (await this.texts())[id] === text);
  }

  async page(name: string, id = 'first'): Promise<number> {
    return (await this.listener.askUntilTold('viewer', pageOf(id), name)).status;
  }

  async feeds(): Promise<readonly { name: string; phase: string; code?: string }[]> {
    return (await this.listener.ask('viewer', '/api/capture')).body['items'] as never;
  }

  async stop(): Promise<void> {
    await this.#listener?.stop();
    await this.#fake?.close();
  }
}

describe('following Rocket.Chat by its API alone', () => {
  const chat = new RestChat();
  beforeAll(async () => {
    await chat.start('bot');
    await chat.follow();
  });
  afterAll(() => chat.stop());

  it('has the messages of the rooms that the account is in, then what changes: a message, an edit, deletions', async () => {
    await chat.told('first', 'The towels are in the lobby.');
    chat.say('second', 'Tea?', 'office');
    chat.say('third', 'Coffee?');
    await chat.told('second', 'Tea?');
    await chat.told('third', 'Coffee?');
    chat.say('second', 'Tea is ready.', 'office', { editedAt: new Date().toISOString() });
    await chat.told('second', 'Tea is ready.');
    chat.fake.state.erase('second', Date.now());
    await chat.told('second', undefined);
    // What a chat leaves of a message whose deletion it shows.
    chat.say('third', '', 'lobby', { t: 'rm' });
    await chat.told('third', undefined);
    expect(Object.keys(await chat.texts())).toEqual(['first']);
  });

  it('has these rooms too, and nothing of any other', async () => {
    const rooms = async () =>
      (await chat.listener.listed('admin', 'chat_room')).map(({ id }) => id);
    await until(async () => (await rooms()).length === 2);
    expect((await rooms()).sort()).toEqual(['rocketchat.main.lobby', 'rocketchat.main.office']);
    const facts = await chat.listener.ask('admin', '/api/facts?limit=200');
    expect(JSON.stringify(facts.body)).not.toContain('elsewhere');
  });

  it('has the messages of a room once the account is invited, and not once it is removed', async () => {
    chat.fake.state.join(BOT, 'elsewhere');
    await chat.told('secret', 'Nobody invited the bot.');
    chat.fake.state.leave(BOT, 'elsewhere');
    await chat.told('secret', undefined);
  });

  it('shows a message to the members of its room, as they are at the moment of the question', async () => {
    await until(async () => (await chat.page('maya.keller')) === 200);
    expect(await chat.page('nobody.known')).toBe(404);
    chat.fake.state.leave(MAYA, 'lobby');
    expect(await chat.page('maya.keller')).toBe(404);
    chat.fake.state.join(MAYA, 'lobby');
    await until(async () => (await chat.page('maya.keller')) === 200);
  });

  it('shows nothing while the server is away, says so, and has what was written meanwhile', async () => {
    chat.fake.outage = 502;
    chat.say('away', 'Written while nobody answered.');
    await until(async () =>
      (await chat.feeds()).every(({ code }) => code === 'CAPTURE_UNREACHABLE'),
    );
    for (const path of [pageOf('first'), '/api/records/chat_message']) {
      const { status, body } = await chat.listener.ask('viewer', path, 'maya.keller');
      expect([status, body['code']]).toEqual([503, 'DIRECTORY_UNAVAILABLE']);
    }
    chat.fake.outage = undefined;
    await chat.told('away', 'Written while nobody answered.');
    await until(async () =>
      (await chat.feeds()).every(({ code, phase }) => !code && phase === 'stream'),
    );
    await until(async () => (await chat.page('maya.keller', 'away')) === 200);
  });

  it('has of what the account writes how many reacted and that it went, also in a direct room', async () => {
    const { state } = chat.fake;
    const rid = 'direct-of-two';
    state.rooms.set(rid, { _id: rid, t: 'd', msgs: 0, _updatedAt: new Date().toISOString() });
    for (const user of [BOT, MAYA]) state.join(user, rid);
    const u = { _id: BOT, username: 'askdesk.bot' };
    const ours = { _id: 'answerOfOurs00001', rid, u, tmid: 'first' };
    const write = (msg: string, more: JsonObject = {}) =>
      state.write({ ...ours, msg, ...more }, Date.now());
    const by = (...usernames: string[]) => ({ reactions: { ':-1:': { usernames } } });
    const count = (facts: number) =>
      until(async () => (await chat.listener.saidOfAnswer(ours._id)).facts.length >= facts);
    write('PLANTED');
    await count(1);
    write('PLANTED, and more', { editedAt: new Date().toISOString() });
    chat.fake.writer.react(MAYA, ours._id, ':-1:');
    await count(2);
    write('PLANTED, and more', by('ines.duarte'));
    await count(3);
    state.erase(ours._id, Date.now());
    await count(4);
    const { facts, said } = await chat.listener.saidOfAnswer(ours._id);
    const one = [{ count: 1, name: ':-1:' }];
    expect(said.map(({ reactions, reason }) => reactions ?? reason)).toEqual([
      ...[undefined, one, one, 'removed'],
    ]);
    expect(JSON.stringify(facts)).not.toMatch(/PLANTED|maya|ines/);
    expect(Object.keys(await chat.texts())).not.toContain(ours._id);
  });

  it('says what is missing for it: nothing', async () => {
    const { body } = await chat.listener.ask('operator', '/api/capture/check');
    expect(body).toMatchObject({ well: true });
  });
});

describe('following Rocket.Chat as an account that it limits', () => {
  const chat = new RestChat();
  afterAll(() => chat.stop());

  it('waits as long as it is told to, and leaves nothing out', async () => {
    await chat.start('user');
    // So a window of a minute has three seconds left for those who are told its end.
    chat.behindMs = WINDOW_MS - 3_000;
    await chat.follow();
    await until(() => Promise.resolve(chat.fake.throttled > 0));
    chat.behindMs = 0;
    chat.say('limited', 'Written while we had to wait.');
    // Who may read it would be asked there too, within the same limit.
    const streams = async () =>
      (await chat.listener.parts.log.read(0, 100)).map((one) => one.stream);
    for (const id of ['first', 'limited'])
      await until(async () => (await streams()).includes(`chat_message/rocketchat.main.${id}`));
    expect(chat.fake.throttled).toBeLessThan(10);
    const { body } = await chat.listener.ask('operator', '/api/capture/check');
    expect(JSON.stringify(body)).toContain('the role bot');
  });
});
