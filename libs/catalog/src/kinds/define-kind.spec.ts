import { taskObservedV1 } from '#libs/contracts';
import type { JsonObject } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { orderKey } from '../merge/order-key.js';
import { fold, type RecordState } from '../merge/record-state.js';
import { defineKind } from './define-kind.js';
import { phoneScopes } from './scopes.js';
import { instant, items, number, one, text } from './values.js';

const AT = Date.UTC(2026, 8, 14, 9);
const ID = 'guesty.main.7';

const stateWith = (fields: JsonObject): RecordState => {
  const key = orderKey(AT, 1, 1, { id: '00000000-0000-8000-8000-000000000001' });
  return fold(undefined, { key, fields: { id: ID, ...fields } });
};

const plain = defineKind({
  name: 'plain',
  values: { area: number, deletedAt: instant, phone: text, status: text, zone: text },
  from: () => [],
  view: ({ zone, area }) => ({ zone, area }),
});

const notes = items<{ readonly text: string }>('note');
const full = defineKind({
  name: 'full',
  values: {
    heldBy: text,
    notes,
    packed: one<{ readonly status: string }>(),
    phone: text,
    room: text,
    title: text,
  },
  from: (when) => [
    when(taskObservedV1, ({ data: { task }, personal: { title } }) => ({
      fields: { id: task, title, ...notes.told([{ id: '1' }], () => ({ text: 'said' })) },
    })),
  ],
  fields: ['heldBy', 'status'],
  listed: ({ packed }) => ({ status: packed?.status }),
  names: { heldBy: 'colleague' },
  namesInside: { notes: ['contact'] },
  nameOf: ({ title }) => title,
  view: ({ notes, packed, title }) => ({
    title,
    status: packed?.status,
    notes: notes?.map(({ id, value }) => ({ id, ...value })),
  }),
  audience: ({ room }) => (room === undefined ? ['staff'] : [`room:${room}`]),
  scope: ({ phone, room }, phoneHash) => [...phoneScopes([phone], phoneHash), `room:${room}`],
  about: { named: 'heldBy', phones: ({ phone = '' }) => [phone] },
});

describe('a kind of record', () => {
  it('shows what is its own among what all show, in one order', () => {
    const view = plain.view(stateWith({ zone: 'north', area: 3 }));
    expect(JSON.stringify(view)).toBe(
      JSON.stringify({
        area: 3,
        deleted: false,
        displayName: ID,
        id: ID,
        kind: 'plain',
        source: 'guesty',
        updatedAt: '2026-09-14T09:00:00.000Z',
        zone: 'north',
      }),
    );
  });

  it('is about nothing, listed by what all are and read by the staff, unless it says so', () => {
    const state = stateWith({ status: 'open', phone: '+447700900123' });
    expect(plain.scopeOf(state, (phone) => phone)).toEqual([]);
    expect(plain.fieldsOf(state)).toEqual({ deleted: 0, source: 'guesty', updatedAt: AT });
    expect(Object.keys(plain.fieldsOf(state)).sort()).toEqual([...plain.fields].sort());
    expect(plain.audienceOf(state)).toEqual(['staff']);
    expect(plain.subjectOf).toBeUndefined();
  });

  it('reads and lists what several fields or one of several values hold', () => {
    const state = stateWith({
      packed: { status: 'open' },
      title: 'Replace battery',
      'note:b': { text: 'two' },
      'note:a': { text: 'one' },
    });
    expect(full.fieldsOf(state)).toMatchObject({ status: 'open' });
    expect(full.view(state)).toMatchObject({
      displayName: 'Replace battery',
      status: 'open',
      notes: [
        { id: 'a', text: 'one' },
        { id: 'b', text: 'two' },
      ],
    });
  });

  it('says by its state who may read it and what it is about', () => {
    const state = stateWith({ heldBy: 'guesty.main.9', phone: '+447700900123', room: 'r1' });
    expect(full.audienceOf(state)).toEqual(['room:r1']);
    expect(full.audienceOf(stateWith({}))).toEqual(['staff']);
    expect(full.scopeOf(state, (phone) => `h${phone.length}`)).toEqual(['phone:h13', 'room:r1']);
    expect(full.phonesOf(state)).toEqual(['+447700900123']);
    expect(full.subjectOf?.(state)).toEqual({
      kind: 'colleague',
      id: 'guesty.main.9',
      phones: ['+447700900123'],
      isAnonymous: false,
    });
  });

  it('says when it was deleted, to readers and to lists', () => {
    const state = stateWith({ deletedAt: AT });
    expect(plain.view(state)).toMatchObject({
      deleted: true,
      deletedAt: '2026-09-14T09:00:00.000Z',
    });
    expect(plain.fieldsOf(state)).toMatchObject({ deleted: 1 });
    expect(plain.isGone(state)).toBe(true);
  });
});
