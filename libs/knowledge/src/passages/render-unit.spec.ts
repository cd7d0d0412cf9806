import { createHash } from 'node:crypto';

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { RecordInUnit, RecordUnit } from '#libs/catalog';
import { fold, recordReading } from '#libs/catalog';
import type { JsonObject } from '#libs/kernel';

import { passageAgain, passagesOf, recordsByName, type RenderParts } from './render-unit.js';

const parts: RenderParts = {
  reading: recordReading,
  setting: { timeZone: 'Europe/Lisbon' },
  excludedKinds: new Set(),
  detectLanguage: () => 'en',
  digest: (bytes) => createHash('sha256').update(bytes).digest(),
};

const TALK = 'guesty.main.talk';
const START = Date.UTC(2026, 8, 14, 9);
const HOUR = 3_600_000;

const recordOf = (kind: RecordInUnit['kind'], id: string, fields: JsonObject): RecordInUnit => ({
  kind,
  id,
  state: fold(undefined, { key: '000000000000001.010.001.x', fields: { id, ...fields } }),
  fence: { era: 1, position: 1 },
});

const conversation = (more: JsonObject = {}): RecordInUnit =>
  recordOf('conversation', TALK, {
    guestName: 'Maya Osei',
    subject: 'Reservation HMXQ2P9T4R',
    listings: ['guesty.main.quay', 'guesty.main.attic'],
    ...more,
  });

const message = (number: number, text: string, more: JsonObject = {}): RecordInUnit =>
  recordOf('guest_message', `guesty.main.m${String(number).padStart(3, '0')}`, {
    author: number % 2 === 0 ? 'guest' : 'host',
    conversation: TALK,
    sentAt: START + number * HOUR,
    text,
    ...more,
  });

const threadOf = (...records: readonly RecordInUnit[]): RecordUnit => ({
  unit: `conversation/${TALK}`,
  kind: 'conversation',
  generation: 1,
  fence: { era: 1, position: 1 },
  records,
});

const again = (unit: RecordUnit, parts_: RenderParts = parts) =>
  passagesOf(unit, parts_).map((passage) => {
    const members = unit.records.filter(({ id, kind }) =>
      passage.records.includes(`${kind}/${id}`),
    );
    return passageAgain({ ...passage, kind: unit.kind }, recordsByName(members), parts_);
  });

const words = fc
  .array(fc.constantFrom('key', 'safe', 'Wifi', 'code.', '# Late', '- milk', 'why?', '\n\n'), {
    minLength: 1,
    maxLength: 400,
  })
  .map((all) => all.join(' '));
const thread = fc
  .tuple(fc.boolean(), fc.array(words, { maxLength: 12 }))
  .map(([isKnown, texts]) =>
    threadOf(...(isKnown ? [conversation()] : []), ...texts.map((text, i) => message(i, text))),
  );

describe('the passages of a thread', () => {
  const talk = threadOf(
    conversation(),
    message(0, 'Is parking included?', { listing: 'guesty.main.quay', authorName: 'Maya Osei' }),
    message(1, 'Yes, one space.', { listing: 'guesty.main.quay' }),
  );

  it('say who said what and when, and name every record they come from', () => {
    const [about, said] = passagesOf(talk, parts);
    expect(about).toMatchObject({
      records: [`conversation/${TALK}`],
      text: 'Conversation with Maya Osei. Subject: Reservation HMXQ2P9T4R.',
    });
    expect(said).toMatchObject({
      title: 'Maya Osei',
      path: 'guest_message/guesty.main.m000/0.0',
      records: [
        `conversation/${TALK}`,
        ...['guest_message/guesty.main.m000', 'guest_message/guesty.main.m001'],
      ],
      from: START,
      to: START + HOUR,
    });
    expect(said?.text).toBe(
      [
        'Maya Osei (guest), Monday 14 September 2026, 10:00:\nIs parking included?',
        'host, Monday 14 September 2026, 11:00:\nYes, one space.',
      ].join('\n\n'),
    );
  });

  it('are about the home their messages name, else about all that the thread is about', () => {
    expect(passagesOf(talk, parts)[1]?.scope).not.toContain('listing/guesty.main.attic');
    const [, said] = passagesOf(threadOf(conversation(), message(0, 'Hello')), parts);
    expect(said?.scope).toEqual(
      expect.arrayContaining(['listing/guesty.main.attic', 'listing/guesty.main.quay']),
    );
  });

  it('are the same again from their own records alone', () => {
    fc.assert(
      fc.property(thread, (unit) => {
        expect(again(unit)).toEqual(passagesOf(unit, parts));
      }),
      { numRuns: 60 },
    );
  });

  it('are not there again when one of their records is missing, gone or says nothing any more', () => {
    const [, said] = passagesOf(talk, parts);
    if (!said) throw new Error('no passage');
    const reference = { ...said, kind: talk.kind };
    const [head, question, answer] = talk.records;
    const from = (...records: (RecordInUnit | undefined)[]) =>
      passageAgain(reference, recordsByName(records.filter((one) => one !== undefined)), parts);
    expect(from(head, question, answer)).toEqual(said);
    expect(from(head, question)).toBeUndefined();
    expect(from(head, question, message(1, ''))).toBeUndefined();
    expect(from(conversation({ deletedAt: START }), question, answer)).toBeUndefined();
    expect(from(head, question, message(1, 'No.'))?.text).not.toBe(said.text);
  });

  it('may be found by who may read the record that fewest may read', () => {
    const limited: RenderParts = {
      ...parts,
      reading: {
        ...recordReading,
        audienceOf: (kind) => (kind === 'conversation' ? ['room:1', 'staff'] : ['user:2']),
      },
    };
    expect(passagesOf(talk, limited).map(({ audience }) => audience)).toEqual([
      ['room:1', 'staff'],
      ['user:2'],
    ]);
  });

  it('are none of a kind that is excluded', () => {
    const excluding = (kind: string) =>
      passagesOf(talk, { ...parts, excludedKinds: new Set([kind]) });
    expect(excluding('guest_message').map(({ path }) => path)).toEqual(['conversation/0.0']);
    expect(excluding('conversation').map(({ title }) => title)).toEqual(['']);
  });
});

describe('the passages of a record', () => {
  const listing = recordOf('listing', 'guesty.main.quay', {
    title: 'Quay Loft',
    nickname: 'QUAY-01',
    checkInTime: '15:00',
    customFields: [{ id: 'rules', value: 'word '.repeat(400).trim() }],
  });
  const unit: RecordUnit = {
    ...{ unit: 'listing/guesty.main.quay', kind: 'listing', generation: 1, records: [listing] },
    fence: { era: 1, position: 1 },
  };

  it('stand under its name and are about it', () => {
    const passages = passagesOf(unit, parts);
    expect(passages.map(({ title }) => title).slice(0, 2)).toEqual([
      ...['Quay Loft › About', 'Quay Loft › Check-in and check-out'],
    ]);
    for (const { records, scope } of passages)
      expect([records, scope]).toEqual([
        ['listing/guesty.main.quay'],
        ['listing/guesty.main.quay'],
      ]);
  });

  it('are the same again, each by itself', () => {
    expect(again(unit)).toEqual(passagesOf(unit, parts));
  });

  it('are none once it is gone', () => {
    const gone = recordOf('listing', 'guesty.main.quay', { title: 'Quay Loft', deletedAt: 1 });
    expect(passagesOf({ ...unit, records: [gone] }, parts)).toEqual([]);
  });

  it('are about its phone numbers by their hashes only', () => {
    const told = recordOf('call', 'aircall.main.1', {
      phone: '+447700900123',
      direction: 'inbound',
    });
    const call = { ...told, state: { ...told.state, scope: ['phone:hash of 123'] } };
    const [passage] = passagesOf(
      { ...unit, unit: 'call/aircall.main.1', kind: 'call', records: [call] },
      parts,
    );
    expect(passage?.scope).toEqual(['call/aircall.main.1', 'phone:hash of 123']);
  });
});
