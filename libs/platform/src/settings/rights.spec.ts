import { describe, expect, it } from '@jest/globals';

import { readSettings } from './read-settings.js';
import type { SettingsError } from './settings-error.js';

const rightsOf = (env: Record<string, string>, text = '') => readSettings(env, () => text).rights;

const linesOf = (env: Record<string, string>, text = ''): readonly string[] => {
  try {
    readSettings(env, () => text);
    return [];
  } catch (error) {
    return (error as SettingsError).lines;
  }
};

describe('the directory in a setting', () => {
  it('gives each person rooms and groups, each as none where it is left out', () => {
    const INNKEEPER_DIRECTORY = JSON.stringify({
      anna: { rooms: ['GENERAL'], groups: ['finance'] },
      'ben@hotel.example': {},
    });
    expect([...(rightsOf({ INNKEEPER_DIRECTORY }).people ?? [])]).toEqual([
      ['anna', { rooms: ['GENERAL'], groups: ['finance'] }],
      ['ben@hotel.example', { rooms: [], groups: [] }],
    ]);
  });

  it('knows any name, also those that every object has', () => {
    const people = rightsOf({ INNKEEPER_DIRECTORY: '{"__proto__":{"groups":["a"]}}' }).people;
    expect(people?.get('__proto__')).toEqual({ rooms: [], groups: ['a'] });
    expect(people?.get('constructor')).toBeUndefined();
  });

  it.each([
    'no JSON',
    '[]',
    'null',
    '"anna"',
    '{"anna":[]}',
    '{"anna":{"room":["a"]}}',
    '{"anna":{"rooms":"a"}}',
    '{"anna":{"groups":["two words"]}}',
    '{"":{}}',
  ])('is refused in one line that holds no value: %s', (text) => {
    const expected = [
      'INNKEEPER_DIRECTORY: expected JSON: { "<person>": { "rooms"?: ["<id>", …], "groups"?: ["<name>", …] }, … }',
    ];
    expect(linesOf({ INNKEEPER_DIRECTORY: text })).toEqual(expected);
    expect(linesOf({ INNKEEPER_DIRECTORY_FILE: '/people.json' }, text)).toEqual(expected);
  });

  it('remembers the file that it came from, so that it can be read again', () => {
    const { texts } = readSettings({ INNKEEPER_DIRECTORY_FILE: '/people.json' }, () => '{}');
    const found = texts.find(({ note }) => note.name === 'INNKEEPER_DIRECTORY');
    expect(found).toMatchObject({ origin: 'file', path: '/people.json' });
  });
});

describe('limits of kinds', () => {
  it('name one reader or several of each kind', () => {
    const INNKEEPER_KIND_READERS =
      '{"payment":"group:finance","review":["group:a","room:GENERAL"]}';
    expect(rightsOf({ INNKEEPER_KIND_READERS }).kindReaders).toEqual({
      payment: ['group:finance'],
      review: ['group:a', 'room:GENERAL'],
    });
    expect(rightsOf({}).kindReaders).toEqual({});
  });

  it.each([
    '{"payments":"group:finance"}',
    '{"payment":"finance"}',
    '{"payment":[]}',
    '{"payment":"user:anna"}',
    '{"payment":"group:"}',
    '["payment"]',
    'payment',
  ])('are refused in one line: %s', (INNKEEPER_KIND_READERS) => {
    const [line, ...more] = linesOf({ INNKEEPER_KIND_READERS });
    expect(line).toMatch(/^INNKEEPER_KIND_READERS: expected JSON: .*kinds are calendar_day, call,/);
    expect(more).toEqual([]);
  });
});

describe('kinds that search leaves out', () => {
  it('are named, each once', () => {
    expect(
      rightsOf({ INNKEEPER_SEARCH_EXCLUDED_KINDS: 'payment, review,payment' }).searchExcludedKinds,
    ).toEqual(['payment', 'review']);
    expect(rightsOf({}).searchExcludedKinds).toEqual([]);
    expect(linesOf({ INNKEEPER_SEARCH_EXCLUDED_KINDS: 'payments' })).toEqual([
      expect.stringMatching(/^INNKEEPER_SEARCH_EXCLUDED_KINDS: expected names out of /),
    ]);
  });
});
