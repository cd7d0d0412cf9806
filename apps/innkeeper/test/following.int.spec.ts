import { streamErasedV1 } from '#libs/contracts';
import { databaseName, describePeer } from '#libs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Document } from 'mongodb';

import {
  BOT,
  CHANNEL,
  fixture,
  openChat,
  runListener,
  until,
  type Chat,
  type RunningListener,
} from './running-listener.js';

const FIRST = 'chat_message/rocketchat.main.dpvgJibBLeMzEAEtR';

describe('the role with nothing to follow', () => {
  it('is ready, lists nothing and touches nothing', async () => {
    const idle = await runListener({});
    const ready = await fetch(`${idle.url}/health/ready`);
    const { roles, backends } = (await ready.json()) as Record<string, { name: string }[]>;
    expect(ready.status).toBe(200);
    expect(roles?.map(({ name }) => name)).toContain(
      'change-stream-listener/intake.hints.v1--capture',
    );
    expect(backends?.map(({ name }) => name)).toEqual(['sqlite']);
    expect((await idle.ask('viewer', '/api/capture')).body).toEqual({ items: [] });
    expect((await idle.parts.leases.list()).map(({ name }) => name)).not.toContainEqual(
      expect.stringMatching(/^capture/),
    );
    await idle.stop();
  });
});

describePeer('mongodb', 'following Rocket.Chat', (peer) => {
  let chat: Chat;
  let listener: RunningListener;

  beforeAll(async () => {
    const { url } = await peer.shared();
    const name = databaseName();
    chat = await openChat(url, name);
    listener = await runListener({
      INNKEEPER_ROCKETCHAT_MONGODB_URL: url,
      INNKEEPER_ROCKETCHAT_MONGODB_DATABASE: name,
      INNKEEPER_ROCKETCHAT_USER_ID: BOT,
      INNKEEPER_ROCKETCHAT_STAFF: 'admin',
    });
  });
  afterAll(async () => {
    await listener.stop();
    await chat.close();
  });

  const messages = () => listener.listed('admin', 'chat_message');
  const textOf = async (id: string): Promise<unknown> =>
    (await messages()).find((one) => one['id'] === `rocketchat.main.${id}`)?.['text'];
  const phases = async (): Promise<readonly unknown[]> => {
    const { body } = await listener.ask('viewer', '/api/capture');
    return (body['items'] as unknown as { phase: string }[]).map(({ phase }) => phase);
  };

  /** What was erased meanwhile is named in the log, by its id and nothing else. */
  const toldTo = async (role: 'operator' | 'viewer'): Promise<readonly unknown[]> => {
    const { body } = await listener.ask(role, '/api/facts?limit=200');
    const facts = (body as unknown as { readonly items: readonly { readonly type: string }[] })
      .items;
    return facts.filter(({ type }) => type !== streamErasedV1.type);
  };

  it('reads what is there, then follows what changes: a message, an edit, a deletion', async () => {
    await until(async () => (await phases()).every((phase) => phase === 'stream'));
    await until(async () => (await messages()).length === 1);
    const collection = chat.db.collection<{ _id: string }>('rocketchat_message');
    const written = { ...fixture('message-01-plain'), _id: 'newMessage0000001', msg: 'Towels?' };
    await collection.insertOne(written);
    await until(async () => (await textOf('newMessage0000001')) === 'Towels?');
    await collection.updateOne({ _id: written._id }, { $set: { msg: 'Towels are out.' } });
    await until(async () => (await textOf('newMessage0000001')) === 'Towels are out.');
    await collection.deleteOne({ _id: written._id });
    await until(async () => (await messages()).length === 1);
  });

  it('has the room, its members and the people, and nothing of a room that it is not in', async () => {
    await until(async () => (await listener.listed('admin', 'chat_member')).length === 2);
    await until(async () => (await listener.listed('admin', 'chat_user')).length === 2);
    const rooms = await listener.listed('admin', 'chat_room');
    expect(rooms.map(({ id }) => id)).toEqual([`rocketchat.main.${CHANNEL}`]);
  });

  it('never takes along what is secret there', async () => {
    await until(async () => (await listener.listed('admin', 'chat_user')).length === 2);
    const shown = JSON.stringify(await listener.ask('admin', '/api/facts?limit=200'));
    expect(shown).not.toMatch(/bcrypt|hashedToken|resume|services|lastMessage/);
  });

  it('shows the chat to administrators alone, and writes down who read what', async () => {
    await until(async () => (await messages()).length === 1);
    for (const role of ['viewer', 'operator'] as const) {
      expect(await listener.listed(role, 'chat_message')).toEqual([]);
      for (const path of [`/api/records/${FIRST}`, `/api/links/${FIRST}`])
        expect((await listener.ask(role, path)).status).toBe(404);
      expect(JSON.stringify(await toldTo(role))).not.toContain('chat_message');
    }
    const before = listener.events.filter((event) => event === 'record.shown').length;
    expect((await listener.ask('admin', `/api/records/${FIRST}`)).status).toBe(200);
    const after = listener.events.filter((event) => event === 'record.shown').length;
    expect(after).toBe(before + 1);
  });

  it('shows the page of a message by the rooms of who asks', async () => {
    const page = async (name: string) =>
      (await listener.ask('viewer', `/api/pages/${FIRST}`, name)).status;
    await until(async () => (await page('maya.keller')) === 200);
    expect(await page('nobody.known')).toBe(404);
    const { body } = await listener.ask('viewer', `/api/pages/${FIRST}`, 'maya.keller');
    expect(body).toMatchObject({ kind: 'chat_message', history: [] });
  });

  it('has of what we write where it stands, how many reacted and how it went, and no word or name', async () => {
    const collection = chat.db.collection<{ _id: string }>('rocketchat_message');
    const _id = 'answerOfOurs00001';
    const written = { ...fixture('message-17-reactions-feedback'), _id, msg: 'PLANTED 0' };
    const change = (fields: Document) => collection.updateOne({ _id }, { $set: fields });
    const by = (...usernames: string[]) => change({ 'reactions.:+1:': { usernames } });
    const count = (facts: number) =>
      until(async () => (await listener.saidOfAnswer(_id)).facts.length >= facts);
    await collection.insertOne({ ...written, reactions: {} } as never);
    await count(1);
    // It grows, and nobody is told.
    for (let i = 1; i < 10; i++)
      await change({ msg: `PLANTED ${i}`, md: [], editedAt: new Date(), _updatedAt: new Date() });
    await by('maya.keller');
    await count(2);
    // Another person, and as many.
    await by('ines.duarte');
    await count(3);
    await change({ _hidden: true });
    await count(4);
    const { facts, said } = await listener.saidOfAnswer(_id);
    const one = [{ count: 1, name: ':+1:' }];
    expect(said.map(({ reactions, reason }) => reactions ?? reason)).toEqual([
      ...[undefined, one, one, 'hidden'],
    ]);
    expect(said[1]).toMatchObject({
      message: `rocketchat.main.${_id}`,
      room: `rocketchat.main.${CHANNEL}`,
      thread: 'rocketchat.main.99JXrtu9SiMi5dsrH',
    });
    expect(facts.every(({ personal }) => personal === undefined)).toBe(true);
    expect(JSON.stringify(facts)).not.toMatch(/PLANTED|maya|ines/);
    expect((await messages()).map(({ id }) => id)).not.toContain(`rocketchat.main.${_id}`);
    expect(JSON.stringify(await toldTo('viewer'))).not.toContain(_id);
  });

  it('says of what we wrote that it is gone, in each way in which a chat deletes', async () => {
    const collection = chat.db.collection<{ _id: string }>('rocketchat_message');
    const { _id: _own, ...ours } = fixture('message-17-reactions-feedback');
    const ways = ['removed', 'hidden', 'emptied', 'copied'] as const;
    for (const way of ways) await collection.insertOne({ _id: `answer-${way}`, ...ours });
    const said = async (way: string) => (await listener.saidOfAnswer(`answer-${way}`)).reasons;
    await until(async () => (await Promise.all(ways.map(said))).every(({ length }) => length > 0));
    await collection.deleteOne({ _id: 'answer-removed' });
    await collection.updateOne({ _id: 'answer-hidden' }, { $set: { _hidden: true } });
    const emptied = { $set: { t: 'rm', msg: '', reactions: {}, attachments: [] } };
    await collection.updateOne({ _id: 'answer-emptied' }, emptied);
    const copy = { ...ours, _hidden: true, parent: 'answer-copied' };
    await collection.insertOne({ _id: 'copyOfAnswer', ...copy });
    await collection.updateOne({ _id: 'answer-copied' }, emptied);
    for (const [way, reason] of [
      ...ways.slice(0, 3).map((one) => [one, one]),
      ['copied', 'emptied'],
    ])
      await until(async () => (await said(way ?? '')).at(-1) === reason);
    expect((await listener.saidOfAnswer('copyOfAnswer')).facts).toEqual([]);
  });

  it('says what of the database is missing: nothing', async () => {
    const { body } = await listener.ask('operator', '/api/capture/check');
    expect(body).toMatchObject({ well: true });
  });
});

describePeer('mongodb', 'following another collection', (peer) => {
  it('makes notices of its documents, and forgets what was deleted there', async () => {
    const { url } = await peer.shared();
    const name = databaseName();
    const planner = await openChat(url, name);
    const jobs = planner.db.collection<{
      _id: number;
      kind: string;
      title: string;
      secret?: string;
    }>('jobs');
    await jobs.insertMany([
      { _id: 1, kind: 'repair', title: 'The lamp is broken', secret: 'do not take' },
      { _id: 2, kind: 'other', title: 'Not followed' },
    ]);
    const followed = {
      ...{ name: 'jobs', database: name, collection: 'jobs', url },
      ...{ filter: { kind: 'repair' }, fields: ['kind'], subject: 'title' },
    };
    const listener = await runListener({ INNKEEPER_FOLLOW: JSON.stringify([followed]) });
    const notices = () => listener.listed('viewer', 'notice');
    await until(async () => (await notices()).length === 1);
    expect(await notices()).toMatchObject([
      { id: 'jobs.main.1', source: 'jobs', subject: 'The lamp is broken' },
    ]);
    expect(JSON.stringify(await notices())).not.toContain('do not take');
    await jobs.updateOne({ _id: 2 }, { $set: { kind: 'repair' } });
    await until(async () => (await notices()).length === 2);
    await jobs.deleteOne({ _id: 1 });
    await until(async () => (await notices()).length === 1);
    await listener.stop();
    await planner.close();
  });
});
