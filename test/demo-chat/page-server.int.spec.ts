import { pathToFileURL } from 'node:url';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { FakeRocketchat } from '#libs/testing';

import { openDemoChat, type DemoChat } from './chat-of-the-demo.js';
import { BOT, people, places } from './demo-rooms.js';
import { startChatPage, type ChatPage } from './page-server.js';
import type { PageView } from './page-view.js';

const idOf = (userName: string): string =>
  people.find((each) => each.userName === userName)?.id ?? '';
const roomOf = (name: string): string => places.find((each) => each.name === name)?.id ?? '';

let demo: DemoChat;
let page: ChatPage;

beforeEach(async () => {
  demo = await openDemoChat(FakeRocketchat);
  page = await startChatPage({
    ...{ chat: demo.chat, port: 0, note: 'a note' },
    folder: pathToFileURL(`${process.cwd()}/test/demo-chat/page/`).href,
    tokenFor: (userName) => Promise.resolve(`token of ${userName}`),
  });
});

afterEach(async () => {
  await page.close();
  await demo.close();
});

const view = async (userName: string, room: string): Promise<PageView> => {
  const response = await fetch(`${page.url}/api/view?as=${idOf(userName)}&room=${roomOf(room)}`);
  return (await response.json()) as PageView;
};

const act = async (userName: string, room: string, what: object) => {
  const response = await fetch(`${page.url}/api/do`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ as: idOf(userName), room: roomOf(room), ...what }),
  });
  return (await response.json()) as { readonly done: boolean; readonly why?: string };
};

describe('the page of the demo chat', () => {
  it.each(['/', '/page.css', '/page.js', '/messages.js', '/text.js'])('shows %s', async (path) => {
    const response = await fetch(`${page.url}${path}`);
    expect(response.status).toBe(200);
    expect((await response.text()).length).toBeGreaterThan(100);
  });

  it('posts a message as the person who was chosen', async () => {
    expect(await act('nora', 'guest-desk', { act: 'send', text: 'Good morning' })).toEqual({
      done: true,
    });
    const { messages } = await view('jana', 'guest-desk');
    expect(messages.at(-1)).toMatchObject({ text: 'Good morning', name: 'Nora Whitfield' });
  });

  it('shows rooms and messages to their readers only', async () => {
    const { rooms, room, messages } = await view('jana', 'owners');
    expect(rooms.map(({ name }) => name)).not.toContain('owners');
    expect(room).toBeUndefined();
    expect(messages).toEqual([]);
    expect(await act('jana', 'owners', { act: 'send', text: 'hi' })).toMatchObject({ done: false });
  });

  it('takes somebody out of a room and brings somebody in', async () => {
    await act('ingrid', 'owners', { act: 'remove', person: idOf('nora') });
    await act('ingrid', 'owners', { act: 'join', person: idOf('jana') });
    const { readers } = await view('ingrid', 'owners');
    expect(readers.map(({ userName }) => userName)).toEqual(['innkeeper', 'jana', 'ingrid']);
  });

  it('edits, rates and deletes', async () => {
    await act('nora', 'guest-desk', { act: 'send', text: 'Good morning' });
    const message = (await view('nora', 'guest-desk')).messages.at(-1)?.id ?? '';
    await act('nora', 'guest-desk', { act: 'edit', message, text: 'Good day' });
    await act('jana', 'guest-desk', { act: 'react', message, emoji: ':+1:' });
    const shown = (await view('nora', 'guest-desk')).messages.at(-1);
    expect(shown).toMatchObject({
      text: 'Good day',
      isEdited: true,
      reactions: { ':+1:': ['jana'] },
    });
    await act('nora', 'guest-desk', { act: 'delete', message });
    const left = (await view('nora', 'guest-desk')).messages;
    expect(left.map(({ id }) => id)).not.toContain(message);
  });

  it('tells an open page of a change', async () => {
    const events = await fetch(`${page.url}/api/events`);
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('open');
    await act('nora', 'guest-desk', { act: 'send', text: 'Good morning' });
    expect((await reader?.read())?.value).toContain('changed');
    await reader?.cancel();
  });

  it('takes nothing from a form of another site', async () => {
    const body = JSON.stringify({
      as: idOf('nora'),
      room: roomOf('guest-desk'),
      act: 'send',
      text: 'x',
    });
    const headers = { 'content-type': 'text/plain' };
    const response = await fetch(`${page.url}/api/do`, { method: 'POST', headers, body });
    expect(response.status).toBe(404);
  });

  it('gives a token for the sources of who is chosen', async () => {
    const response = await fetch(`${page.url}/api/token?as=${idOf('femi')}`);
    expect(await response.json()).toEqual({ token: 'token of femi' });
  });
});

describe('the chat of the demo', () => {
  it.each([
    ['guest-desk', '!ask where is the key?', 1],
    ['guest-desk', '@innkeeper where is the key?', 1],
    ['guest-desk', 'where is the key?', 0],
  ])('in %s, %j calls the platform so often: %i', async (room, text, calls) => {
    demo.hooksTo('http://127.0.0.1:1/webhooks/rocketchat');
    await act('nora', room, { act: 'send', text });
    await demo.chat.hooks.settled();
    expect(demo.chat.hooks.history).toHaveLength(calls);
  });

  it('calls the platform for each direct message to the bot, and for none of its own', async () => {
    demo.hooksTo('http://127.0.0.1:1/webhooks/rocketchat');
    const rid = demo.chat.chatRooms.direct(BOT.id, ['femi'])['_id'] ?? '';
    demo.chat.writer.send(idOf('femi'), { rid, msg: 'where is the key?' });
    demo.chat.writer.send(BOT.id, { rid, msg: 'One moment …' });
    await demo.chat.hooks.settled();
    expect(demo.chat.hooks.history).toHaveLength(1);
  });
});
