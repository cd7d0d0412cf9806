import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { factDefinitions, type FeedEntry } from '#libs/contracts';
import { canonicalJson, utf8, type JsonObject } from '#libs/kernel';
import type { Normalised } from '#libs/ports/provider';

import { followedNotices } from './followed-notices.js';

const AT = { t: 1793693561, i: 4711 };
const bookings = followedNotices('crm', { collection: 'bookings', subject: 'guest name' });

const read = (...entries: readonly FeedEntry[]): Normalised =>
  bookings.normalise({
    account: 'main',
    headers: {},
    body: utf8(JSON.stringify({ feed: 'crm', entries })),
    receivedAt: 0,
  });

const bodyOf = (document: JsonObject): unknown => {
  const said = read({ id: '7', at: AT, document });
  const [first] = said.understood && 'observations' in said ? said.observations : [];
  return first?.personal;
};

describe('a followed collection without a folder of its own', () => {
  it('is followed whole, or as far as fields are chosen', () => {
    expect(bookings.followed).toMatchObject({ name: 'crm', collection: 'bookings' });
    expect(bookings.followed).not.toHaveProperty('fields');
    expect(bookings.followed.standing({ _hidden: true, t: 'rm' }, {})).toBe('there');
    const some = followedNotices('crm', { collection: 'x', fields: ['name'] });
    expect(some.followed.fields).toEqual(['name']);
  });

  it('is one notice a document, as people read it', () => {
    const document = {
      _id: { $oid: '6a1f0c9b2d3e4f5061728394' },
      at: { $date: { $numberLong: '1793693561318' } },
      nights: { $numberInt: '4' },
      'guest name': 'Zofia Wójcik',
    };
    expect(read({ id: '6a1f0c9b2d3e4f5061728394', at: AT, document })).toEqual({
      understood: true,
      observations: [
        {
          type: 'intake.notice.observed.v1',
          stream: 'notice/crm.main.6a1f0c9b2d3e4f5061728394',
          occurredAt: 1793693561004,
          data: {
            event: 'document.read',
            normaliser: 1,
            notice: 'crm.main.6a1f0c9b2d3e4f5061728394',
            rank: 711,
            whole: true,
          },
          personal: {
            body: '{"_id":"6a1f0c9b2d3e4f5061728394","at":"2026-11-03T08:12:41.318Z","guest name":"Zofia Wójcik","nights":4}',
            subject: 'Zofia Wójcik',
          },
        },
      ],
    });
  });

  it('says of a removal only that it is one', () => {
    expect(read({ id: '7', at: AT, gone: 'removed' })).toMatchObject({
      observations: [
        { data: { deleted: true, reason: 'removed', whole: true, event: 'document.gone' } },
      ],
    });
    expect(JSON.stringify(read({ id: '7', at: AT, gone: 'removed' }))).not.toContain('personal');
  });

  it('finds its subject by a pointer, too, and has none where there is none', () => {
    const deep = followedNotices('crm', { collection: 'x', subject: '/guest/0/name' });
    const document = { guest: [{ name: 'Zofia' }] };
    const body = utf8(JSON.stringify({ feed: 'crm', entries: [{ id: '7', at: AT, document }] }));
    const input = { account: 'main', headers: {}, body, receivedAt: 0 };
    expect(deep.normalise(input)).toMatchObject({
      observations: [{ personal: { subject: 'Zofia' } }],
    });
    expect(bodyOf({ other: 1 })).toEqual({ body: '{"other":1}' });
  });

  it('reads no other feed', () => {
    const body = utf8('{"feed":"erp","entries":[]}');
    expect(bookings.normalise({ account: 'main', headers: {}, body, receivedAt: 0 })).toEqual({
      understood: false,
      reason: 'the feed is not known',
    });
  });

  it('keeps of any document what can be stored', () => {
    const definition = factDefinitions.get('intake.notice.observed.v1');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (document) => {
        const said = read({ id: '7', at: AT, document: document as JsonObject });
        for (const { data, personal } of said.understood && 'observations' in said
          ? said.observations
          : []) {
          expect(definition?.data.safeParse(data).error).toBeUndefined();
          expect(definition?.personal?.safeParse(personal).error).toBeUndefined();
          expect([JSON.stringify(data), JSON.stringify(personal)]).toEqual([
            ...[canonicalJson(data), canonicalJson(personal)],
          ]);
        }
      }),
    );
  });
});
