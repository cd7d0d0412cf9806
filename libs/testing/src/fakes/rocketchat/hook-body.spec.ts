import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import { hearsOf, hookBody, triggerOf } from './hook-body.js';
import { RocketchatState, type ChatThing } from './rocketchat-state.js';

const MAYA = { _id: 'maya-id', username: 'maya' };

const chat = () => {
  const state = new RocketchatState();
  state.settings.set('Site_Url', { _id: 'Site_Url', value: 'https://chat.example/' });
  state.rooms.set('r1', { _id: 'r1', t: 'c', name: 'ops' });
  state.rooms.set('r2', { _id: 'r2', t: 'p', name: 'money' });
  const people = { uids: ['bot-id', 'maya-id'], usernames: ['bot', 'maya'] };
  state.rooms.set('r3', { _id: 'r3', t: 'd', ...people });
  return state;
};

const message = (rid: string, more: ChatThing = {}): ChatThing => ({
  ...{ _id: 'm1', rid, u: MAYA, msg: '!ask where?', ts: '2026-12-01T10:00:00.000Z' },
  ...more,
});

describe('which rooms a hook of the fake chat hears of', () => {
  it.each([
    ['nothing asked for: a channel', [], 'r1', true],
    ['nothing asked for: a group', [], 'r2', false],
    ['all groups', ['all_private_groups'], 'r2', true],
    ['a room by its name', ['#money'], 'r2', true],
    ['a room by its id', ['#r1'], 'r1', true],
    ['direct messages to the bot', ['@bot'], 'r3', true],
    ['direct messages that only the author names', ['@maya'], 'r3', false],
    ['direct messages by the id of the author', ['@maya-id'], 'r3', true],
    ['all direct messages', ['all_direct_messages'], 'r3', true],
    ['channels only', ['all_public_channels'], 'r3', false],
  ])('%s', (_what, channel, rid, heard) => {
    expect(hearsOf(chat(), { channel }, message(rid))).toBe(heard);
  });
});

describe('trigger words of the fake chat', () => {
  const words = (...triggerWords: string[]): ChatThing => ({ triggerWords });
  const anywhere = { ...words('!ask'), triggerWordAnywhere: true };

  it.each([
    ['at the beginning', words('!ask'), '!ask where?', '!ask'],
    ['as a prefix of a word', words('!ask'), '!asking', '!ask'],
    ['not in the middle', words('!ask'), 'please !ask', undefined],
    ['anywhere', anywhere, 'please !ask', '!ask'],
    ['another case', words('!ask'), '!Ask', undefined],
    ['the first of the list', words('!a', '!ask'), '!ask', '!a'],
    ['none asked for', words(), 'hello', ''],
  ])('%s', (_what, integration, text, word) => {
    expect(triggerOf(integration, text)).toBe(word);
  });
});

describe('the body of a hook of the fake chat', () => {
  const keysOf = (rid: string, more: ChatThing = {}, token = 'secret') =>
    Object.keys(
      JSON.parse(hookBody(chat(), { token }, message(rid, more), '!ask')) as Record<
        string,
        unknown
      >,
    );

  it.each([
    ['01-public-channel-trigger-word', 'r1', {}],
    ['02-thread-reply', 'r1', { tmid: 'm0' }],
    ['05-edited-message', 'r1', { editedAt: '2026-12-01T10:01:00.000Z' }],
  ])('has the keys of the sample %s, in its order', (name, rid, more) => {
    const folder = new URL('../../../../../test/fixtures/', import.meta.url);
    const sample = readFileSync(new URL(`rocketchat/${name}.json`, folder), 'utf8');
    expect(keysOf(rid, more)).toEqual(Object.keys(JSON.parse(sample) as object));
  });

  it('names no room that has no name, and no token where there is none', () => {
    expect(keysOf('r3', {}, '')).not.toContain('channel_name');
    expect(keysOf('r3', {}, '')).not.toContain('token');
  });

  it('says that a machine wrote it', () => {
    const body = hookBody(chat(), {}, message('r1', { bot: { i: 'hook' } }), '');
    expect(JSON.parse(body)).toMatchObject({ bot: true });
    expect(JSON.parse(body)).not.toHaveProperty('trigger_word');
  });
});
