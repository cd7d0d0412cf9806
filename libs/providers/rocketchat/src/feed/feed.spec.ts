import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';
import type { DocumentStanding, Observation } from '#libs/ports/provider';

import {
  entryOf,
  normalisedOf,
  OWN,
  projected,
  standingOf,
} from '../../test/followed-documents.js';
import { storedDocuments } from '../../test/stored-documents.js';

const fixtures = new URL('../../../../../test/fixtures/rocketchat/', import.meta.url);
const json = (path: string): JsonObject =>
  JSON.parse(readFileSync(new URL(`${path}.json`, fixtures), 'utf8')) as JsonObject;

const stored = (name: string): JsonObject => storedDocuments.get(name)?.document ?? {};
const AT = { t: 1793693561, i: 7 };

/** As a database is read: types of numbers and dates are written out. */
const canonicalOf = (value: unknown): unknown => {
  if (typeof value === 'number') return { $numberInt: String(value) };
  if (Array.isArray(value)) return value.map(canonicalOf);
  if (typeof value !== 'object' || value === null) return value;
  const { $date: date } = value as { readonly $date?: unknown };
  if (typeof date === 'string') return { $date: { $numberLong: String(Date.parse(date)) } };
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, canonicalOf(inner)]),
  );
};

const observed = (feed: string, document: JsonObject): Observation => {
  const entry = entryOf(feed, document, AT);
  const said = entry && normalisedOf(feed, entry);
  const [first] = said?.understood && 'observations' in said ? said.observations : [];
  if (!first) throw new Error('nothing observed');
  return first;
};
const message = (change: JsonObject): Observation =>
  observed('chat_message', { ...stored('message-01-plain'), ...change });

/** Of messages alone anything else than being there is possible. */
const standings: Readonly<Record<string, DocumentStanding>> = {
  'message-06-history-copy-of-edit': 'ignored',
  'message-07-soft-deleted-rm': 'emptied',
  'message-08-hidden-deleted-keep-history': 'hidden',
  'message-09-system-user-joined-uj': 'ignored',
  'message-10-system-user-added-au': 'ignored',
  'message-11-system-topic-changed': 'ignored',
  'message-17-reactions-feedback': 'ignored',
  'message-19-system-message-pinned': 'ignored',
  'message-20-system-discussion-created': 'ignored',
  'message-26-videoconf': 'ignored',
  'message-27-livechat-close': 'ignored',
};

const each = [...storedDocuments].map(([name, { feed, document }]) => ({ name, feed, document }));

describe('documents of the chat’s database', () => {
  it.each(each)('stand as they should: $name', ({ name, feed, document }) => {
    expect(standingOf(feed, document)).toBe(standings[name] ?? 'there');
  });

  it.each(each.filter(({ name }) => standings[name] !== 'ignored'))(
    'are read field by field as reviewed: $name',
    ({ name, feed, document }) => {
      const updatedAt = (document._updatedAt as JsonObject).$date as string;
      const entry = entryOf(feed, document, { t: Math.floor(Date.parse(updatedAt) / 1000), i: 1 });
      expect(entry && normalisedOf(feed, entry)).toEqual(json(`golden/mongo/${name}`));
    },
  );

  it.each(each)('are read by nothing but what is followed of them: $name', ({ feed, document }) => {
    const whole = normalisedOf(feed, { id: 'a', at: AT, document });
    expect(normalisedOf(feed, { id: 'a', at: AT, document: projected(feed, document) })).toEqual(
      whole,
    );
  });

  it.each(each)('are the same in canonical Extended JSON: $name', ({ feed, document }) => {
    const relaxed = projected(feed, document);
    const canonical = canonicalOf(relaxed) as JsonObject;
    expect(canonical).not.toEqual(relaxed);
    expect(standingOf(feed, canonical)).toBe(standingOf(feed, relaxed));
    expect(normalisedOf(feed, { id: 'a', at: AT, document: canonical })).toEqual(
      normalisedOf(feed, { id: 'a', at: AT, document: relaxed }),
    );
  });

  it.each(each)('leave nothing else of themselves behind: $name', ({ feed, document }) => {
    const planted = {
      ...document,
      ...{ services: 'PLANTED', lastMessage: 'PLANTED', draft: 'PLANTED', threadDrafts: 'PLANTED' },
      ...{
        E2EKey: 'PLANTED',
        token: 'PLANTED',
        emails: 'PLANTED',
        content: 'PLANTED',
        md: 'PLANTED',
      },
      ...{
        v: { token: 'PLANTED' },
        inviter: 'PLANTED',
        translations: 'PLANTED',
        location: 'PLANTED',
      },
      u: { ...(document.u as JsonObject), token: 'PLANTED', services: 'PLANTED' },
    };
    expect(JSON.stringify(projected(feed, planted))).not.toContain('PLANTED');
  });
});

/** The document after each recorded change, and what becomes of it. */
const changes: readonly (readonly [string, string, object | DocumentStanding])[] = [
  ['01-insert-message', 'chat_message', { data: { room: 'rocketchat.main.mznyEdxBicLJNyfdE' } }],
  [
    '02-update-edit',
    'chat_message',
    {
      data: { editedAt: Date.parse('2026-11-03T10:04:19.608Z') },
      personal: { text: 'Owner payout for October is *EUR 18 420*, not 18 240.' },
    },
  ],
  ['03-insert-history-copy-must-be-ignored', 'chat_message', 'ignored'],
  ['04-update-reaction', 'chat_message', 'ignored'],
  ['05-update-last-reaction-removed', 'chat_message', 'ignored'],
  ['08-update-soft-delete-rm', 'chat_message', 'emptied'],
  ['09-update-hidden', 'chat_message', 'hidden'],
  [
    '12-update-username-renamed',
    'chat_message',
    { personal: { authorName: 'Maya Keller', authorUserName: 'maya.keller-duarte' } },
  ],
];

describe('changes in the life of a message', () => {
  it.each(changes)('%s', (name, feed, told) => {
    const document = json(`change-stream/${name}`).fullDocument as JsonObject;
    if (typeof told === 'string') expect(standingOf(feed, document)).toBe(told);
    else expect(observed(feed, document)).toMatchObject(told);
  });

  it.each([
    ['06-update-thread-counters', 'message-02-thread-root'],
    ['07-update-link-preview', 'message-15-code-block-and-url-preview'],
    ['13-room-update-last-message', 'room-01-public-channel'],
  ])('%s says nothing new, and is not even told', (name, before) => {
    const { updatedFields } = json(`change-stream/${name}`).updateDescription as JsonObject;
    const { feed, document } = storedDocuments.get(before) ?? { feed: '', document: {} };
    const after = { ...document, ...(updatedFields as JsonObject) };
    expect(projected(feed, after)).toEqual(projected(feed, document));
    expect(projected(feed, updatedFields as JsonObject)).toEqual({});
  });

  it.each([
    ['14-room-update-became-private', 'room-01-public-channel', { form: 'group' }],
    ['16-subscription-update-banned', 'subscription-01-channel-owner', { status: 'BANNED' }],
  ])('%s is told', (name, before, data) => {
    const { updatedFields } = json(`change-stream/${name}`).updateDescription as JsonObject;
    const { feed, document } = storedDocuments.get(before) ?? { feed: '', document: {} };
    expect(observed(feed, { ...document, ...(updatedFields as JsonObject) })).toMatchObject({
      data,
    });
  });

  it('ends with a word that it is gone, and no other word', () => {
    const { _id: id } = json('change-stream/10-delete-hard').documentKey as { _id: string };
    expect(normalisedOf('chat_message', { id, at: AT, gone: 'removed' })).toEqual({
      understood: true,
      observations: [
        {
          type: 'intake.chat_message.observed.v1',
          stream: `chat_message/rocketchat.main.${id}`,
          occurredAt: 1793693561000,
          data: {
            deleted: true,
            event: 'feed.chat_message.gone',
            message: `rocketchat.main.${id}`,
            normaliser: 1,
            rank: 7,
            reason: 'removed',
          },
        },
      ],
    });
  });

  it('is told without its files after a prune of files only, in any language', () => {
    const file = stored('message-12-file-pdf');
    const { file: _file, ...rest } = file;
    const notes: readonly JsonObject[] = [
      { color: '#FD745E', text: '_Datei durch Bereinigung entfernt_' },
      { type: 'removed-file', color: '#FD745E', text: 'File removed' },
    ];
    for (const note of notes) {
      const { data, personal } = observed('chat_message', { ...rest, attachments: [note] });
      expect([data.files, personal]).toEqual([
        undefined,
        { authorName: 'Inês Duarte', authorUserName: 'ines.duarte' },
      ]);
    }
  });

  it('goes on under another name when its author was unlinked', () => {
    const { data, personal } = message({
      u: { _id: 'rocket.cat', username: 'rocket.cat', name: 'Rocket.Cat' },
      alias: 'Removed User#1',
    });
    expect([data.author, data.machine, personal?.alias]).toEqual([
      ...['rocketchat.main.rocket.cat', undefined, 'Removed User#1'],
    ]);
  });

  it('is nothing when we wrote it, whatever became of it', () => {
    const own = { ...stored('message-17-reactions-feedback') };
    expect(standingOf('chat_message', own)).toBe('ignored');
    expect(standingOf('chat_message', { ...own, _hidden: true })).toBe('ignored');
    expect(standingOf('chat_message', own, 'somebody')).toBe('there');
    expect(OWN).toBe((own.u as JsonObject)._id);
  });

  it('is an answer where we wrote it, until it is gone in any way, and nobody else’s ever is', () => {
    const own = { ...stored('message-17-reactions-feedback') };
    expect(standingOf('chat_answer', own)).toBe('there');
    expect(standingOf('chat_answer', { ...own, _hidden: true })).toBe('hidden');
    expect(standingOf('chat_answer', { ...own, t: 'rm', reactions: {} })).toBe('emptied');
    expect(standingOf('chat_answer', { ...own, _hidden: true, parent: 'x' })).toBe('ignored');
    expect(standingOf('chat_answer', { ...own, t: 'uj' })).toBe('ignored');
    for (const somebody of ['somebody', ''])
      expect(standingOf('chat_answer', own, somebody)).toBe('ignored');
    expect(standingOf('chat_answer', stored('message-01-plain'))).toBe('ignored');
  });

  it('leaves no word of an answer behind, so that one that grows says nothing new', () => {
    const own = stored('message-17-reactions-feedback');
    const grown = { ...own, msg: 'PLANTED', md: ['PLANTED'], editedAt: 7, urls: ['PLANTED'] };
    const said = { attachments: [{ text: 'PLANTED' }], editedBy: { username: 'PLANTED' } };
    expect(projected('chat_answer', { ...grown, ...said })).toEqual(projected('chat_answer', own));
  });

  it('tells of an answer how many reacted, and not who', () => {
    const own = stored('message-17-reactions-feedback');
    const by = (...usernames: readonly string[]) => ({
      ...own,
      reactions: { ':+1:': { usernames } },
    });
    const [first, other] = [by('maya.keller'), by('ines.duarte')];
    // Another person is another document, although the numbers are the same.
    expect(projected('chat_answer', first)).not.toEqual(projected('chat_answer', other));
    expect(observed('chat_answer', first)).toEqual(observed('chat_answer', other));
    const { stream, personal, data } = observed('chat_answer', first);
    expect([stream, personal, data.reactions]).toEqual([
      `chat_answer/rocketchat.main.${own._id as string}`,
      undefined,
      [{ count: 1, name: ':+1:' }],
    ]);
  });

  it.each(['removed', 'hidden', 'emptied', 'unfollowed'] as const)(
    'says that an answer is gone, and how: %s',
    (gone) => {
      expect(normalisedOf('chat_answer', { id: 'a', at: AT, life: 2, gone })).toMatchObject({
        observations: [
          {
            type: 'intake.chat_answer.observed.v1',
            stream: 'chat_answer/rocketchat.main.a/2',
            data: { deleted: true, life: 2, message: 'rocketchat.main.a', reason: gone },
          },
        ],
      });
    },
  );

  it('is hidden also where it was encrypted, and never was where its type is the server’s', () => {
    const hidden = { ...stored('message-21-e2e-encrypted'), _hidden: true };
    expect(standingOf('chat_message', hidden)).toBe('hidden');
    const joined = { ...stored('message-09-system-user-joined-uj'), _hidden: true };
    expect(standingOf('chat_message', joined)).toBe('ignored');
  });
});

describe('what a message says', () => {
  it.each<[string, JsonObject, string | undefined]>([
    [
      'several quotes before it',
      { msg: '[ ](https://a/channel/b?msg=c) [ ](https://a?msg=d)  Yes' },
      'Yes',
    ],
    ['a link of its own', { msg: '[1](https://a/b) is better' }, '[1](https://a/b) is better'],
    ['nothing but a quote', { msg: '[ ](https://a?msg=c)' }, undefined],
    [
      'a caption beside its text',
      { msg: 'Here', attachments: [{ type: 'file', title: 'a.pdf', description: 'Signed' }] },
      'Here\nSigned',
    ],
    [
      'what a hook hung on it, each text once',
      {
        msg: 'Paid',
        attachments: [
          { title: 'Paid', text: 'By card', fields: [{ title: 'Sum', value: 12 }, { value: 'x' }] },
        ],
      },
      'Paid\nBy card\nSum: 12\nx',
    ],
    [
      'attachments of any shape',
      { msg: '', attachments: [null, 'x', 7, { fields: 'x' }] },
      undefined,
    ],
    [
      'blocks of any shape',
      { msg: '', blocks: [{ text: 'x' }, null, { text: { text: 'Which?' } }] },
      'Which?',
    ],
    ['half a character', { msg: 'a\ud800b' }, 'a\ufffdb'],
    [
      'markup and directions, as they are',
      { msg: '<b>\u202eabc</b> <script>x</script>' },
      '<b>\u202eabc</b> <script>x</script>',
    ],
  ])('is read where there is %s', (_, change, text) => {
    expect(message(change).personal?.text).toBe(text);
  });

  it.each<[string, JsonObject[string], unknown]>([
    [
      'counts',
      { ':+1:': { usernames: ['a', 'b'] }, ':tada:': { usernames: ['a'] } },
      [
        { count: 2, name: ':+1:' },
        { count: 1, name: ':tada:' },
      ],
    ],
    [
      'no name of a person',
      { 'maya.keller': { usernames: ['a'] }, ':x y:': { usernames: ['a'] } },
      undefined,
    ],
    [
      'nothing of other shapes',
      { ':a:': null, ':b:': { usernames: 'ann' }, ':c:': [], ':d:': { usernames: [] } },
      undefined,
    ],
    ['no list', ['ann'], undefined],
    [
      'prototypes',
      JSON.parse(
        '{"__proto__":{"usernames":["a"]},":toString:":{"usernames":["a"]}}',
      ) as JsonObject,
      [{ count: 1, name: ':toString:' }],
    ],
  ])('has reactions as %s', (_, reactions, told) => {
    expect(message({ reactions }).data.reactions).toEqual(told);
  });

  it('is a message of its room even if nothing else can be read of it', () => {
    const bare = { _id: 'x', rid: 'GENERAL', msg: 7, ts: 'soon', u: null, files: {}, tmid: {} };
    expect(observed('chat_message', bare)).toEqual({
      type: 'intake.chat_message.observed.v1',
      stream: 'chat_message/rocketchat.main.x',
      occurredAt: 1793693561000,
      data: {
        event: 'feed.chat_message',
        message: 'rocketchat.main.x',
        normaliser: 1,
        rank: 7,
        room: 'rocketchat.main.GENERAL',
      },
    });
  });

  it('is left out where its room cannot be told, and the others are not', () => {
    const document = stored('message-01-plain');
    const said = normalisedOf(
      'chat_message',
      { id: 'odd', at: AT, document: { ...document, rid: 'Maya’s room' } },
      { id: 'good', at: AT, document },
    );
    expect(said).toMatchObject({
      understood: true,
      observations: [{ stream: 'chat_message/rocketchat.main.good' }],
      leftOut: ['the field rid of rocketchat.main.odd has another form than expected'],
    });
  });

  it.each(['__proto__', 'constructor', 'toString', 'chat_rooms', 'CHAT_ROOM'])(
    'is of no feed called %s',
    (feed) => {
      expect(normalisedOf(feed).understood).toBe(false);
    },
  );
});
