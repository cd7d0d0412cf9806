import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';
import { databaseName, describePeer } from '#libs/testing';

import { openChat, sampleChat, samples, type OpenChat } from './chat-on-mongodb.js';

/** Somebody of the samples whose account is none of them. */
const tomas = {
  ...samples('user')[0],
  _id: 'YRM2WXjcCB4ybzSik',
  username: 'tomas.okafor',
  emails: [{ address: 'tomas@harborstays.example', verified: true }],
  roles: ['user'],
};

const people = ['maya.keller', 'ines.duarte', 'tomas.okafor', 'villa.owner'] as const;
/** Accounts of machines and of those who left. */
const nobodies = ['jonas.weber', 'askdesk.bot', 'rocket.cat', 'poll.app.bot'] as const;

type Expected = readonly [room: string, readers: string, rule: string];

/** By first letters: Maya (user, agent), Ines (user, admin), Tomas (user), the villa's owner (guest). */
const expected: readonly Expected[] = [
  ['mznyEdxBicLJNyfdE', 'M I T', 'open channel: whoever has view-c-room; a guest has not'],
  ['GENERAL', 'M I T', 'open channel'],
  ['Mbq5nDQEoq3NRYmk3', 'T', 'private: its members; invited is not joined, admin is no member'],
  ['YRM2WXjcCB4ybzSikdXTXykkhp6cLxjnXK', '', 'direct messages are off'],
  ['f497363865c62a27f406be1f', '', 'direct messages are off'],
  ['62e2c3a4a4de865005ff42af', 'M I T', 'discussion: who reads the channel reads it'],
  ['1cd21a2da16cd48ecf559c39', 'I T', 'private discussion: its members, and the parent’s'],
  ['fafba9a1646cba97582d0417', 'M I T', 'channel of a public team: view-c-room'],
  ['8ca6c33ce5baf141e7c7151f', 'M I', 'channel of a private team: members of the team'],
  ['d42383dec9471f96e8e45ce2', '', 'private main room: its own members, and there are none'],
  ['Jwpk8Y4M3xgaa6EbT', '', 'livechat is off'],
  ['AaD58syHXLW2TrCbY', '', 'livechat is off'],
  ['n9Z3GQx7e7YWP7u8C', 'M I T', 'archived: it can be read'],
  ['7574f3f5bb23d84f1f5538f6', 'I', 'attributes: a member who has every one of them'],
  ['35e90c6ac4dbe1c8117716c6', '', 'encrypted: there is nothing to read'],
  ['fe724ebd407f44c5e358951a', 'M I T', 'read-only, muted: that is about writing'],
];
const switchedOn: readonly Expected[] = [
  ['YRM2WXjcCB4ybzSikdXTXykkhp6cLxjnXK', 'M T', 'direct: both, hidden in a sidebar or not'],
  ['f497363865c62a27f406be1f', '', 'direct: the subscription counts, not the list of names'],
  ['Jwpk8Y4M3xgaa6EbT', 'M I', 'livechat: who serves it, and managers of all talks'],
  ['AaD58syHXLW2TrCbY', 'T I', 'livechat, closed: who served it, and managers'],
];

const initials: Readonly<Record<string, string>> = {
  'maya.keller': 'M',
  'ines.duarte': 'I',
  'tomas.okafor': 'T',
  'villa.owner': 'V',
};

describePeer('mongodb', 'who may read each room of the samples', (peer) => {
  let chat: OpenChat;
  const sample = sampleChat();

  beforeAll(async () => {
    const { url } = await peer.shared();
    chat = await openChat(url, databaseName());
    await chat.fill({ ...sample, users: [...sample.users, tomas] });
  });

  afterAll(() => chat.close());

  const readersOf = async (room: string, options = {}): Promise<string[]> => {
    const directory = chat.directory(options);
    const found: string[] = [];
    for (const name of people)
      if ((await directory.rightsOf(name)).rooms.includes(room)) found.push(initials[name] ?? '');
    return found.sort();
  };

  const letters = (readers: string): string[] => readers.split(' ').filter(Boolean).sort();

  it('covers every room of the samples', () => {
    expect(expected.map(([room]) => room).sort()).toEqual(
      samples('room')
        .map(({ _id }) => _id as string)
        .sort(),
    );
  });

  it.each(expected)('%s: %s, because %s', async (room, readers) => {
    expect(await readersOf(room)).toEqual(letters(readers));
  });

  it.each(switchedOn)('switched on, %s: %s, because %s', async (room, readers) => {
    expect(await readersOf(room, { direct: true, livechat: true })).toEqual(letters(readers));
  });

  it.each(nobodies)('gives %s nothing: no person, or one who left', async (name) => {
    const directory = chat.directory({ direct: true, livechat: true, staff: ['user', 'bot'] });
    const nothing = { rooms: [], groups: [], isStaff: false };
    expect(await directory.rightsOf(name)).toEqual(nothing);
  });

  it('knows a person by id, by user name and by an address that was proved', async () => {
    const directory = chat.directory();
    const byName = await directory.rightsOf('maya.keller');
    expect(byName.groups).toEqual(['livechat-agent', 'user']);
    for (const name of ['dXTXykkhp6cLxjnXK', 'maya.keller@harborstays.example'])
      expect(await directory.rightsOf(name)).toEqual(byName);
  });

  describe('staff', () => {
    const staffBy = async (...staff: string[]): Promise<string[]> => {
      const directory = chat.directory({ staff });
      const found: string[] = [];
      for (const name of people)
        if ((await directory.rightsOf(name)).isStaff) found.push(initials[name] ?? '');
      return found;
    };

    it.each([
      ['nobody where nothing is set', [], []],
      ['those with a role', ['admin'], ['I']],
      ['those with one of several', ['admin', 'livechat-agent'], ['M', 'I']],
      ['the members of a room, not its guests or readers', ['room:finance'], ['T']],
      ['the members of a room by its id', ['room:mznyEdxBicLJNyfdE'], ['M', 'T']],
      ['no member of a room that is none', ['room:nowhere'], []],
      ['nobody by a right in one room', ['owner'], []],
      ['nobody by the name of a discussion', ['room:7Dfk66bSPJhn43Ebx'], []],
    ])('is %s', async (_, staff, found) => {
      expect(await staffBy(...staff)).toEqual(found);
    });

    it('is a role by its name too, unless another has that for its id', async () => {
      await chat.put('users', { ...tomas, roles: ['user', 'Zr4'] });
      await chat.put('rocketchat_roles', { _id: 'Zr4', name: 'finance' });
      expect(await staffBy('finance')).toEqual(['T']);
      expect((await chat.directory().rightsOf('tomas.okafor')).groups).toEqual([
        ...['Zr4', 'finance', 'user'],
      ]);
      await chat.put('rocketchat_roles', { _id: 'Zr4', name: 'admin' });
      expect(await staffBy('admin')).toEqual(['I']);
      expect((await chat.directory().rightsOf('tomas.okafor')).groups).toEqual(['Zr4', 'user']);
      await chat.put('users', tomas);
    });

    it('is not who calls a room of his own as the setting calls another', async () => {
      const own = { _id: 'own', t: 'p', name: 'Mbq5nDQEoq3NRYmk3' };
      await chat.put('rocketchat_room', own);
      await chat.put('rocketchat_subscription', subscribed('own', 'dXTXykkhp6cLxjnXK'));
      expect(await staffBy('room:Mbq5nDQEoq3NRYmk3')).toEqual(['T']);
      await chat.remove('rocketchat_room', 'own');
    });
  });
});

const subscribed = (rid: string, user: string): JsonObject => ({
  _id: `${rid}.${user}`,
  rid,
  u: { _id: user },
});
