import { staff } from '#libs/kernel';
import { describe, expect, it } from '@jest/globals';

import { isHiddenOverApi, recordReaders } from './readers.js';

const state = {
  layers: [['000000000000001.010.001.x', { id: 'aircall.main.1' }]],
  progress: [],
} as const;

const finance = [...staff, 'group:finance'];

describe('who may read a record', () => {
  it('is asked of the record: the staff may, others may not', () => {
    const { readableBy } = recordReaders();
    expect(readableBy(staff)('call', state)).toBe(true);
    expect(readableBy(['somebody', ...staff])('call', state)).toBe(true);
    expect(readableBy(['somebody'])('call', state)).toBe(false);
    expect(readableBy([])('call', state)).toBe(false);
  });

  it('is limited further by its kind, and other kinds are not', () => {
    const { readableBy } = recordReaders({ payment: ['group:finance'] });
    expect(readableBy(staff)('payment', state)).toBe(false);
    expect(readableBy(['group:finance'])('payment', state)).toBe(false);
    expect(readableBy(finance)('payment', state)).toBe(true);
    expect(readableBy(staff)('call', state)).toBe(true);
  });

  it('is never somebody whom an index would leave out', () => {
    const { audienceOf } = recordReaders({ payment: ['group:finance'], call: staff });
    expect(audienceOf('payment', state)).toEqual(['group:finance']);
    expect(audienceOf('call', state)).toEqual(['staff']);
    expect(audienceOf('guest', state)).toEqual(['staff']);
  });

  it('is all of the staff where nothing says otherwise', () => {
    const { isForAllStaff } = recordReaders({ payment: ['group:finance'] });
    expect(isForAllStaff('payment')).toBe(false);
    expect(isForAllStaff('call')).toBe(true);
  });
});

describe('who may read over the API', () => {
  const { readableOverApi } = recordReaders({ payment: ['group:finance'] });

  it('is the same as for questions, also for administrators', () => {
    for (const isAdmin of [false, true]) {
      const readable = readableOverApi({ principals: staff, isAdmin });
      expect(readable('call', state)).toBe(true);
      expect(readable('payment', state)).toBe(false);
    }
  });

  it('hides kinds for administrators from everybody else', () => {
    expect(isHiddenOverApi('chat_message', { principals: staff, isAdmin: false })).toBe(true);
    expect(isHiddenOverApi('chat_message', { principals: [], isAdmin: true })).toBe(false);
    expect(isHiddenOverApi('call', { principals: staff, isAdmin: false })).toBe(false);
  });
});
