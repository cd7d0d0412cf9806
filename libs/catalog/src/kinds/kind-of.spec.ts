import { describe, expect, it } from '@jest/globals';

import type { JsonObject } from '#libs/kernel';

import { orderKey } from '../merge/order-key.js';
import { fold, type RecordState } from '../merge/record-state.js';
import { kindOf } from './kind-of.js';

const AT = Date.UTC(2026, 8, 14, 9);
const ID = 'guesty.main.7';

const stateWith = (fields: JsonObject): RecordState => {
  const key = orderKey(AT, 1, 1, { id: '00000000-0000-8000-8000-000000000001' });
  return fold(undefined, { kind: 'task', id: ID, key, fields: { id: ID, ...fields } });
};

const plain = kindOf({ name: 'task', show: ({ zone, area }) => ({ zone, area }) });
const full = kindOf({
  name: 'task',
  fields: ['status'],
  unpack: ({ packed, ...rest }) => ({ ...rest, ...(packed as JsonObject) }),
  nameOf: ({ title }) => title,
  show: ({ status, title }) => ({ title, status }),
  phonesOf: ({ phone }) => [phone as string],
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
        kind: 'task',
        source: 'guesty',
        updatedAt: '2026-09-14T09:00:00.000Z',
        zone: 'north',
      }),
    );
  });

  it('is never about a number and never listed by more than all are, unless it says so', () => {
    const state = stateWith({ status: 'open', phone: '+447700900123' });
    expect(plain.phonesOf(state)).toEqual([]);
    expect(plain.fieldsOf(state)).toEqual({ deleted: 0, source: 'guesty', updatedAt: AT });
    expect(Object.keys(plain.fieldsOf(state)).sort()).toEqual([...plain.fields].sort());
  });

  it('is read, listed and named by what was kept in one', () => {
    const packed = { status: 'open', title: 'Replace battery', phone: '+447700900123' };
    const state = stateWith({ packed });
    expect(full.fields).toContain('status');
    expect(full.fieldsOf(state)).toMatchObject({ status: 'open' });
    expect(full.view(state)).toMatchObject({ displayName: 'Replace battery', status: 'open' });
    expect(full.phonesOf(state)).toEqual(['+447700900123']);
  });

  it('says when it was deleted, to readers and to lists', () => {
    const state = stateWith({ deletedAt: AT });
    expect(plain.view(state)).toMatchObject({
      deleted: true,
      deletedAt: '2026-09-14T09:00:00.000Z',
    });
    expect(plain.fieldsOf(state)).toMatchObject({ deleted: 1 });
  });
});
