import { describe, expect, it } from '@jest/globals';

import { readSettings } from './read-settings.js';
import type { SettingsError } from './settings-error.js';

const URL = 'mongodb://reader:hunter2hunter2@db.example/?replicaSet=rs0';
const jobs = { name: 'jobs', database: 'planner', collection: 'jobs', url: URL };

const wrong = (env: Record<string, string>): readonly string[] => {
  try {
    readSettings(env, () => '');
    return [];
  } catch (thrown) {
    return (thrown as SettingsError).lines;
  }
};
const follow = (...entries: readonly object[]) => ({ INNKEEPER_FOLLOW: JSON.stringify(entries) });

describe('followed collections', () => {
  it('are none until they are set', () => {
    expect(readSettings({}, () => '').follow.collections).toEqual([]);
  });

  it('are described with what of them is followed', () => {
    const whole = {
      ...jobs,
      filter: { done: { $ne: true }, at: { $gt: { $date: '2026-01-01T00:00:00Z' } } },
      fields: ['title', 'home.name'],
      subject: 'title',
    };
    const [one] = readSettings(follow(whole), () => '').follow.collections;
    expect({ ...one, url: one?.url?.reveal() }).toEqual(whole);
    expect(JSON.stringify(one)).not.toContain('hunter2');
  });

  it('take Rocket.Chat’s database where they name none', () => {
    const { url: _url, ...here } = jobs;
    const settings = readSettings(
      { ...follow(here), INNKEEPER_ROCKETCHAT_MONGODB_URL: URL },
      () => '',
    );
    expect(settings.follow.collections).toEqual([here]);
    expect(wrong(follow(here))).toEqual([expect.stringMatching(/^INNKEEPER_FOLLOW: expected /)]);
  });

  it.each([
    ['no list', '{}'],
    ['half a list', '[{"name":"jobs"'],
    ['the name of a provider', JSON.stringify([{ ...jobs, name: 'rocketchat' }])],
    ['the name of a kind', JSON.stringify([{ ...jobs, name: 'task' }])],
    ['the name of what a database told', JSON.stringify([{ ...jobs, name: 'jobs-feed' }])],
    ['the name of an API’s answers', JSON.stringify([{ ...jobs, name: 'jobs-api' }])],
    ['a name that is no part of an id', JSON.stringify([{ ...jobs, name: 'Jobs' }])],
    ['one name twice', JSON.stringify([jobs, jobs])],
    ['no collection', JSON.stringify([{ ...jobs, collection: '' }])],
    ['a collection of the server', JSON.stringify([{ ...jobs, collection: 'system.users' }])],
    ['an address of something else', JSON.stringify([{ ...jobs, url: 'https://db.example' }])],
    ['a field like an operator', JSON.stringify([{ ...jobs, fields: ['$where'] }])],
    ['no field at all', JSON.stringify([{ ...jobs, fields: [] }])],
    ['a filter that is a list', JSON.stringify([{ ...jobs, filter: [] }])],
    ['a member nobody knows', JSON.stringify([{ ...jobs, feilds: ['title'] }])],
  ])('are refused with %s, by one line without a password', (_what, text) => {
    const lines = wrong({ INNKEEPER_FOLLOW: text });
    expect(lines).toEqual([expect.stringMatching(/^INNKEEPER_FOLLOW: expected /)]);
    expect(lines.join()).not.toContain('hunter2');
  });

  it('are no second thing of the name of a source', () => {
    const sources = JSON.stringify([
      { name: 'jobs', secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'] },
    ]);
    expect(wrong({ ...follow(jobs), INNKEEPER_SOURCES: sources })).toEqual([
      expect.stringMatching(/^INNKEEPER_FOLLOW: /),
    ]);
  });
});

describe('Rocket.Chat', () => {
  const chatOf = (env: Record<string, string>) => readSettings(env, () => '').chat;

  it('is followed not at all until it is set, and then as little as possible', () => {
    expect(chatOf({})).toMatchObject({
      ...{ mongodbDatabase: 'rocketchat', staff: [], rooms: [] },
      ...{ direct: false, livechat: false },
    });
    expect(chatOf({}).mongodbUrl).toBeUndefined();
  });

  it('has rooms in any script, and staff by roles and rooms', () => {
    const chat = chatOf({
      INNKEEPER_ROCKETCHAT_ROOMS: 'general, Küche 2, 接待',
      INNKEEPER_ROCKETCHAT_STAFF: 'admin, housekeeping, room:Büro',
      INNKEEPER_ROCKETCHAT_DIRECT: 'on',
    });
    expect(chat.rooms).toEqual(['general', 'Küche 2', '接待']);
    expect(chat.staff).toEqual(['admin', 'housekeeping', 'room:Büro']);
    expect(chat.direct).toBe(true);
  });

  it('needs an address and an account beside its token', () => {
    const token = { INNKEEPER_ROCKETCHAT_AUTH_TOKEN: 'a-token-of-the-tests' };
    expect(wrong(token)).toEqual([
      expect.stringMatching(
        /^INNKEEPER_ROCKETCHAT_AUTH_TOKEN: expected .*INNKEEPER_ROCKETCHAT_URL/,
      ),
    ]);
  });

  it.each([
    ['INNKEEPER_ROCKETCHAT_URL', 'ftp://chat.example'],
    ['INNKEEPER_ROCKETCHAT_MONGODB_URL', 'chat.example'],
    ['INNKEEPER_ROCKETCHAT_STAFF', 'two words'],
    ['INNKEEPER_ROCKETCHAT_DIRECT', 'yes'],
  ])('refuses a wrong %s', (name, text) => {
    expect(wrong({ [name]: text })).toEqual([expect.stringMatching(`^${name}: expected `)]);
  });
});
