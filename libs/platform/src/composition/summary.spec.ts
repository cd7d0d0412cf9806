import { describe, expect, it } from '@jest/globals';

import { readSettings } from '../settings/read-settings.js';
import { sayRights } from './say-rights.js';
import { meaningText, rightsLines } from './summary.js';

const embedderOf = (env: Readonly<Record<string, string>>) => readSettings(env, () => '').embedder;
const none = embedderOf({});
const elsewhere = embedderOf({
  INNKEEPER_EMBEDDER_KIND: 'openai',
  INNKEEPER_EMBEDDER_URL: 'https://embed.example/v1',
  INNKEEPER_EMBEDDER_MODEL: 'use',
});
const local = embedderOf({
  INNKEEPER_EMBEDDER_KIND: 'local',
  INNKEEPER_EMBEDDER_MODEL: 'Xenova/use',
});
const vectors = { model: 'use-v3', dimension: 512, passages: 1_000, lacking: 0, behindMs: 0 };

describe('the line about meaning', () => {
  it.each([
    ['off: set INNKEEPER_EMBEDDER_KIND', none, undefined],
    ['use: no vectors yet', elsewhere, undefined],
    ['use: no vectors yet', elsewhere, { ...vectors, passages: 0 }],
    ['use-v3, 512 dimensions, 100 % of passages have a vector', elsewhere, vectors],
    [
      'use-v3, 512 dimensions, 99 % of passages have a vector',
      elsewhere,
      { ...vectors, lacking: 1 },
    ],
    [
      'use-v3, made here, 512 dimensions, 0 % of passages have a vector',
      local,
      { ...vectors, lacking: 1_000 },
    ],
  ])('is: %s', (text, embedder, known) => {
    expect(meaningText(embedder, known)).toBe(text);
  });
});

describe('the lines about rights', () => {
  const database = { INNKEEPER_ROCKETCHAT_MONGODB_URL: 'mongodb://chat.example/?replicaSet=rs0' };
  const read = (env: Readonly<Record<string, string>>) => readSettings(env, () => '');
  const warned = (env: Readonly<Record<string, string>>): readonly string[] => {
    const lines: string[] = [];
    sayRights(read(env), { warn: (event) => void lines.push(event) });
    return lines;
  };

  it('are none where people are written down', () => {
    expect(rightsLines(read({}))).toEqual([]);
    expect(warned({})).toEqual([]);
  });

  it('say that nobody may read business records until a setting says who', () => {
    expect(rightsLines(read(database))).toEqual([
      ['rights', 'asked of Rocket.Chat’s database'],
      ['staff', 'nobody may read business records: set INNKEEPER_ROCKETCHAT_STAFF'],
    ]);
    expect(warned(database)).toEqual(['rights.nobody_is_staff']);
    const staff = { ...database, INNKEEPER_ROCKETCHAT_STAFF: 'admin,room:team' };
    expect(rightsLines(read(staff))).toContainEqual(['staff', 'admin, room:team']);
    expect(warned(staff)).toEqual([]);
  });

  it('say that what is written down is not read beside the chat', () => {
    const both = { ...database, INNKEEPER_ROCKETCHAT_STAFF: 'admin', INNKEEPER_DIRECTORY: '{}' };
    expect(rightsLines(read(both))[0]?.[1]).toContain('INNKEEPER_DIRECTORY is not read');
    expect(warned(both)).toEqual(['rights.not_read']);
    expect(warned({ ...both, INNKEEPER_ROLES: 'change-stream-listener' })).toEqual([]);
  });
});
